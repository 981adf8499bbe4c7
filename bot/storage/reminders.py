"""Who wants to be reminded, and who was: a row a person, with the last date."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.services.ports.reminders import Wisher
from bot.storage.member_rows import MEMBER, member_of
from bot.storage.tables import account, community, member, person, reminder


class PostgresReminders:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def wishers(self) -> Sequence[Wisher]:
        query = (
            MEMBER.add_columns(account.c.external_id.label("account_id"))
            .join(account, account.c.person_id == member.c.person_id)
            .where(account.c.platform == community.c.platform)
            .where(person.c.reminded)
            .order_by(member.c.id.desc())
        )
        return [
            Wisher(member=member_of(row), external_id=row.account_id)
            for row in await self._connection.execute(query)
        ]

    async def claim(self, person_id: int, on: date) -> bool:
        first = func.coalesce(person.c.joined_to, person.c.id)
        query = select(first).where(person.c.id == person_id)
        whose = (await self._connection.execute(query)).scalar_one()
        written = await self._connection.execute(
            insert(reminder)
            .values(person_id=whose, on=on)
            .on_conflict_do_update(
                index_elements=[reminder.c.person_id],
                set_={"on": on},
                where=reminder.c.on < on,
            )
            .returning(reminder.c.person_id)
        )
        return written.scalar_one_or_none() is not None
