"""Whose solution of a daily is shown on the day after.

Only one of who said that theirs may be shown, and is not hidden. Of those the one that
earned most: least help, fewest wrong attempts. Not the first, for speed is unfair
across time zones; not the shortest, for that is a riddle more often than an example.
Among equals it is drawn, so that everyone's turn comes.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

MOST_SHOWN = 1500
"""Characters: beside the statement and the explanation no more fit into one message."""


@dataclass(frozen=True, kw_only=True)
class DailySolution:
    """A person's first acceptance of a daily on its day."""

    submission_id: str
    name: str
    points: int
    source: str | None
    """None when it is not to be shown."""


def finest(solutions: Iterable[DailySolution]) -> DailySolution | None:
    shown = [
        one
        for one in solutions
        if one.source is not None and len(one.source) <= MOST_SHOWN
    ]

    def rank(one: DailySolution) -> tuple[int, bytes]:
        drawn = hashlib.sha256(one.submission_id.encode()).digest()
        return one.points, drawn

    return max(shown, key=rank, default=None)
