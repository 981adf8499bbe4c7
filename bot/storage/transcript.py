"""The web chat's memory.

Revisions come from a sequence, but a later number may commit first: a reader that has
seen 8 would never ask for 7. So a writer holds its community's lock from taking the
number until its commit.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Final

from sqlalchemy import Row, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.services.errors import EntryNotFound
from bot.services.ports.clock import Clock
from bot.services.ports.transcript import Entry
from bot.storage.database import connected
from bot.storage.tables import ENTRY_REVISION, entry

# The first of an advisory lock's two numbers: what is locked. Any number of ours.
LOCK_CLASS: Final = 0x7363


class PostgresTranscript:
    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    async def append(
        self,
        community_id: int,
        member_id: int | None,
        body: Mapping[str, object],
        key: str | None = None,
    ) -> Entry:
        async with self._writing(community_id) as connection:
            if key is not None:
                # Nobody else of the community writes now.
                query = (
                    select(entry)
                    .where(entry.c.community_id == community_id)
                    .where(entry.c.key == key)
                )
                row = (await connection.execute(query)).one_or_none()
                if row is not None:
                    return _entry(row)
            written = await connection.execute(
                insert(entry)
                .values(
                    revision=ENTRY_REVISION.next_value(),
                    community_id=community_id,
                    member_id=member_id,
                    body=dict(body),
                    written_at=self._clock(),
                    key=key,
                )
                .returning(entry)
            )
            return _entry(written.one())

    async def change(
        self, entry_id: int, body: Mapping[str, object], revision: int | None = None
    ) -> Entry:
        found = await self.get(entry_id)
        if found is None:
            raise EntryNotFound(entry_id)
        changing = (
            update(entry)
            .where(entry.c.id == entry_id)
            .values(revision=ENTRY_REVISION.next_value(), body=dict(body))
            .returning(entry)
        )
        if revision is not None:
            changing = changing.where(entry.c.revision == revision)
        async with self._writing(found.community_id) as connection:
            row = (await connection.execute(changing)).one_or_none()
        return await self.get(entry_id) or found if row is None else _entry(row)

    async def get(self, entry_id: int) -> Entry | None:
        async with connected(self._engine) as connection:
            query = select(entry).where(entry.c.id == entry_id)
            row = (await connection.execute(query)).one_or_none()
        return None if row is None else _entry(row)

    async def since(
        self, community_id: int, member_id: int, revision: int, limit: int = 200
    ) -> Sequence[Entry]:
        query = (
            select(entry)
            .where(entry.c.community_id == community_id)
            .where(or_(entry.c.member_id == member_id, entry.c.member_id.is_(None)))
            .limit(limit)
        )
        if revision == 0:
            query = query.order_by(entry.c.revision.desc())
        else:
            query = query.where(entry.c.revision > revision).order_by(entry.c.revision)
        async with connected(self._engine) as connection:
            found = [_entry(row) for row in await connection.execute(query)]
        return sorted(found, key=lambda each: each.revision)

    @asynccontextmanager
    async def _writing(self, community_id: int) -> AsyncIterator[AsyncConnection]:
        async with connected(self._engine) as connection:
            lock = func.pg_advisory_xact_lock(LOCK_CLASS, community_id)
            await connection.execute(select(lock))
            yield connection
            await connection.commit()


def _entry(row: Row[tuple[object, ...]]) -> Entry:
    return Entry(
        id=row.id,
        revision=row.revision,
        community_id=row.community_id,
        member_id=row.member_id,
        body=row.body,
        written_at=row.written_at,
    )
