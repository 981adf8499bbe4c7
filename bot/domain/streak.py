"""The streak: consecutive local days with a qualifying act, folded from the log.

    for each date from the first solved one to today
      solved ───────────────► current + 1, and a seventh of a freeze while fewer than 2
      excused ──────────────► nothing: the bot was down or late, not the member
      skipped ──────────────► nothing: a journey left less than half of the date
      rest day ─────────────► nothing: chosen ahead
      today or later ───────► open: it can still be solved
      a freeze at hand ─────► spent by itself; the streak stands, and does not grow
      otherwise ────────────► missed: current = 0, and the sevenths are gone

Only `Event.local_on` is read, which was fixed when the event was written: neither a
change of zone nor a duplicate or late delivery can make or lose a day.

One law decides what is lost on a missed day: whoever solved on one day more never
stands worse for it, today or later. If sevenths outlived the streak that earned them, a
freeze spent early could leave the more diligent of two with less.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.again import was_due
from bot.domain.as_judged import as_judged
from bot.domain.calendar import Days
from bot.domain.event import Event, EventKind

QUALIFYING = frozenset({EventKind.SOLVED})
"""A first acceptance, whatever it was worth: what was opened and then written has been
practised. Of REPEATED only a return in its time, which is work that the game asked for;
any other, one easy challenge handed in daily, would be a streak of nothing."""

SOLVED_DAYS_A_FREEZE = 7
"""One day off a week is rest; more would make the streak say little."""

MOST_FREEZES = 2
"""A lost weekend is forgiven; a hoard would keep alive what was left long ago."""

MOST_REST_DAYS = 2
"""A weekend. Of any week, however often the choice is changed in it: otherwise each
evening could make the next day a rest day."""

HALF_A_DAY_H = 12
"""A journey east can leave minutes of the first date there: nobody is held to those.
Twelve hours have an evening or a morning in them."""

_DAY = timedelta(days=1)


class DayState(StrEnum):
    SOLVED = "solved"
    FREEZE_SPENT = "freeze_spent"
    EXCUSED = "excused"
    SKIPPED = "skipped"
    REST = "rest"
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
    days_to_freeze: int = SOLVED_DAYS_A_FREEZE
    """Solved days until the next freeze is earned, unless MOST_FREEZES are kept."""
    days: tuple[Day, ...] = ()
    """Oldest first, without a gap, from the first solved day."""


def rest_facts(weekdays: Collection[int]) -> Mapping[str, str | int]:
    """For REST_DAYS_CHOSEN. Weekdays as in ISO 8601: Monday is 1."""
    return {"weekdays": " ".join(map(str, sorted(weekdays)))}


def zone_facts(
    days: Days, left_on: date, in_force_at: datetime
) -> Mapping[str, str | int]:
    """For ZONE_CHANGED; `left_on` is the last date by the days that are left."""
    first_ends_at = days.end_of(days.date_of(in_force_at))
    return {
        "zone": days.zone,
        "day_start_hour": days.start_hour,
        "left_on": left_on.isoformat(),
        "first_day_h": (first_ends_at - in_force_at) // timedelta(hours=1),
    }


def rest_days_on(events: Iterable[Event], on: date) -> frozenset[int]:
    """The weekdays chosen last, among those in force by a date."""
    in_force = [choice for choice in _choices(events) if choice[0] <= on]
    return in_force[-1][1] if in_force else frozenset()


def fold(events: Iterable[Event], *, today: date) -> Streak:
    """The streak of one person's events, in any order, seen on their local `today`."""
    log = as_judged(events)
    solved = {one.local_on for one in log if one.kind in QUALIFYING or was_due(one)}
    excused = {one.local_on for one in log if one.kind is EventKind.DAY_EXCUSED}
    dates = list(_dates(solved, today))
    free = {
        **dict.fromkeys(_rest_dates(log, dates), DayState.REST),
        **dict.fromkeys(_skipped(log), DayState.SKIPPED),
        **dict.fromkeys(excused, DayState.EXCUSED),
        **dict.fromkeys(solved, DayState.SOLVED),
    }
    days: list[Day] = []
    # Freezes and their parts in one number: it only grows, to the cap, by solved days.
    current = sevenths = 0
    for on in dates:
        state = free.get(on) or (DayState.OPEN if on >= today else DayState.MISSED)
        freezes = sevenths // SOLVED_DAYS_A_FREEZE
        if state is DayState.MISSED and freezes:
            state = DayState.FREEZE_SPENT
            sevenths -= SOLVED_DAYS_A_FREEZE
        elif state is DayState.MISSED:
            current = sevenths = 0
        elif state is DayState.SOLVED:
            current += 1
            sevenths = min(sevenths + 1, MOST_FREEZES * SOLVED_DAYS_A_FREEZE)
        kept = sevenths // SOLVED_DAYS_A_FREEZE
        days.append(
            Day(
                on=on,
                state=state,
                current=current,
                freezes=kept,
                freeze_earned=kept > freezes,
            )
        )
    return Streak(
        current=current,
        longest=max((day.current for day in days), default=0),
        freezes=sevenths // SOLVED_DAYS_A_FREEZE,
        solved_days=len(solved),
        days_to_freeze=SOLVED_DAYS_A_FREEZE - sevenths % SOLVED_DAYS_A_FREEZE,
        days=tuple(days),
    )


def _dates(solved: Collection[date], today: date) -> Iterator[date]:
    """From the first solved date to the later of today and the last solved one.

    After a journey west, today can be earlier than what was solved before it.
    """
    if not solved:
        return
    on, last = min(solved), max(today, *solved)
    while on <= last:
        yield on
        on += _DAY


def _choices(events: Iterable[Event]) -> list[tuple[date, frozenset[int]]]:
    """From which date on which weekdays are rest days, the latest choice last."""
    chosen = [one for one in events if one.kind is EventKind.REST_DAYS_CHOSEN]
    chosen.sort(key=lambda one: (one.local_on, one.occurred_at, one.key))
    return [
        (one.local_on, frozenset(map(int, str(one.facts["weekdays"]).split())))
        for one in chosen
    ]


def _rest_dates(events: Iterable[Event], dates: Collection[date]) -> Iterator[date]:
    """Counted by whole weeks, so that no solved day takes another day's rest."""
    choices = _choices(events)
    if not choices or not dates:
        return
    first, last = min(dates), max(dates)
    on = first - timedelta(days=first.weekday())
    taken: Counter[date] = Counter()
    while on <= last:
        in_force = [weekdays for since, weekdays in choices if since <= on]
        week = on - timedelta(days=on.weekday())
        if (
            in_force
            and on.isoweekday() in in_force[-1]
            and taken[week] < MOST_REST_DAYS
        ):
            taken[week] += 1
            yield on
        on += _DAY


def _skipped(events: Iterable[Event]) -> Iterator[date]:
    """The dates that never came, or came for less than half a day. Of several changes
    in one day the last is in force.
    """
    last: dict[tuple[int, str], Event] = {}
    for event in sorted(events, key=lambda one: (one.occurred_at, one.key)):
        if event.kind is EventKind.ZONE_CHANGED:
            last[event.member_id, str(event.facts["left_on"])] = event
    for (_, left_on), event in last.items():
        on = date.fromisoformat(left_on) + _DAY
        while on < event.local_on:
            yield on
            on += _DAY
        if int(event.facts.get("first_day_h", 24)) < HALF_A_DAY_H:
            yield event.local_on
