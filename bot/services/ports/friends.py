"""Whom a member follows, which nobody else is told."""

from collections.abc import Sequence
from typing import Protocol

from bot.domain.leaderboard import Friend


class Friends(Protocol):
    async def follow(self, member_id: int, other_id: int) -> bool:
        """False when they do so already."""
        ...

    async def leave(self, member_id: int, other_id: int) -> bool:
        """False when they did not follow them."""
        ...

    async def of_member(self, member_id: int) -> Sequence[Friend]:
        """By name."""
        ...
