"""Posts of dailies: one row for each community, phase and date, whoever claims it."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.daily_post import DailyPost, PostState, Trouble
from bot.storage.tables import daily_post


class PostgresDailyPosts:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, post: DailyPost) -> bool:
        written = await self._connection.execute(
            insert(daily_post)
            .values(**vars(post))
            .on_conflict_do_nothing()
            .returning(daily_post.c.phase)
        )
        return written.scalar_one_or_none() is not None

    async def find(
        self, community_id: int, phase: int, on: date, *, lock: bool = False
    ) -> DailyPost | None:
        query = select(daily_post).where(_is(community_id, phase, on))
        if lock:
            query = query.with_for_update()
        row = (await self._connection.execute(query)).mappings().one_or_none()
        return None if row is None else _post(row)

    async def save(self, post: DailyPost) -> None:
        await self._connection.execute(
            update(daily_post)
            .where(_is(post.community_id, post.phase, post.on))
            .values(**vars(post))
        )

    async def of_days(self, community_id: int, since: date) -> Sequence[DailyPost]:
        query = (
            select(daily_post)
            .where(daily_post.c.community_id == community_id)
            .where(daily_post.c.on >= since)
            .order_by(daily_post.c.on, daily_post.c.phase)
        )
        rows = await self._connection.execute(query)
        return [_post(row) for row in rows.mappings()]


def _is(community_id: int, phase: int, on: date) -> ColumnElement[bool]:
    return and_(
        daily_post.c.community_id == community_id,
        daily_post.c.phase == phase,
        daily_post.c.on == on,
    )


def _post(row: RowMapping) -> DailyPost:
    trouble = row["trouble"]
    read = {
        **row,
        "state": PostState(row["state"]),
        "trouble": None if trouble is None else Trouble(trouble),
    }
    return DailyPost(**read)
