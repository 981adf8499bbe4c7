"""When two people can meet: the next hours that are free for both, by their own clocks.

Worked out for instants, not for a week in general: on either side of a clock change the
same choice of hours meets at other times, and now and then not at all.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.pairing.session import TIMES_PROPOSED
from bot.domain.pairing.week import QUARTER_MIN, SESSION_QUARTERS, WeekHour

NOT_BEFORE = timedelta(hours=12)
"""So that whoever is asked has seen it, and slept."""
LOOKED_AHEAD = timedelta(days=14)

_QUARTER = timedelta(minutes=QUARTER_MIN)


@dataclass(frozen=True, kw_only=True)
class OwnHours:
    hours: frozenset[WeekHour]
    zone: str

    def has(self, at: datetime) -> bool:
        local = at.astimezone(ZoneInfo(self.zone))
        return WeekHour(local.weekday(), local.hour) in self.hours


def session_times(
    one: OwnHours, other: OwnHours, now: datetime, *, most: int = TIMES_PROPOSED
) -> tuple[datetime, ...]:
    """The next ones, at most one a day by the first's clock; earliest first."""
    found: dict[object, datetime] = {}
    for at in _common(one, other, now):
        found.setdefault(at.astimezone(ZoneInfo(one.zone)).date(), at)
        if len(found) == most:
            break
    return tuple(found.values())


def _common(one: OwnHours, other: OwnHours, now: datetime) -> Iterator[datetime]:
    first = (now + NOT_BEFORE).astimezone(UTC)
    at = first.replace(minute=0, second=0, microsecond=0)
    free = 0
    while at < first + LOOKED_AHEAD:
        free = free + 1 if one.has(at) and other.has(at) else 0
        begins = at - _QUARTER * (SESSION_QUARTERS - 1)
        if free >= SESSION_QUARTERS and begins >= first:
            yield begins
        at += _QUARTER
