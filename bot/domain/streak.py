"""The streak: consecutive local days with a solved challenge, folded from the log.

    for each date from the first solved one to today
      solved ───────────────► current + 1; each 7th solved day earns a freeze
      excused ──────────────► nothing: the bot was down or late, not the member
      today or later ───────► open: it can still be solved
      a freeze at hand ─────► spent by itself; the streak stands, and does not grow
      otherwise ────────────► missed: current = 0

Only `Event.local_on` is read, which was fixed when the event was written: neither a
change of zone nor a duplicate or late delivery can make or lose a day.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.event import Event, EventKind

SOLVED_DAYS_A_FREEZE = 7
"""One day off a week is rest; more would make the streak say little."""

MOST_FREEZES = 2
"""A lost weekend is forgiven; a hoard would keep alive what was left long ago."""

_DAY = timedelta(days=1)


class DayState(StrEnum):
    SOLVED = "solved"
    FREEZE_SPENT = "freeze_spent"
    EXCUSED = "excused"
    MISSED = "missed"
    OPEN = "open"


@dataclass(frozen=True, kw_only=True)
class Day:
    """A line of the explanation: what the date was, and what stood after it."""

    on: date
    state: DayState
    current: int
    freezes: int
    freeze_earned: bool = False


@dataclass(frozen=True, kw_only=True)
class Streak:
    current: int = 0
    longest: int = 0
    freezes: int = 0
    solved_days: int = 0
    days: tuple[Day, ...] = ()
    """Oldest first, without a gap, from the first solved day."""

    @property
    def days_to_freeze(self) -> int:
        """Solved days until the next freeze is earned."""
        return SOLVED_DAYS_A_FREEZE - self.solved_days % SOLVED_DAYS_A_FREEZE


def fold(events: Iterable[Event], *, today: date) -> Streak:
    """The streak of one person's events, in any order, seen on their local `today`."""
    solved: set[date] = set()
    excused: set[date] = set()
    for event in events:
        if event.kind is EventKind.SOLVED:
            solved.add(event.local_on)
        elif event.kind is EventKind.DAY_EXCUSED:
            excused.add(event.local_on)
    current = longest = freezes = solved_days = 0
    days: list[Day] = []
    for on in _dates(solved, today):
        earned = False
        state = _state(on, solved, excused, today, saved=freezes > 0)
        if state is DayState.SOLVED:
            current += 1
            longest = max(longest, current)
            solved_days += 1
            earned = solved_days % SOLVED_DAYS_A_FREEZE == 0 and freezes < MOST_FREEZES
            freezes += earned
        elif state is DayState.FREEZE_SPENT:
            freezes -= 1
        elif state is DayState.MISSED:
            current = 0
        days.append(
            Day(
                on=on,
                state=state,
                current=current,
                freezes=freezes,
                freeze_earned=earned,
            )
        )
    return Streak(
        current=current,
        longest=longest,
        freezes=freezes,
        solved_days=solved_days,
        days=tuple(days),
    )


def _dates(solved: set[date], today: date) -> Iterator[date]:
    """From the first solved date to the later of today and the last solved one.

    After a journey west, today can be earlier than what was solved before it.
    """
    if not solved:
        return
    on, last = min(solved), max(today, *solved)
    while on <= last:
        yield on
        on += _DAY


def _state(
    on: date, solved: set[date], excused: set[date], today: date, *, saved: bool
) -> DayState:
    if on in solved:
        return DayState.SOLVED
    if on in excused:
        return DayState.EXCUSED
    if on >= today:
        return DayState.OPEN
    return DayState.FREEZE_SPENT if saved else DayState.MISSED
