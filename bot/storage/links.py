"""Codes that join accounts, and the links that they made."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Row,
    and_,
    case,
    delete,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.link import PersonLink, together
from bot.services.errors import MemberNotFound
from bot.storage.tables import link_code, link_try, member, person, person_link
from bot.storage.together import is_of, lock_people, people_with, show_or_hide


class PostgresLinkCodes:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, digest: bytes, member_id: int, ends_at: datetime) -> None:
        values = {"member_id": member_id, "digest": digest, "ends_at": ends_at}
        of_member = select(member.c.person_id).where(member.c.id == member_id)
        person_id = (await self._connection.execute(of_member)).scalar_one_or_none()
        if person_id is None:
            raise MemberNotFound(member_id)
        await self._connection.execute(
            postgresql.insert(link_code)
            .values(person_id=person_id, **values)
            .on_conflict_do_update(index_elements=[link_code.c.person_id], set_=values)
        )

    async def find(self, digest: bytes, at: datetime) -> int | None:
        query = select(link_code.c.member_id).where(_is_good(digest, at))
        return (await self._connection.execute(query)).scalar_one_or_none()

    async def take(self, digest: bytes, at: datetime) -> int | None:
        taken = delete(link_code).where(_is_good(digest, at))
        rows = await self._connection.execute(taken.returning(link_code.c.member_id))
        return rows.scalar_one_or_none()

    async def count_try(self, person_id: int, at: datetime, within: timedelta) -> int:
        first = postgresql.insert(link_try).values(
            person_id=person_id, since=at, tries=1
        )
        is_over = link_try.c.since <= at - within
        counted = first.on_conflict_do_update(
            index_elements=[link_try.c.person_id],
            set_={
                "since": case((is_over, at), else_=link_try.c.since),
                "tries": case((is_over, 1), else_=link_try.c.tries + 1),
            },
        ).returning(link_try.c.tries)
        tries: int = (await self._connection.execute(counted)).scalar_one()
        return tries


class PostgresLinks:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lock(self, person_ids: Collection[int]) -> None:
        await lock_people(self._connection, person_ids)

    async def join(self, person_id: int, other_id: int, at: datetime) -> PersonLink:
        people = await self._people(person_id, other_id)
        written = await self._connection.execute(
            insert(person_link)
            .values(person_id=person_id, other_id=other_id, linked_at=at)
            .returning(person_link)
        )
        joined = _link(written.one())
        await self._bring_together(people)
        return joined

    async def standing(self, person_id: int) -> Sequence[PersonLink]:
        query = (
            select(person_link)
            .where(person_link.c.undone_at.is_(None))
            .where(
                or_(
                    is_of(person_link.c.person_id, person_id),
                    is_of(person_link.c.other_id, person_id),
                )
            )
            .order_by(person_link.c.id)
        )
        return [_link(row) for row in await self._connection.execute(query)]

    async def undo(self, link_id: int, at: datetime) -> None:
        undone = await self._connection.execute(
            update(person_link)
            .where(person_link.c.id == link_id)
            .where(person_link.c.undone_at.is_(None))
            .values(undone_at=at)
            .returning(person_link.c.person_id)
        )
        person_id = undone.scalar_one_or_none()
        if person_id is not None:
            await self._bring_together(await self._people(person_id))

    async def _people(self, *person_ids: int) -> set[int]:
        found: set[int] = set()
        for one in person_ids:
            rows = await self._connection.execute(people_with(one))
            found |= set(rows.scalars())
        return found

    async def _bring_together(self, people: Collection[int]) -> None:
        """Keeps `joined_to` as the links that stand say."""
        query = select(person_link.c.person_id, person_link.c.other_id).where(
            person_link.c.undone_at.is_(None), person_link.c.person_id.in_(people)
        )
        links = [
            (row.person_id, row.other_id)
            for row in await self._connection.execute(query)
        ]
        first = together(people, links)
        for one in sorted(people):
            joined_to = None if first[one] == one else first[one]
            await self._connection.execute(
                update(person).where(person.c.id == one).values(joined_to=joined_to)
            )
        for one in set(first.values()):
            await show_or_hide(self._connection, one)


def _is_good(digest: bytes, at: datetime) -> ColumnElement[bool]:
    return and_(link_code.c.digest == digest, link_code.c.ends_at > at)


def _link(row: Row[tuple[object, ...]]) -> PersonLink:
    return PersonLink(
        id=row.id,
        person_id=row.person_id,
        other_id=row.other_id,
        linked_at=row.linked_at,
    )
