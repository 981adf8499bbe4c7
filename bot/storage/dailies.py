"""Dailies: one for each community, phase and date, whoever puts it first."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.daily import Daily
from bot.storage.tables import daily


class PostgresDailies:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, new: Daily) -> Daily:
        await self._connection.execute(
            insert(daily).values(**vars(new)).on_conflict_do_nothing()
        )
        # A statement of its own: it sees the one that another replica has just put.
        return await self.find(new.community_id, new.phase, new.on) or new

    async def find(self, community_id: int, phase: int, on: date) -> Daily | None:
        query = (
            select(daily)
            .where(daily.c.community_id == community_id)
            .where(daily.c.phase == phase)
            .where(daily.c.on == on)
        )
        row = (await self._connection.execute(query)).mappings().one_or_none()
        return None if row is None else Daily(**row)

    async def on(self, community_id: int, on: date) -> Sequence[Daily]:
        query = (
            select(daily)
            .where(daily.c.community_id == community_id)
            .where(daily.c.on == on)
            .order_by(daily.c.phase)
        )
        rows = await self._connection.execute(query)
        return [Daily(**row) for row in rows.mappings()]

    async def posted(self, community_id: int, phase: int) -> Sequence[Daily]:
        query = (
            select(daily)
            .where(daily.c.community_id == community_id)
            .where(daily.c.phase == phase)
            .order_by(daily.c.on)
        )
        rows = await self._connection.execute(query)
        return [Daily(**row) for row in rows.mappings()]
