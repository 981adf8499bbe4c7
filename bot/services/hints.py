"""The ladder of hints: one rung at a time, each with its cost told before."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.event import Event, EventKind
from bot.domain.member import Member
from bot.services.errors import Refused
from bot.services.find_challenge import find_challenge, require_open
from bot.services.placement import require_unaided
from bot.services.record import record_of
from bot.services.world import World
from challenges.challenge import Bilingual, Challenge


@dataclass(frozen=True, kw_only=True)
class HintsTaken:
    challenge: Challenge
    hints: Sequence[Bilingual]
    """Those taken so far, the new one last."""
    is_free: bool
    """True once the challenge is solved: nothing is left to lower."""

    @property
    def remaining(self) -> int:
        return len(self.challenge.hints) - len(self.hints)


async def take_hint(world: World, member: Member, challenge_id: str) -> HintsTaken:
    """The next hint; after the last one, all of them again.

    Raises ChallengeNotFound, or Refused: challenge_closed, no_hints, placement_unaided.
    """
    challenge = find_challenge(world.catalogue, challenge_id)
    if not challenge.hints:
        raise Refused("no_hints", challenge=challenge.id)
    async with world.unit_of_work() as unit:
        events = await unit.events.of_person(member.person_id)
        record = record_of(events)
        require_open(challenge, record)
        require_unaided(events, member, challenge.id, world.today_of(member))
        is_solved = challenge.id in record.solved
        level = min(record.hints_taken(challenge.id) + 1, len(challenge.hints))
        if is_solved:
            level = len(challenge.hints)
        else:
            await unit.events.append(
                Event(
                    kind=EventKind.HINT_TAKEN,
                    key=f"hint:{member.person_id}:{challenge.id}:{level}",
                    person_id=member.person_id,
                    member_id=member.id,
                    occurred_at=world.now(),
                    local_on=world.today_of(member),
                    challenge_id=challenge.id,
                    facts={"level": level},
                )
            )
            await unit.commit()
    return HintsTaken(
        challenge=challenge, hints=challenge.hints[:level], is_free=is_solved
    )
