"""When somebody who asked for it is reminded of the day that is about to end."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from bot.domain.as_judged import as_judged
from bot.domain.calendar import Calendar
from bot.domain.event import Event, EventKind
from bot.domain.streak import fold

BEFORE_THE_END = timedelta(hours=8)
"""Of a day that ends at four in the morning that is eight in the evening: late enough
to have forgotten, early enough to do something about it."""

KEPT_FOR = timedelta(hours=3)
"""After it, who was not reminded is left alone: nobody wants a word at two at night."""

_SOLVED = frozenset({EventKind.SOLVED, EventKind.REPEATED})


def reminded_on(calendar: Calendar, now: datetime) -> date | None:
    """The person's date, in the hours in which they are reminded of it."""
    left = calendar.day_ends_at(now) - now
    in_time = BEFORE_THE_END - KEPT_FOR < left <= BEFORE_THE_END
    return calendar.date_of(now) if in_time else None


def has_played(events: Iterable[Event], on: date) -> bool:
    return any(one.kind in _SOLVED and one.local_on == on for one in as_judged(events))


def streak_at_stake(events: Iterable[Event], on: date) -> int:
    """Its length, in days."""
    return fold(events, today=on).current
