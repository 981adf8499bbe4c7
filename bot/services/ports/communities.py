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

    async def all(self) -> Sequence[Community]:
        """In the order in which they came."""
        ...
