"""The organisers' log."""

from collections.abc import Sequence

from sqlalchemy import Row, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.audit import AuditAct, AuditEntry
from bot.services.ports.audit import Audited
from bot.storage.tables import audit_entry, member

_ACTOR = member.alias("actor")
_SUBJECT = member.alias("subject")


class PostgresAudit:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def append(self, entry: AuditEntry) -> None:
        await self._connection.execute(
            insert(audit_entry).values(
                community_id=entry.community_id,
                act=entry.act,
                actor_id=entry.actor_id,
                subject_id=entry.subject_id,
                reason=entry.reason,
                facts=dict(entry.facts),
                at=entry.at,
            )
        )

    async def read(
        self, community_id: int, *, limit: int, before: int | None = None
    ) -> Sequence[Audited]:
        query = (
            select(
                audit_entry,
                _ACTOR.c.name.label("actor_name"),
                _SUBJECT.c.name.label("subject_name"),
            )
            .outerjoin(_ACTOR, audit_entry.c.actor_id == _ACTOR.c.id)
            .outerjoin(_SUBJECT, audit_entry.c.subject_id == _SUBJECT.c.id)
            .where(audit_entry.c.community_id == community_id)
            .order_by(audit_entry.c.id.desc())
            .limit(limit)
        )
        if before is not None:
            query = query.where(audit_entry.c.id < before)
        return [_audited(row) for row in await self._connection.execute(query)]


def _audited(row: Row[tuple[object, ...]]) -> Audited:
    return Audited(
        id=row.id,
        entry=AuditEntry(
            community_id=row.community_id,
            act=AuditAct(row.act),
            actor_id=row.actor_id,
            subject_id=row.subject_id,
            reason=row.reason,
            facts=row.facts,
            at=row.at,
        ),
        actor_name=row.actor_name,
        subject_name=row.subject_name,
    )
