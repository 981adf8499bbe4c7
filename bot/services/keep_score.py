"""Write what happened, and keep the boards equal to the fold of the log."""

from collections.abc import Sequence

from bot.domain.event import Event, EventKind
from bot.domain.totals import changed, totals
from bot.services.ports.unit_of_work import UnitOfWork


async def keep_score(
    unit: UnitOfWork, before: Sequence[Event], new: Sequence[Event]
) -> Sequence[Event]:
    """Appends events of one person; those that were not there yet.

    `before` is the person's log, read after their row was locked by
    `unit.members.get(…, lock=True)`: otherwise a verdict at the same moment is lost.
    """
    written = [event for event in new if await unit.events.append(event)]
    if any(event.points or event.reputation or _solves(event) for event in written):
        person_id = written[0].person_id
        members = await unit.members.of_person(person_id)
        community_of = {member.id: member.community.id for member in members}
        await unit.boards.put(
            changed(
                totals(before, community_of),
                totals([*before, *written], community_of),
            )
        )
    return written


def _solves(event: Event) -> bool:
    return event.kind in {EventKind.SOLVED, EventKind.RESCORED}
