"""How long one waits for a mentor, honestly: who still waits counts, too.

A mean over those who were served is a lie of the lucky: whoever waits for a month does
not show in it. So the share still waiting after each day is estimated by the product of
Kaplan and Meier (1958) over all waits, those that go on or were withdrawn counting for
as long as they lasted; a quantile that so many have not reached is *unknown*, and said
to be longer than the longest wait.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

LEAST_WAITS = 5
"""Under it, a figure would be about persons."""


@dataclass(frozen=True)
class Wait:
    days: int
    """Whole ones."""
    was_served: bool


@dataclass(frozen=True, kw_only=True)
class WaitingTimes:
    half_days: int | None
    """Within so many days one in two has a mentor; None: longer than `longest_days`."""
    most_days: int | None
    """The same of nine in ten."""
    longest_days: int
    waits: int


def waiting_times(waits: Iterable[Wait]) -> WaitingTimes | None:
    """None when there are too few to say."""
    known = list(waits)
    if len(known) < LEAST_WAITS:
        return None
    return WaitingTimes(
        half_days=quantile(known, Fraction(1, 2)),
        most_days=quantile(known, Fraction(9, 10)),
        longest_days=max(one.days for one in known),
        waits=len(known),
    )


def quantile(waits: Iterable[Wait], served: Fraction) -> int | None:
    """The first day by which at least that share is served, by the estimate."""
    known = list(waits)
    ended = Counter(one.days for one in known)
    met = Counter(one.days for one in known if one.was_served)
    at_risk, still_waiting = len(known), Fraction(1)
    for day in sorted(ended):
        still_waiting *= 1 - Fraction(met[day], at_risk)
        if 1 - still_waiting >= served:
            return day
        at_risk -= ended[day]
    return None
