"""Another challenge for today, for one member.

It is no daily: everybody's daily is the same, so that its bonus says the same of all,
and nobody looks for an easier one. It keeps the streak, as any challenge does. Asked
again it is the same one, until it is solved.
"""

from collections.abc import Iterable

from bot.domain.as_judged import as_judged
from bot.domain.daily import Tally, drawn, weak_skills
from bot.domain.event import Event, EventKind
from bot.domain.member import Member
from bot.services.errors import Refused
from bot.services.find_challenge import missing_requirements
from bot.services.record import record_of
from bot.services.show import Shown, look_at
from bot.services.today import OF_LATE, ensure_daily
from bot.services.world import World


async def another(world: World, member: Member) -> Shown:
    """Of the member's phase: open, unsolved, what they are weak at more likely.

    Raises Refused: no_challenges, no_other.
    """
    async with world.unit_of_work() as unit:
        daily = await ensure_daily(world, unit, member.community, member.phase)
        events = await unit.events.of_person(member.person_id)
        record = record_of(events)
        of_phase = world.catalogue.of_phase(member.phase)
        candidates = [
            one
            for one in of_phase
            if one.id != daily.challenge_id
            and one.id not in record.solved
            and not missing_requirements(one, record)
        ]
        if not candidates:
            raise Refused("no_other", phase=member.phase)
        since = world.now() - OF_LATE
        late = (event for event in as_judged(events) if event.occurred_at >= since)
        weak = weak_skills(of_phase, _tallies(late))
        chosen = drawn(
            {one.id: not weak.isdisjoint(one.skills) for one in candidates},
            f"another/{member.person_id}/{world.today_of(member).isoformat()}",
        )
        shown = await look_at(unit, member, world.catalogue.get(chosen))
        await unit.commit()
    return shown


def _tallies(events: Iterable[Event]) -> Iterable[Tally]:
    """One person's own."""
    failed: dict[str, int] = {}
    solved: set[str] = set()
    for event in events:
        if event.challenge_id is None:
            continue
        if event.kind is EventKind.ATTEMPT_FAILED:
            failed[event.challenge_id] = failed.get(event.challenge_id, 0) + 1
        elif event.kind is EventKind.SOLVED:
            solved.add(event.challenge_id)
    return [
        Tally(
            challenge_id=one,
            failed=failed.get(one, 0),
            solved=int(one in solved),
            stuck=int(one not in solved),
        )
        for one in failed.keys() | solved
    ]
