"""A row for each community whose boards everybody may read."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.member import Community
from bot.storage.tables import community, open_boards


class PostgresOpenBoards:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def open(self, community_id: int, at: datetime) -> None:
        await self._connection.execute(
            insert(open_boards)
            .values(community_id=community_id, opened_at=at)
            .on_conflict_do_nothing()
        )

    async def close(self, community_id: int) -> None:
        await self._connection.execute(
            delete(open_boards).where(open_boards.c.community_id == community_id)
        )

    async def find(self, community_id: int) -> Community | None:
        query = (
            select(community)
            .join(open_boards, open_boards.c.community_id == community.c.id)
            .where(community.c.id == community_id)
        )
        row = (await self._connection.execute(query)).mappings().one_or_none()
        return None if row is None else Community(**row)
