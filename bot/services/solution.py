"""The author's solution: open to who has solved the challenge, or gives it up."""

from bot.domain.event import Event, EventKind
from bot.domain.member import Member
from bot.services.errors import Refused
from bot.services.find_challenge import find_challenge, require_open
from bot.services.placement import require_unaided
from bot.services.record import record_of
from bot.services.world import World
from challenges.challenge import Challenge, Kind


async def open_solution(
    world: World, member: Member, challenge_id: str, *, gives_up: bool
) -> Challenge:
    """The challenge, whose solution and explanation the member may now read.

    Raises ChallengeNotFound, or Refused: challenge_closed, no_solution (a review),
    placement_unaided, or not_solved (neither solved nor given up).
    """
    challenge = find_challenge(world.catalogue, challenge_id)
    if challenge.kind is Kind.REVIEW:
        raise Refused("no_solution", challenge=challenge.id)
    async with world.unit_of_work() as unit:
        events = await unit.events.of_person(member.person_id)
        record = record_of(events)
        require_open(challenge, record)
        if challenge.id in record.solved or challenge.id in record.opened:
            return challenge
        require_unaided(events, member, challenge.id, world.today_of(member))
        if not gives_up:
            raise Refused("not_solved", challenge=challenge.id)
        await unit.events.append(
            Event(
                kind=EventKind.SOLUTION_OPENED,
                key=f"solution:{member.person_id}:{challenge.id}",
                person_id=member.person_id,
                member_id=member.id,
                occurred_at=world.now(),
                local_on=world.today_of(member),
                challenge_id=challenge.id,
            )
        )
        await unit.commit()
    return challenge
