"""Where the game is played."""

from collections.abc import Sequence
from typing import Protocol

from bot.domain.member import Community


class Communities(Protocol):
    async def put(
        self,
        platform: str,
        external_id: str,
        *,
        name: str,
        language: str,
        time_zone: str,
    ) -> Community:
        """The community, made or brought to these settings."""
        ...

    async def get(self, community_id: int) -> Community | None: ...

    async def set_zone(self, community_id: int, time_zone: str) -> None: ...

    async def all(self) -> Sequence[Community]:
        """In the order in which they came."""
        ...
