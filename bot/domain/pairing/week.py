"""Weekly hours, as the quarters of one week that people have free.

A week is an integer of 672 bits, bit 0 being Monday 00:00 UTC: quarters, because there
are zones 15 minutes apart. Who chose "Tuesday at 18" means their own clock, so the same
choice is other bits on the other side of a clock change: a week is always made for a
date.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

QUARTERS_A_WEEK = 7 * 24 * 4
QUARTER_MIN = 15
SESSION_QUARTERS = 4
"""A session takes an hour: less common time in one piece is no common time."""

_QUARTER = timedelta(minutes=QUARTER_MIN)
_WEEK = (1 << QUARTERS_A_WEEK) - 1


@dataclass(frozen=True, order=True)
class WeekHour:
    """An hour of the week by somebody's own clock; weekday 0 is Monday."""

    weekday: int
    hour: int


def week_of(hours: Iterable[WeekHour], zone: str, on: date) -> int:
    """Those hours in the week of a date, by the zone's rules then.

    An hour that the clock skips that week is taken as the one after it.
    """
    monday = on - timedelta(days=on.weekday())
    origin = datetime.combine(monday, time(), tzinfo=UTC)
    week = 0
    for chosen in hours:
        local = datetime.combine(
            monday + timedelta(days=chosen.weekday),
            time(chosen.hour),
            tzinfo=ZoneInfo(zone),
        )
        first = (local.astimezone(UTC) - origin) // _QUARTER
        for quarter in range(first, first + 4):
            week |= 1 << quarter % QUARTERS_A_WEEK
    return week


def in_sessions(week: int) -> int:
    """The quarters at which a session can begin, Sunday night running into Monday."""
    begins = week
    for later in range(1, SESSION_QUARTERS):
        begins &= (week >> later | week << QUARTERS_A_WEEK - later) & _WEEK
    return begins


def together_min(one: int, other: int) -> int:
    """Common minutes a week; 0 when no session fits into them."""
    common = one & other
    return common.bit_count() * QUARTER_MIN if in_sessions(common) else 0
