"""Communities and their settings; one that nobody set up its first member makes."""

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.member import Community
from bot.storage.tables import community


class PostgresCommunities:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(
        self,
        platform: str,
        external_id: str,
        *,
        name: str,
        language: str,
        time_zone: str,
    ) -> Community:
        settings = {"name": name, "language": language, "time_zone": time_zone}
        put = (
            insert(community)
            .values(platform=platform, external_id=external_id, **settings)
            .on_conflict_do_update(
                index_elements=[community.c.platform, community.c.external_id],
                set_=settings,
            )
            .returning(community)
        )
        rows = await self._connection.execute(put)
        return Community(**rows.mappings().one())

    async def get(self, community_id: int) -> Community | None:
        query = select(community).where(community.c.id == community_id)
        row = (await self._connection.execute(query)).mappings().one_or_none()
        return None if row is None else Community(**row)

    async def set_zone(self, community_id: int, time_zone: str) -> None:
        await self._connection.execute(
            update(community)
            .where(community.c.id == community_id)
            .values(time_zone=time_zone)
        )

    async def all(self) -> Sequence[Community]:
        query = select(community).order_by(community.c.id)
        rows = await self._connection.execute(query)
        return [Community(**row) for row in rows.mappings()]
