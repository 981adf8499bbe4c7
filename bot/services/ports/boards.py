"""Leaderboards, kept as points come."""

from collections.abc import Collection, Sequence
from typing import Protocol

from bot.domain.leaderboard import Board, Standing
from bot.domain.totals import Totals


class Boards(Protocol):
    """Whatever is read takes as long with a million members as with a thousand."""

    async def put(self, totals: Totals) -> None:
        """What these are from now on. The caller has locked their people.

        Raises MemberNotFound.
        """
        ...

    async def kept(self, member_ids: Collection[int]) -> Totals:
        """All that is kept of them, to be compared with the fold of their events."""
        ...

    async def page(
        self,
        board: Board,
        *,
        limit: int,
        after: int | None = None,
        before: int | None = None,
    ) -> Sequence[Standing]:
        """Highest points first, then who had them first; hidden members left out.

        The rows next after, or next before, a row of the board; from the top when
        neither is given, or when they are not on it for others to see.
        """
        ...

    async def standing(self, board: Board, member_id: int) -> Standing | None:
        """The member's own row, hidden or not; None before their first points."""
        ...

    async def around(
        self, board: Board, member_id: int, *, each_side: int
    ) -> Sequence[Standing]:
        """The member's own row, hidden or not, amid its neighbours; empty without."""
        ...

    async def among(
        self, board: Board, member_ids: Collection[int]
    ) -> Sequence[Standing]:
        """These alone, ranked among each other; hidden members left out."""
        ...

    async def mend_counts(self) -> int:
        """Brings what ranks are counted by to the totals; how many counts differed."""
        ...
