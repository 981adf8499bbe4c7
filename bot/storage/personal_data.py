"""All that is held of a person, to be handed to them or to go.

What is held is declared in `tables.personal`. Beside those tables, a person stands in
the queue (jobs carry the ids of submissions) and in what the web chat showed to others
(boards, who solved what), which no key refers to.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    FromClause,
    RowMapping,
    String,
    cast,
    delete,
    exists,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.pairing.life import STANDING, PairingKind
from bot.domain.pairing.standing import RequestState
from bot.domain.totals import NOTHING
from bot.services.ports.personal_data import Row
from bot.storage.boards import PostgresBoards
from bot.storage.tables import (
    METADATA,
    account,
    audit_entry,
    entry,
    member,
    mentor_request,
    pairing,
    pairing_batch,
    person,
    submission,
)
from bot.storage.tables.personal import PERSONAL, Fate, Held
from bot.storage.together import people_with
from bot.storage.unnaming import unnamed, without_drawings

# A token ends after minutes, and in the wrong hands it answers in the bot's name.
_SECRETS: Final = frozenset({"token"})


class PostgresPersonalData:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def read(self, person_id: int) -> Mapping[str, Sequence[Row]]:
        people = await self._people(person_id)
        members = await self._members(people)
        found: dict[str, Sequence[Row]] = {}
        for held in PERSONAL:
            query = (
                select(*held.exported)
                .select_from(_of(held))
                .where(_is_theirs(held, people, members, held.untold))
                .order_by(*held.table.primary_key)
            )
            rows = await self._connection.execute(query)
            found[held.name] = [_plain(row) for row in rows.mappings()]
        return found

    async def delete(self, person_id: int) -> int:
        people = await self._hold(person_id)
        members = await self._members(people)
        names = await self._names(people, members)
        await self._drop_jobs(members)
        # Through their port, which keeps the counts by which others' ranks are told.
        boards = PostgresBoards(self._connection)
        await boards.put(dict.fromkeys(await boards.kept(members), NOTHING))
        await self._leave_mentees(members)
        await self._leave_the_log(members)
        await self._leave_others_chats(members, names)
        await self._connection.execute(
            update(person).where(person.c.id.in_(people)).values(joined_to=None)
        )
        of = {held.table: held for held in PERSONAL if held.fate is Fate.DELETED}
        # Those that refer to others first.
        for table in reversed(METADATA.sorted_tables):
            if table in of:
                is_theirs = _is_theirs(of[table], people, members)
                await self._connection.execute(delete(table).where(is_theirs))
        return len(people)

    async def _people(self, person_id: int) -> Sequence[int]:
        rows = await self._connection.execute(people_with(person_id))
        return sorted(rows.scalars())

    async def _hold(self, person_id: int) -> Sequence[int]:
        """Whose data goes. A link may come, or go, until they are held: then all is let
        go before it is asked for again, so that it is had in one order.
        """
        while True:
            people = await self._people(person_id)
            async with self._connection.begin_nested() as attempt:
                await self._lock(people)
                if await self._people(person_id) == people:
                    return people
                await attempt.rollback()

    async def _lock(self, people: Sequence[int]) -> None:
        """In the order in which settling a verdict does, so that neither of the two
        waits for the other for ever: submissions, then people, then members. And before
        these what mentoring holds first.
        """
        communities = select(member.c.community_id).where(
            member.c.person_id.in_(people)
        )
        for query in (
            select(pairing_batch.c.community_id)
            .where(pairing_batch.c.community_id.in_(communities))
            .order_by(pairing_batch.c.community_id),
            select(submission.c.id)
            .where(submission.c.person_id.in_(people))
            .order_by(submission.c.id),
            select(person.c.id).where(person.c.id.in_(people)).order_by(person.c.id),
            select(member.c.id)
            .where(member.c.person_id.in_(people))
            .order_by(member.c.id),
        ):
            await self._connection.execute(query.with_for_update())

    async def _members(self, people: Collection[int]) -> Sequence[int]:
        query = select(member.c.id).where(member.c.person_id.in_(people))
        return list((await self._connection.execute(query)).scalars())

    async def _names(
        self, people: Collection[int], members: Collection[int]
    ) -> frozenset[str]:
        called = select(member.c.name, member.c.platform_name).where(
            member.c.id.in_(members)
        )
        rows = (await self._connection.execute(called)).all()
        known = select(account.c.external_id).where(account.c.person_id.in_(people))
        ids = (await self._connection.execute(known)).scalars()
        names = {name for row in rows for name in row} | set(ids)
        # Nobody is told by a number, and a table is full of others' numbers.
        return frozenset(name for name in names if not name.isdigit())

    async def _drop_jobs(self, members: Collection[int]) -> None:
        """One that runs finds nothing any more, and goes when it ends."""
        await self._connection.execute(
            text(
                "DELETE FROM procrastinate_jobs WHERE status <> 'doing' AND"
                " args->>'submission_id' IN (SELECT id::text FROM submission"
                " WHERE member_id = ANY(:members))"
            ),
            {"members": list(members)},
        )
        await self._connection.execute(
            text(
                "DELETE FROM procrastinate_jobs WHERE status <> 'doing' AND"
                " args->>'id' IN (SELECT id::text FROM notice"
                " WHERE member_id = ANY(:members))"
            ),
            {"members": list(members)},
        )

    async def _leave_mentees(self, members: Collection[int]) -> None:
        """Whose mentor goes, wait again as if they had never been served."""
        served = select(pairing.c.request_id).where(
            pairing.c.mentor_id.in_(members),
            pairing.c.kind != PairingKind.PEERS,
            pairing.c.state.in_(STANDING),
        )
        waits = mentor_request.alias("waits")
        await self._connection.execute(
            update(mentor_request)
            .where(mentor_request.c.id.in_(served))
            .where(
                ~exists().where(
                    waits.c.member_id == mentor_request.c.member_id,
                    waits.c.state == RequestState.WAITING,
                )
            )
            .values(state=RequestState.WAITING, ended_at=None)
        )

    async def _leave_the_log(self, members: Collection[int]) -> None:
        for column, values in (
            (audit_entry.c.subject_id, {"subject_id": None, "reason": ""}),
            (audit_entry.c.actor_id, {"actor_id": None}),
        ):
            await self._connection.execute(
                update(audit_entry).where(column.in_(members)).values(values)
            )

    async def _leave_others_chats(
        self, members: Collection[int], names: Collection[str]
    ) -> None:
        """Boards and news that were shown in the web chat, to others or to all."""
        communities = select(member.c.community_id).where(member.c.id.in_(members))
        written = cast(entry.c.body, String)
        as_stored = [json.dumps(name) for name in names]
        query = (
            select(entry.c.id, entry.c.body)
            .where(entry.c.community_id.in_(communities))
            .where(or_(entry.c.member_id.is_(None), entry.c.member_id.not_in(members)))
            .where(or_(*(written.contains(one, autoescape=True) for one in as_stored)))
        )
        for row in (await self._connection.execute(query)).all():
            body = unnamed(row.body, names)
            if body != row.body:
                await self._connection.execute(
                    update(entry).where(entry.c.id == row.id).values(body=body)
                )


def _is_theirs(
    held: Held,
    people: Collection[int],
    members: Collection[int],
    but: Collection[str] = (),
) -> ColumnElement[bool]:
    return or_(
        *(column.in_(people) for column in held.people if column.name not in but),
        *(column.in_(members) for column in held.members if column.name not in but),
    )


def _of(held: Held) -> FromClause:
    return held.table if held.beside is None else held.table.join(held.beside)


def _plain(row: RowMapping) -> Row:
    return {name: _said(one) for name, one in row.items()}


def _said(value: object) -> object:
    match value:
        case datetime() | date():
            return value.isoformat()
        case UUID():
            return str(value)
        case dict() | list():
            return without_drawings(value, _SECRETS)
        case _:
            return value
