"""What was done once for everybody, whichever process was asked: by a key."""

from datetime import datetime, timedelta
from typing import Protocol

# Who took a key and said nothing for so long has died over it.
TAKEN_FOR = timedelta(minutes=1)
# Slack repeats an event for an hour at most; what is posted daily has keys of its day.
KEPT_FOR = timedelta(days=2)


class Receipts(Protocol):
    """Each call is its own transaction."""

    async def take(self, key: str, now: datetime, told: str | None = None) -> bool:
        """True for the first who asks; again, once a minute passed with nothing told.

        `told` may be known from the beginning.
        """
        ...

    async def tell(self, key: str, told: str) -> None:
        """What came of it, for those who are not the first."""
        ...

    async def told(self, key: str) -> str | None: ...
