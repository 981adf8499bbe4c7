"""Roles that members have of us, and who waits for another."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import case, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.services.ports.phase_roles import RoleDue
from bot.storage.tables import account, community, member


class PostgresPhaseRoles:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def ask(self, member_id: int, at: datetime) -> None:
        await self._connection.execute(
            update(member).where(member.c.id == member_id).values(role_asked_at=at)
        )

    async def ask_all(self, community_id: int, at: datetime) -> None:
        await self._connection.execute(
            update(member)
            .where(member.c.community_id == community_id)
            .values(role_asked_at=at)
        )

    async def due(self, platforms: Collection[str], *, limit: int) -> Sequence[RoleDue]:
        query = (
            select(
                member.c.id.label("member_id"),
                account.c.external_id,
                member.c.role.label("given"),
                member.c.role_asked_at.label("asked_at"),
            )
            .join(community, member.c.community_id == community.c.id)
            .join(account, account.c.person_id == member.c.person_id)
            .where(account.c.platform == community.c.platform)
            .where(community.c.platform.in_(platforms))
            .where(member.c.role_asked_at.is_not(None))
            .order_by(member.c.role_asked_at, member.c.id)
            .limit(limit)
        )
        rows = await self._connection.execute(query)
        return [RoleDue(**row) for row in rows.mappings()]

    async def keep(self, due: RoleDue, given: str | None) -> None:
        is_settled = member.c.role_asked_at == due.asked_at
        await self._connection.execute(
            update(member)
            .where(member.c.id == due.member_id)
            .values(
                role=given,
                role_asked_at=case((is_settled, null()), else_=member.c.role_asked_at),
            )
        )
