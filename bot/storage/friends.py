"""Who follows whom."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.leaderboard import Friend
from bot.storage.tables import follow, member


class PostgresFriends:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def follow(self, member_id: int, other_id: int) -> bool:
        written = await self._connection.execute(
            insert(follow)
            .values(member_id=member_id, followed_id=other_id)
            .on_conflict_do_nothing()
            .returning(follow.c.followed_id)
        )
        return written.scalar_one_or_none() is not None

    async def leave(self, member_id: int, other_id: int) -> bool:
        gone = await self._connection.execute(
            delete(follow)
            .where(follow.c.member_id == member_id, follow.c.followed_id == other_id)
            .returning(follow.c.followed_id)
        )
        return gone.scalar_one_or_none() is not None

    async def of_member(self, member_id: int) -> Sequence[Friend]:
        query = (
            select(member.c.id, member.c.name)
            .join(follow, follow.c.followed_id == member.c.id)
            .where(follow.c.member_id == member_id)
            .order_by(member.c.name, member.c.id)
        )
        rows = await self._connection.execute(query)
        return [Friend(member_id=row.id, name=row.name) for row in rows]
