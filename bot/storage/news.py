"""What channels are to read: claimed by row locks, gone once it was posted."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.news import CLAIM, IN_ONE_MESSAGE, Batch, News, NewsKind
from bot.storage.tables import news


class PostgresNews:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, new: News) -> None:
        await self._connection.execute(
            insert(news).values(
                id=new.id,
                member_id=new.member_id,
                community_id=new.community_id,
                kind=new.kind,
                facts=dict(new.facts),
                at=new.at,
            )
        )

    async def claim(self, community_id: int, new: UUID, at: datetime) -> Batch | None:
        here = select(news).where(news.c.community_id == community_id)
        left = await self._locked(here.where(news.c.claimed_at <= at - CLAIM).limit(1))
        again = bool(left)
        if again:
            # One that another process takes up at this moment is its.
            batch: UUID = left[0].batch
            rows = await self._locked(here.where(news.c.batch == batch))
        else:
            batch = new
            unclaimed = here.where(news.c.batch.is_(None))
            rows = await self._locked(unclaimed.limit(IN_ONE_MESSAGE))
        if not rows:
            return None
        await self._connection.execute(
            update(news)
            .where(news.c.id.in_([row.id for row in rows]))
            .values(batch=batch, claimed_at=at)
        )
        told = tuple(
            News(
                id=row.id,
                member_id=row.member_id,
                community_id=row.community_id,
                kind=NewsKind(row.kind),
                at=row.at,
                facts=row.facts,
            )
            for row in rows
        )
        return Batch(id=batch, news=told, again=again)

    async def finish(self, batch: UUID) -> None:
        await self._connection.execute(delete(news).where(news.c.batch == batch))

    async def drop_before(self, at: datetime) -> None:
        await self._connection.execute(delete(news).where(news.c.at < at))

    async def waiting(self, at: datetime) -> Sequence[int]:
        free = or_(news.c.batch.is_(None), news.c.claimed_at <= at - CLAIM)
        query = select(news.c.community_id).where(free).distinct()
        return (await self._connection.execute(query)).scalars().all()

    async def _locked(self, query: Select[Any]) -> Sequence[Row[Any]]:
        ordered = query.order_by(news.c.at, news.c.id)
        held = ordered.with_for_update(skip_locked=True)
        rows: Sequence[Row[Any]] = (await self._connection.execute(held)).all()
        return rows
