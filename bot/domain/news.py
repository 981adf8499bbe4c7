"""What a community's channel reads of its members, and what becomes of it.

    waiting ─► claimed, as one of a batch ─► posted, and gone
                  │ CLAIM: whoever had it is no more
                  └─► claimed again, as the same batch

News that come together are posted together: platforms take about one message a second
in a channel, and a class solves the daily at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

# A line has some hundred characters; Discord takes 4,000 in a message, Slack 13,200.
IN_ONE_MESSAGE: Final = 20
# Longer than a try may take: whoever takes over must find nobody at it.
CLAIM: Final = timedelta(minutes=1)
# What could not be posted for a day is no news any more.
STALE: Final = timedelta(days=1)


class NewsKind(StrEnum):
    SOLVED = "solved"
    """Facts: challenge, points."""
    MOVED = "moved"
    """Into another phase. Facts: how, from, to."""


@dataclass(frozen=True, kw_only=True)
class News:
    id: UUID
    member_id: int
    community_id: int
    kind: NewsKind
    at: datetime
    facts: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Batch:
    id: UUID
    news: tuple[News, ...]
    """Oldest first."""
    again: bool = False
    """Somebody had it before, and may have posted it."""
