"""Which communities show their boards to everybody."""

from datetime import datetime
from typing import Protocol

from bot.domain.member import Community


class OpenBoards(Protocol):
    async def open(self, community_id: int, at: datetime) -> None: ...

    async def close(self, community_id: int) -> None: ...

    async def find(self, community_id: int) -> Community | None:
        """The community while its boards are open."""
        ...
