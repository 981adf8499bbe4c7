"""Bring what is kept of the log to what the log says, while the bot runs.

The boards, the members' phases and the badges: all else is folded when it is read. A
badge is an event of its own; one that is missing is written as it was earned.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.domain.event import Event, EventKind
from bot.domain.progression import phase_of
from bot.domain.struck_badges import struck_badges
from bot.services.badges import badge_key, badge_rules
from bot.services.keep_score import Difference, refold
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.world import World

# Their verdicts wait until all of them are folded: a tenth of a second at most. One's
# events are in memory at a time.
PEOPLE_AT_ONCE: Final = 20


@dataclass(frozen=True, kw_only=True)
class OtherPhase:
    member_id: int
    kept: int
    folded: int


@dataclass(frozen=True, kw_only=True)
class StruckBadge:
    """Earned, and not in the log."""

    member_id: int
    badge: str


Mended = Difference | OtherPhase | StruckBadge


@dataclass(frozen=True, kw_only=True)
class Rebuilt:
    """Those that differed, and are put right."""

    people: int
    totals: int
    counts: int
    phases: int
    badges: int

    @property
    def is_as_the_log_says(self) -> bool:
        return not (self.totals or self.counts or self.phases or self.badges)


async def rebuild(world: World, tell: Callable[[Mended], None]) -> Rebuilt:
    """Person by person, each locked for it. `tell` hears what has been put right."""
    every: list[type[Mended]] = []
    people = last = 0
    while True:
        async with world.unit_of_work() as unit:
            some = await unit.members.people_after(last, limit=PEOPLE_AT_ONCE)
            if not some:
                break
            await unit.links.lock(some)
            found = [one for each in some for one in await _mend(world, unit, each)]
            await unit.commit()
        for mended in found:
            tell(mended)
        every.extend(type(one) for one in found)
        people, last = people + len(some), some[-1]
    async with world.unit_of_work() as unit:
        counts = await unit.boards.mend_counts()
        await unit.commit()
    return Rebuilt(
        people=people,
        totals=every.count(Difference),
        counts=counts,
        phases=every.count(OtherPhase),
        badges=every.count(StruckBadge),
    )


async def _mend(world: World, unit: UnitOfWork, person_id: int) -> Sequence[Mended]:
    log = await unit.events.of_person(person_id)
    return [
        *await refold(unit, person_id),
        *await _mend_phases(world, unit, person_id, log),
        *await _mend_badges(world, unit, log),
    ]


async def _mend_phases(
    world: World, unit: UnitOfWork, person_id: int, log: Sequence[Event]
) -> Sequence[Mended]:
    found: list[Mended] = []
    for member in await unit.members.of_person(person_id):
        phase = phase_of(log, member_id=member.id)
        if phase != member.phase:
            await unit.members.save(replace(member, phase=phase))
            await unit.phase_roles.ask(member.id, world.now())
            found.append(
                OtherPhase(member_id=member.id, kept=member.phase, folded=phase)
            )
    return found


async def _mend_badges(
    world: World, unit: UnitOfWork, log: Sequence[Event]
) -> Sequence[Mended]:
    struck = struck_badges(log, badge_rules(world.catalogue))
    await unit.events.append_all([_given(*one) for one in struck.items()])
    return [
        StruckBadge(member_id=by.member_id, badge=badge) for badge, by in struck.items()
    ]


def _given(badge: str, by: Event) -> Event:
    """As it would have been with the event that earned it."""
    submission = {key: by.facts[key] for key in ("submission",) if key in by.facts}
    return Event(
        kind=EventKind.BADGE_EARNED,
        key=badge_key(by.person_id, badge),
        person_id=by.person_id,
        member_id=by.member_id,
        occurred_at=by.occurred_at,
        local_on=by.local_on,
        facts={"badge": badge, **submission},
    )
