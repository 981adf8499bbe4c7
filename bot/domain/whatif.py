"""Another rule, tried on what has happened."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.domain.event import Event, EventKind
from bot.domain.score import ScoreRules, award, effort_of
from bot.domain.totals import Total
from runner.verdict import Verdict

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class BoardPlace:
    rank: int
    points: int


@dataclass(frozen=True, kw_only=True)
class BoardMove:
    """None where the member is not on the board."""

    member_id: int
    real: BoardPlace | None
    tried: BoardPlace | None


def reweighed(events: Iterable[Event], rules: ScoreRules) -> Sequence[Event]:
    """The same log, had these rules been in force.

    What has no effort kept with it, and what organisers granted, stays as it was.
    """
    return [_reweighed(event, rules) for event in events]


def moves(real: Mapping[int, Total], tried: Mapping[int, Total]) -> Sequence[BoardMove]:
    """By member; in the order of the board that is tried, then of the real one."""
    places, others = _places(tried), _places(real)
    return [
        BoardMove(member_id=one, real=others.get(one), tried=places.get(one))
        for one in dict.fromkeys([*places, *others])
    ]


def _reweighed(event: Event, rules: ScoreRules) -> Event:
    effort = effort_of(event.facts)
    if event.kind is not EventKind.SOLVED or effort is None:
        return event
    return replace(event, points=award(Verdict.ACCEPTED, effort, rules=rules).points)


def _places(totals: Mapping[int, Total]) -> Mapping[int, BoardPlace]:
    """Equal points share a rank, as on the boards; in their order."""
    rows = sorted(
        (
            (-total.points, total.reached_at or _NEVER, one)
            for one, total in totals.items()
        )
    )
    found: dict[int, BoardPlace] = {}
    rank = 0
    for position, (negative, _, one) in enumerate(rows, start=1):
        if negative >= 0:
            break
        if position == 1 or negative != rows[position - 2][0]:
            rank = position
        found[one] = BoardPlace(rank=rank, points=-negative)
    return found
