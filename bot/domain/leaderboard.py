"""Boards: what is measured, in a period, by a scope. Totals are kept as they change."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum


class Measure(StrEnum):
    POINTS = "points"
    REPUTATION = "reputation"
    """Of those who help: mentors stand here by what others made of their help."""


class Period(StrEnum):
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    """A quarter of the calendar: long enough that one bad week decides nothing, short
    enough that who joins in May can win by the end of June; and nobody has to be told
    when it ends."""
    ALL_TIME = "all_time"


SEASON_MONTHS = 3


# Every date is after it, so that all time is a period like the others.
BEGINNING = date(2000, 1, 1)


def starts_on(period: Period, on: date) -> date:
    """The first day of the period that holds `on`; weeks start on Monday (ISO 8601)."""
    match period:
        case Period.WEEK:
            return on - timedelta(days=on.weekday())
        case Period.MONTH:
            return on.replace(day=1)
        case Period.SEASON:
            return on.replace(day=1, month=on.month - (on.month - 1) % SEASON_MONTHS)
        case Period.ALL_TIME:
            return BEGINNING


@dataclass(frozen=True, kw_only=True)
class Board:
    """`phase` None is the whole community."""

    community_id: int
    period: Period
    starts_on: date
    phase: int | None = None
    measure: Measure = Measure.POINTS


def boards_for(
    *,
    community_id: int,
    on: date,
    phase: int | None = None,
    measure: Measure = Measure.POINTS,
) -> tuple[Board, ...]:
    """The boards that what was earned on a date counts for.

    Those of a challenge's phase, too; reputation, and points that an organiser grants,
    have none.
    """
    return tuple(
        Board(
            community_id=community_id,
            period=period,
            starts_on=starts_on(period, on),
            phase=scope,
            measure=measure,
        )
        for period in Period
        for scope in dict.fromkeys((None, phase))
    )


MOST_FRIENDS = 50
"""More than one can follow with the eye; and what a board among friends may cost."""


@dataclass(frozen=True, kw_only=True)
class Friend:
    """Whom a member follows. One-sided and private, so that it needs no answer."""

    member_id: int
    name: str


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A row of a board. Equal points share a rank; the next rank is skipped (1224)."""

    rank: int
    member_id: int
    name: str
    points: int
    """Or reputation, where that is measured."""
    solved: int
    """Challenges; where reputation is measured, times of help."""


def ranked(rows: Sequence[Standing], first: int, second: int) -> Sequence[Standing]:
    """A stretch of a board, ranks put right: its first row's, and that of whoever has
    fewer points than that row. From there on the stretch itself has all who tie.
    """
    found: list[Standing] = []
    start = next((n for n, row in enumerate(rows) if row.points < rows[0].points), 0)
    for position, row in enumerate(rows):
        if row.points == rows[0].points:
            rank = first
        elif row.points == found[-1].points:
            rank = found[-1].rank
        else:
            rank = second + position - start
        found.append(replace(row, rank=rank))
    return found
