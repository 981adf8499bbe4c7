"""Times in which the bot could not be played with, and the days that they excuse."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.calendar import day_starts_at, local_date

TAKEN_AWAY = timedelta(hours=2)
"""Of a person's day: what most people have for it. Shorter ones are played around."""

MOST_EXCUSED = 14
"""Days for one outage, the last ones: after a longer one a streak begins anew, and the
log is not flooded."""

ACTIVE = timedelta(days=45)
"""Only who solved something within it has a streak that can be saved: two freezes and
the longest outage are well within."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Outage:
    """`community_id` None: of all; `phase` None: of all phases."""

    began_at: datetime
    ended_at: datetime
    reason: str
    community_id: int | None = None
    phase: int | None = None
    id: int | None = None


def excused_days(outage: Outage, zone: str, day_start_hour: int) -> Sequence[date]:
    """The person's local dates of which the outage took too much, oldest first."""
    on = local_date(outage.began_at, zone, day_start_hour)
    last = local_date(outage.ended_at, zone, day_start_hour)
    # Not the far past of a bot that was away for years.
    on = max(on, last - (MOST_EXCUSED + 1) * _DAY)
    days = []
    while on <= last:
        starts = day_starts_at(on, zone, day_start_hour)
        ends = day_starts_at(on + _DAY, zone, day_start_hour)
        taken = min(outage.ended_at, ends) - max(outage.began_at, starts)
        if taken >= TAKEN_AWAY:
            days.append(on)
        on += _DAY
    return days[-MOST_EXCUSED:]
