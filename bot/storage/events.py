"""The event log."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.daily import Tally
from bot.domain.event import Event, EventKind
from bot.storage.tables import event, member
from bot.storage.together import is_of

# Ten columns each: PostgreSQL takes 65,535 values in a statement.
AT_ONCE = 1000


class PostgresEvents:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def append(self, new: Event) -> bool:
        return await self.append_all([new]) > 0

    async def append_all(self, events: Sequence[Event]) -> int:
        written = 0
        for start in range(0, len(events), AT_ONCE):
            rows = [_row(one) for one in events[start : start + AT_ONCE]]
            inserted = await self._connection.execute(
                insert(event)
                .values(rows)
                .on_conflict_do_nothing(constraint="uq_event_key")
                .returning(event.c.id)
            )
            written += len(inserted.scalars().all())
        return written

    async def tallies(
        self, community_id: int, phase: int, since: datetime
    ) -> Sequence[Tally]:
        kinds = (EventKind.ATTEMPT_FAILED, EventKind.SOLVED)
        each = (
            select(
                event.c.challenge_id,
                event.c.person_id,
                func.count().filter(event.c.kind == kinds[0]).label("failed"),
                func.count().filter(event.c.kind == kinds[1]).label("solved"),
            )
            .join(member, member.c.id == event.c.member_id)
            .where(member.c.community_id == community_id)
            .where(member.c.phase == phase)
            .where(event.c.kind.in_(kinds))
            .where(event.c.challenge_id.is_not(None))
            .where(event.c.occurred_at >= since)
            .group_by(event.c.challenge_id, event.c.person_id)
            .subquery()
        )
        rows = await self._connection.execute(
            select(
                each.c.challenge_id,
                func.sum(each.c.failed).label("failed"),
                func.sum(each.c.solved).label("solved"),
                func.count().filter(each.c.solved == 0).label("stuck"),
            )
            .group_by(each.c.challenge_id)
            .order_by(each.c.challenge_id)
        )
        return [
            Tally(
                challenge_id=row.challenge_id,
                failed=int(row.failed),
                solved=int(row.solved),
                stuck=row.stuck,
            )
            for row in rows
        ]

    async def of_person(self, person_id: int) -> Sequence[Event]:
        query = (
            select(event)
            .where(is_of(event.c.person_id, person_id))
            .order_by(event.c.id)
        )
        return [_event(row) for row in await self._connection.execute(query)]


def _row(new: Event) -> dict[str, object]:
    return {**vars(new), "facts": dict(new.facts)}


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
