"""What reviewers keep to say again."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.services.ports.reviews import SavedAnswer
from bot.storage.tables import member, saved_answer
from bot.storage.together import is_of


class PostgresSavedAnswers:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, member_id: int, answer: SavedAnswer, at: datetime) -> None:
        values = {"text": answer.text, "written_at": at}
        await self._connection.execute(
            insert(saved_answer)
            .values(member_id=member_id, name=answer.name, **values)
            .on_conflict_do_update(
                index_elements=[saved_answer.c.member_id, saved_answer.c.name],
                set_=values,
            )
        )

    async def of_person(self, person_id: int) -> Sequence[SavedAnswer]:
        query = (
            select(saved_answer.c.name, saved_answer.c.text)
            .join(member, member.c.id == saved_answer.c.member_id)
            .where(is_of(member.c.person_id, person_id))
            .order_by(saved_answer.c.written_at, saved_answer.c.id)
        )
        rows = await self._connection.execute(query)
        newest = {row.name: row.text for row in rows}
        return [SavedAnswer(name=name, text=newest[name]) for name in sorted(newest)]

    async def remove(self, person_id: int, name: str) -> bool:
        members = select(member.c.id).where(is_of(member.c.person_id, person_id))
        gone = await self._connection.execute(
            delete(saved_answer)
            .where(saved_answer.c.member_id.in_(members))
            .where(saved_answer.c.name == name)
        )
        return gone.rowcount > 0
