"""What the channels of communities are to read."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from bot.domain.news import Batch, News


class NewsItems(Protocol):
    async def put(self, news: News) -> None: ...

    async def claim(self, community_id: int, new: UUID, at: datetime) -> Batch | None:
        """A batch whose claim has run out, else what waits, as the batch `new`.

        Two who claim at one moment get different ones. None: nothing is left.
        """
        ...

    async def finish(self, batch: UUID) -> None: ...

    async def drop_before(self, at: datetime) -> None: ...

    async def waiting(self, at: datetime) -> Sequence[int]:
        """Communities with something to claim then."""
        ...
