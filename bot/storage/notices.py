"""What is to be told, each with its job."""

from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.notice import Notice, NoticeKind
from bot.services.errors import MemberNotFound
from bot.storage.deferring import TELL, defer
from bot.storage.tables import account, community, member, notice


class PostgresNotices:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, new: Notice) -> None:
        await self._connection.execute(
            insert(notice).values(
                id=new.id,
                member_id=new.member_id,
                kind=new.kind,
                facts=dict(new.facts),
                at=new.at,
            )
        )
        await defer(self._connection, TELL, id=str(new.id))

    async def get(self, notice_id: UUID) -> Notice | None:
        query = select(notice).where(notice.c.id == notice_id)
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            return None
        return Notice(
            id=row.id,
            member_id=row.member_id,
            kind=NoticeKind(row.kind),
            at=row.at,
            facts=row.facts,
        )

    async def remove(self, notice_id: UUID) -> None:
        await self._connection.execute(delete(notice).where(notice.c.id == notice_id))

    async def account(self, member_id: int) -> str:
        query = (
            select(account.c.external_id)
            .join(member, member.c.person_id == account.c.person_id)
            .join(community, community.c.id == member.c.community_id)
            .where(account.c.platform == community.c.platform)
            .where(member.c.id == member_id)
        )
        found: str | None = (await self._connection.execute(query)).scalar_one_or_none()
        if found is None:
            raise MemberNotFound(member_id)
        return found
