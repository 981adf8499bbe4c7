"""Weeks of calls with days when nobody called, and calls beyond the period."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
# A Monday.
START = date(2026, 1, 5)


def literal(day: date) -> str:
    return f"date({day.year}, {day.month}, {day.day})"


def cases(rng: random.Random) -> Iterator[dict[str, object]]:
    first = START + timedelta(weeks=rng.randrange(40))
    last = first + timedelta(days=27)
    # Not a Sunday: the last day is asked by `period`.
    weekday = rng.randrange(6)
    quiet = [first + timedelta(days=weekday + 7 * week) for week in rng.sample(range(4), 2)]
    days = ", ".join(map(literal, quiet))
    rest = dict.fromkeys(range(24), 0.5)
    yield {
        "group": "quiet-days",
        "scene": f"cells([], {literal(first)}, {literal(last)}, ['Sur'], [{days}])",
        "returns": repr([["Sur", 1.0, {DAYS[weekday]: rest}]]),
    }

    hour = rng.randrange(24)
    before, after = first - timedelta(days=1), last + timedelta(days=1)
    extra = [
        (f"{before} 23:59", "Sur"), (f"{after} 00:00", "Sur"),
        (f"{first - timedelta(days=7)} {hour:02}:10", "Sur"),
        (f"{first} 00:00", "Sur"), (f"{last} 23:59", "Sur"),
    ]  # fmt: skip
    expected = {"Mon": {0: 1.25}, "Sun": {23: 1.25}}
    yield {
        "group": "period",
        "scene": f"cells({extra!r}, {literal(first)}, {literal(last)}, ['Sur'])",
        "returns": repr([["Sur", 1.0, expected]]),
    }
