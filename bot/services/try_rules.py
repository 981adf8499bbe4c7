"""What a board would be under other rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.event import EventKind
from bot.domain.leaderboard import Board
from bot.domain.score import ScoreRules, effort_of
from bot.domain.totals import Total, totals
from bot.domain.whatif import BoardMove, moves, reweighed
from bot.services.ports.unit_of_work import UnitOfWorkFactory

PEOPLE_AT_ONCE: Final = 100


@dataclass(frozen=True, kw_only=True)
class Tried:
    moves: Sequence[BoardMove]
    names: Mapping[int, str]
    unweighed: int
    """Acceptances of which the log does not say what they took: left as they were."""


async def try_rules(
    unit_of_work: UnitOfWorkFactory, board: Board, rules: ScoreRules
) -> Tried:
    """Reads only. Hidden members are left out, as on the board."""
    real: dict[int, Total] = {}
    tried: dict[int, Total] = {}
    names: dict[int, str] = {}
    unweighed = last = 0
    while True:
        async with unit_of_work() as unit:
            people = await unit.members.people_after(last, limit=PEOPLE_AT_ONCE)
            if not people:
                break
            last = people[-1]
            for person_id in people:
                members = await unit.members.of_person(person_id)
                here = [
                    one
                    for one in members
                    if one.community.id == board.community_id and not one.hidden
                ]
                if not here:
                    continue
                events = await unit.events.of_person(person_id)
                community_of = {one.id: one.community.id for one in members}
                before = totals(events, community_of)
                after = totals(reweighed(events, rules), community_of)
                for member in here:
                    names[member.id] = member.name
                    for kept, fold in ((real, before), (tried, after)):
                        if (board, member.id) in fold:
                            kept[member.id] = fold[board, member.id]
                unweighed += sum(
                    event.kind is EventKind.SOLVED and effort_of(event.facts) is None
                    for event in events
                )
    return Tried(moves=moves(real, tried), names=names, unweighed=unweighed)
