"""Bring the boards to the fold of the log, while the bot runs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.services.keep_score import Difference, refold
from bot.services.ports.unit_of_work import UnitOfWorkFactory

# Their verdicts wait until all of them are folded: a tenth of a second at most. One's
# events are in memory at a time.
PEOPLE_AT_ONCE: Final = 20


@dataclass(frozen=True, kw_only=True)
class Rebuilt:
    people: int
    totals: int
    """Those that differed, and are put right."""
    counts: int


async def rebuild(
    unit_of_work: UnitOfWorkFactory, tell: Callable[[Difference], None]
) -> Rebuilt:
    """Person by person, each locked for it. `tell` hears what has been put right."""
    people = totals = last = 0
    while True:
        async with unit_of_work() as unit:
            some = await unit.members.people_after(last, limit=PEOPLE_AT_ONCE)
            if not some:
                break
            await unit.links.lock(some)
            found = [one for each in some for one in await refold(unit, each)]
            await unit.commit()
        for difference in found:
            tell(difference)
        people, totals, last = people + len(some), totals + len(found), some[-1]
    async with unit_of_work() as unit:
        counts = await unit.boards.mend_counts()
        await unit.commit()
    return Rebuilt(people=people, totals=totals, counts=counts)
