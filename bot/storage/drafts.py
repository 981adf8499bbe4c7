"""Code that waits for its author to say which of it is meant: a row a member."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.services.ports.drafts import Draft
from bot.storage.tables import draft


class PostgresDrafts:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(
        self, member_id: int, challenge_id: str, sources: Sequence[str], at: datetime
    ) -> int:
        facts = {
            "challenge_id": challenge_id,
            "sources": list(sources),
            "written_at": at,
        }
        written = await self._connection.execute(
            insert(draft)
            .values(member_id=member_id, number=1, **facts)
            .on_conflict_do_update(
                index_elements=[draft.c.member_id],
                set_={"number": draft.c.number + 1, **facts},
            )
            .returning(draft.c.number)
        )
        number: int = written.scalar_one()
        return number

    async def get(self, member_id: int, number: int) -> Draft | None:
        query = (
            select(draft.c.challenge_id, draft.c.sources)
            .where(draft.c.member_id == member_id)
            .where(draft.c.number == number)
        )
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            return None
        return Draft(challenge_id=row.challenge_id, sources=tuple(row.sources))
