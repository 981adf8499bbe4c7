"""Boards: a period by a scope. Totals are kept as they change, never re-summed."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Period(StrEnum):
    WEEK = "week"
    MONTH = "month"
    ALL_TIME = "all_time"


# Every date is after it, so that all time is a period like the others.
BEGINNING = date(2000, 1, 1)


def starts_on(period: Period, on: date) -> date:
    """The first day of the period that holds `on`; weeks start on Monday (ISO 8601)."""
    match period:
        case Period.WEEK:
            return on - timedelta(days=on.weekday())
        case Period.MONTH:
            return on.replace(day=1)
        case Period.ALL_TIME:
            return BEGINNING


@dataclass(frozen=True, kw_only=True)
class Board:
    """`phase` None is the whole community."""

    community_id: int
    period: Period
    starts_on: date
    phase: int | None = None


def boards_for(*, community_id: int, phase: int, on: date) -> tuple[Board, ...]:
    """The boards that points earned on a date, on a challenge of a phase, count for."""
    return tuple(
        Board(
            community_id=community_id,
            period=period,
            starts_on=starts_on(period, on),
            phase=scope,
        )
        for period in Period
        for scope in (None, phase)
    )


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A row of a board. Equal points share a rank; the next rank is skipped (1224)."""

    rank: int
    member_id: int
    name: str
    points: int
    solved: int
