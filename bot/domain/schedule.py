"""When a community's dailies come: pure rules over its settings, its zone and a time.

    04:00        hour                            01:00      04:00
    ├─ the day ──┼─ posted; caught up when late ─┼─ closed ─┤ the next day
                 posts_at                        closes_at

Times are read off the clock's face: on a clock change a daily still comes once, and
when its hour is skipped, it comes at the hour after.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.calendar import day_starts_at, local_date

DAY_STARTS_AT = 4
"""The same hour at which a member's day starts unless they change it, so that for most
members the daily changes when their day does. A daily cannot come before it: it would
be the day's before."""

FIRST_HOUR, LAST_HOUR = DAY_STARTS_AT, 23

LAST_CALL = timedelta(hours=3)
"""A daily that could only come later than this before its day ends is skipped: nobody
would be awake for it."""

LOOKED_BACK = 7
"""Days that are written down as skipped after a long time away: a week says it."""

MOST_PAUSED = 366

EVERY_DAY = frozenset(range(7))
EVERY_PHASE = frozenset(range(1, 8))
ALL_PHASES = 0
"""In a mapping by phase: what holds for those that have nothing of their own."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class DailySettings:
    """What a community's organisers decide. Roles and channels by the platform's id."""

    community_id: int
    changed_at: datetime
    """What was set later than its hour makes no daily late."""
    since: date | None = None
    """Before it nothing can be missed: the first day with a channel to post in, or the
    one after there was nobody to post for.
    """
    channel: str | None = None
    """None: the one that the platform takes for the bot's own."""
    time_zone: str | None = None
    """As an organiser chose it; None leaves the community's as it was founded."""
    hour: int = 9
    weekdays: frozenset[int] = EVERY_DAY
    """As `date.weekday()` counts: Monday is 0."""
    phases: frozenset[int] = EVERY_PHASE
    mentions: Mapping[int, str] = field(default_factory=dict)
    """The role to call, by phase, or for ALL_PHASES."""
    roles: Mapping[int, str] = field(default_factory=dict)
    """The role that members of a phase are given."""
    paused_until: date | None = None
    """The first day that has a daily again."""

    def mention(self, phase: int) -> str | None:
        return self.mentions.get(phase) or self.mentions.get(ALL_PHASES)

    def is_paused(self, on: date) -> bool:
        return self.paused_until is not None and on < self.paused_until


def posts_at(settings: DailySettings, zone: str, on: date) -> datetime:
    """In UTC."""
    face = datetime.combine(on, time(settings.hour), tzinfo=ZoneInfo(zone))
    return face.astimezone(UTC)


def closes_at(zone: str, on: date) -> datetime:
    """From when on the daily of that date is not posted any more, in UTC."""
    return day_starts_at(on + _DAY, zone, DAY_STARTS_AT).astimezone(UTC) - LAST_CALL


def has_daily(settings: DailySettings, zone: str, on: date) -> bool:
    # A date that a zone skipped, across the date line, has none.
    exists = local_date(posts_at(settings, zone, on), zone, DAY_STARTS_AT) == on
    return exists and on.weekday() in settings.weekdays and not settings.is_paused(on)


def due_on(settings: DailySettings, zone: str, now: datetime) -> date | None:
    """The date whose daily should stand in the channel by now, and still may come."""
    on = local_date(now, zone, DAY_STARTS_AT)
    if not has_daily(settings, zone, on):
        return None
    return on if posts_at(settings, zone, on) <= now < closes_at(zone, on) else None


def closed_days(settings: DailySettings, zone: str, now: datetime) -> Sequence[date]:
    """Of late, the dates that should have had a daily and are over, oldest first."""
    since = settings.since
    if since is None:
        return []
    today = local_date(now, zone, DAY_STARTS_AT)
    days = (today - n * _DAY for n in range(LOOKED_BACK, -1, -1))
    return [
        on
        for on in days
        if on >= since and closes_at(zone, on) <= now and has_daily(settings, zone, on)
    ]


def next_post_at(
    settings: DailySettings, zone: str, after: datetime
) -> datetime | None:
    """The first instant after `after` at which a daily comes; None when none does."""
    today = local_date(after, zone, DAY_STARTS_AT)
    start = max(today, settings.paused_until or today)
    # A week, and a day that a zone skipped.
    for n in range(9):
        on = start + n * _DAY
        if has_daily(settings, zone, on):
            at = posts_at(settings, zone, on)
            if at > after:
                return at
    return None
