"""The times in which nobody could play, and the heartbeat that tells of them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.outage import Outage
from bot.storage.tables import heartbeat, outage

ONE = 1


class PostgresOutages:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def beat(self, at: datetime) -> datetime | None:
        first = (
            postgresql.insert(heartbeat)
            .values(id=ONE, beat_at=at)
            .on_conflict_do_nothing()
            .returning(heartbeat.c.id)
        )
        if (await self._connection.execute(first)).scalar_one_or_none() is not None:
            return None
        query = select(heartbeat.c.beat_at).with_for_update()
        before: datetime = (await self._connection.execute(query)).scalar_one()
        await self._connection.execute(
            update(heartbeat).values(beat_at=func.greatest(heartbeat.c.beat_at, at))
        )
        return before

    async def add(self, new: Outage) -> None:
        await self._connection.execute(
            insert(outage).values(
                began_at=new.began_at,
                ended_at=new.ended_at,
                reason=new.reason,
                community_id=new.community_id,
                phase=new.phase,
            )
        )

    async def unsettled(self) -> Sequence[Outage]:
        columns = [one for one in outage.c if one.name != "settled_at"]
        query = (
            select(*columns).where(outage.c.settled_at.is_(None)).order_by(outage.c.id)
        )
        rows = await self._connection.execute(query)
        return [Outage(**row) for row in rows.mappings()]

    async def settle(self, outage_id: int, at: datetime) -> None:
        await self._connection.execute(
            update(outage).where(outage.c.id == outage_id).values(settled_at=at)
        )
