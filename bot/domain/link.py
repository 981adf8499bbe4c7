"""One person behind several accounts.

Each account enters as a person of its own, and stays one in the log and in the tables.
A link joins two of them; who is joined with whom is folded from the links that stand,
so that undoing one leaves each side as it was, with what it did meanwhile.

    Discord 3 ── link ── Slack 7 ── link ── web 9       together: 3, whose settings hold
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

CODE_LASTS: Final = timedelta(minutes=10)
"""Long enough to open the other chat, and short enough for a code on a screen that is
shared to be worth nothing later."""

MOST_TRIES: Final = 5
"""Wrong codes that a person may enter in the time that one lasts. With 32^8 codes,
even a thousand accounts that guess for a year would most likely find none."""

MOST_TOGETHER: Final = 10
"""Accounts of one person: every platform, and a Slack account for each workspace."""


@dataclass(frozen=True, kw_only=True)
class PersonLink:
    id: int
    person_id: int
    """Who made the code."""
    other_id: int
    """Who entered it."""
    linked_at: datetime


def together(
    people: Collection[int], links: Iterable[tuple[int, int]]
) -> Mapping[int, int]:
    """For each, who stands for all that are joined with them: who came first.

    Who comes first cannot change by linking another, so that a link never turns round
    whose settings hold.
    """
    first = {one: one for one in people}

    def find(one: int) -> int:
        while first[one] != one:
            one = first[one]
        return one

    for left, right in links:
        earlier, later = sorted((find(left), find(right)))
        first[later] = earlier
    return {one: find(one) for one in people}
