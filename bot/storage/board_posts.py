"""A row for each community that wants its board shown."""

from dataclasses import asdict

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.board_post import BoardPost
from bot.storage.tables import board_post


class PostgresBoardPosts:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, community_id: int, *, lock: bool = False) -> BoardPost | None:
        query = select(board_post).where(board_post.c.community_id == community_id)
        if lock:
            query = query.with_for_update()
        row = (await self._connection.execute(query)).mappings().one_or_none()
        return None if row is None else BoardPost(**row)

    async def put(self, post: BoardPost) -> None:
        values = asdict(post)
        await self._connection.execute(
            insert(board_post)
            .values(values)
            .on_conflict_do_update(
                index_elements=[board_post.c.community_id], set_=values
            )
        )

    async def remove(self, community_id: int) -> None:
        await self._connection.execute(
            delete(board_post).where(board_post.c.community_id == community_id)
        )
