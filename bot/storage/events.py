"""The event log."""

from collections.abc import Sequence

from sqlalchemy import Row, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.event import Event, EventKind
from bot.storage.tables import event
from bot.storage.together import is_of


class PostgresEvents:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def append(self, new: Event) -> bool:
        written = await self._connection.execute(
            insert(event)
            .values(
                kind=new.kind,
                key=new.key,
                person_id=new.person_id,
                member_id=new.member_id,
                occurred_at=new.occurred_at,
                local_on=new.local_on,
                challenge_id=new.challenge_id,
                points=new.points,
                reputation=new.reputation,
                facts=dict(new.facts),
            )
            .on_conflict_do_nothing(constraint="uq_event_key")
            .returning(event.c.id)
        )
        return written.scalar_one_or_none() is not None

    async def of_person(self, person_id: int) -> Sequence[Event]:
        query = (
            select(event)
            .where(is_of(event.c.person_id, person_id))
            .order_by(event.c.id)
        )
        return [_event(row) for row in await self._connection.execute(query)]


def _event(row: Row[tuple[object, ...]]) -> Event:
    return Event(
        kind=EventKind(row.kind),
        key=row.key,
        person_id=row.person_id,
        member_id=row.member_id,
        occurred_at=row.occurred_at,
        local_on=row.local_on,
        challenge_id=row.challenge_id,
        points=row.points,
        reputation=row.reputation,
        facts=row.facts,
    )
