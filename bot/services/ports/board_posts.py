"""The messages that show boards."""

from typing import Protocol

from bot.domain.board_post import BoardPost


class BoardPosts(Protocol):
    async def get(self, community_id: int, *, lock: bool = False) -> BoardPost | None:
        """`lock` holds the row until the transaction ends."""
        ...

    async def put(self, post: BoardPost) -> None:
        """In place of the community's earlier one."""
        ...

    async def remove(self, community_id: int) -> None: ...
