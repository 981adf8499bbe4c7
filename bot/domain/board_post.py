"""The one message in a community that shows its board, and follows it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

MOST_OFTEN: Final = timedelta(minutes=10)
"""Between two changes of the message: a board that moves with every answer would use up
what a platform lets us write, and nobody looks that often."""


@dataclass(frozen=True, kw_only=True)
class BoardPost:
    community_id: int
    channel: str | None = None
    message: str | None = None
    """None: it is still to be posted, or somebody deleted it."""
    shown: str = ""
    """What the message shows, in short: the same again is not sent."""
    drawn_at: datetime | None = None
    """None: never yet."""

    is_pinned: bool = False
    """False too where the bot may not: it tries again when the board moves."""

    def is_due(self, at: datetime) -> bool:
        return self.drawn_at is None or at - self.drawn_at >= MOST_OFTEN
