"""One-time links and signed-in browsers, by the digests of their secrets."""

from datetime import datetime
from typing import Final

from sqlalchemy import delete, insert, or_, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import member, sign_in, sign_in_link
from bot.storage.together import is_of

# More than a person has browsers; each sign-in beyond it ends the oldest.
BROWSERS_KEPT: Final = 10


class PostgresSignInLinks:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, digest: bytes, member_id: int, ends_at: datetime) -> None:
        new = postgresql.insert(sign_in_link).values(
            member_id=member_id, digest=digest, ends_at=ends_at
        )
        await self._connection.execute(
            new.on_conflict_do_update(
                index_elements=["member_id"],
                set_={"digest": new.excluded.digest, "ends_at": new.excluded.ends_at},
            )
        )

    async def find(self, digest: bytes, at: datetime) -> int | None:
        query = (
            select(sign_in_link.c.member_id)
            .where(sign_in_link.c.digest == digest)
            .where(sign_in_link.c.ends_at > at)
        )
        found: int | None = (await self._connection.execute(query)).scalar_one_or_none()
        return found

    async def take(self, digest: bytes, at: datetime) -> int | None:
        # The row's lock decides between two that press at once: one deletes it.
        taking = (
            delete(sign_in_link)
            .where(sign_in_link.c.digest == digest)
            .where(sign_in_link.c.ends_at > at)
            .returning(sign_in_link.c.member_id)
        )
        taken: int | None = (
            await self._connection.execute(taking)
        ).scalar_one_or_none()
        return taken


class PostgresSignIns:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def start(
        self, digest: bytes, member_id: int, at: datetime, ends_at: datetime
    ) -> None:
        await self._connection.execute(
            insert(sign_in).values(
                digest=digest, member_id=member_id, started_at=at, ends_at=ends_at
            )
        )
        kept = (
            select(sign_in.c.digest)
            .where(sign_in.c.member_id == member_id)
            .order_by(sign_in.c.started_at.desc())
            .limit(BROWSERS_KEPT)
        )
        await self._connection.execute(
            delete(sign_in)
            .where(sign_in.c.member_id == member_id)
            .where(or_(sign_in.c.ends_at <= at, sign_in.c.digest.not_in(kept)))
        )

    async def member_id(
        self, digest: bytes, at: datetime, community_id: int | None = None
    ) -> int | None:
        query = (
            select(member)
            .join(sign_in, sign_in.c.member_id == member.c.id)
            .where(sign_in.c.digest == digest)
            .where(sign_in.c.ends_at > at)
        )
        own = (await self._connection.execute(query)).one_or_none()
        if own is None:
            return None
        if community_id in {None, own.community_id}:
            own_id: int = own.id
            return own_id
        query = (
            select(member.c.id)
            .where(is_of(member.c.person_id, own.person_id))
            .where(member.c.community_id == community_id)
            .order_by(member.c.id)
            .limit(1)
        )
        return (await self._connection.execute(query)).scalar_one_or_none()

    async def end(self, digest: bytes) -> None:
        await self._connection.execute(
            delete(sign_in).where(sign_in.c.digest == digest)
        )

    async def end_all(self, person_id: int) -> None:
        of_person = select(member.c.id).where(is_of(member.c.person_id, person_id))
        for table in (sign_in, sign_in_link):
            await self._connection.execute(
                delete(table).where(table.c.member_id.in_(of_person))
            )
