"""Leaderboards, kept as points come."""

from collections.abc import Sequence
from typing import Protocol

from bot.domain.leaderboard import Board, Standing


class Boards(Protocol):
    async def add(self, boards: Sequence[Board], member_id: int, points: int) -> None:
        """Count one more solved challenge, and its points, for a member."""
        ...

    async def top(
        self, board: Board, *, limit: int, offset: int = 0
    ) -> Sequence[Standing]:
        """Highest points first, then who had them first; hidden members left out."""
        ...

    async def standing(self, board: Board, member_id: int) -> Standing | None:
        """The member's own row, hidden or not; None before their first points."""
        ...
