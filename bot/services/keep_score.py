"""Write what happened, and keep the boards equal to the fold of the log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.event import Event, EventKind
from bot.domain.leaderboard import Board
from bot.domain.totals import NOTHING, Total, changed, totals
from bot.services.ports.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Difference:
    board: Board
    member_id: int
    kept: Total
    folded: Total


async def keep_score(
    unit: UnitOfWork, before: Sequence[Event], new: Sequence[Event]
) -> Sequence[Event]:
    """Appends events of one person; those that were not there yet.

    `before` is the person's log, read after their row was locked by
    `unit.members.get(…, lock=True)`: otherwise a verdict at the same moment is lost.
    """
    written = [event for event in new if await unit.events.append(event)]
    if any(event.points or event.reputation or _solves(event) for event in written):
        community_of = await _communities(unit, written[0].person_id)
        await unit.boards.put(
            changed(
                totals(before, community_of),
                totals([*before, *written], community_of),
            )
        )
    return written


async def refold(unit: UnitOfWork, person_id: int) -> Sequence[Difference]:
    """Puts the fold of a person's events in the place of what is kept; what differed.

    For whoever links accounts, or mends the tables. The person is locked.
    """
    community_of = await _communities(unit, person_id)
    folded = totals(await unit.events.of_person(person_id), community_of)
    kept = await unit.boards.kept(community_of)
    differing = changed(kept, folded)
    await unit.boards.put(differing)
    return [
        Difference(
            board=board,
            member_id=member_id,
            kept=kept.get((board, member_id), NOTHING),
            folded=total,
        )
        for (board, member_id), total in differing.items()
    ]


async def _communities(unit: UnitOfWork, person_id: int) -> Mapping[int, int]:
    members = await unit.members.of_person(person_id)
    return {member.id: member.community.id for member in members}


def _solves(event: Event) -> bool:
    return event.kind in {EventKind.SOLVED, EventKind.RESCORED}
