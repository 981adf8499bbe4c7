"""Sessions of pairings, and who wants to be reminded of which."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.pairing.session import OPEN_SESSIONS, Session, SessionState
from bot.storage.tables import mentor_session, pairing, session_reminder


class PostgresMentorSessions:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, session: Session) -> Session:
        query = (
            insert(mentor_session)
            .values(**_session_values(session))
            .returning(mentor_session)
        )
        return _session((await self._connection.execute(query)).mappings().one())

    async def get(self, session_id: int, *, lock: bool = False) -> Session | None:
        query = select(mentor_session).where(mentor_session.c.id == session_id)
        if lock:
            query = query.with_for_update()
        row = (await self._connection.execute(query)).mappings().one_or_none()
        return None if row is None else _session(row)

    async def save(self, session: Session) -> None:
        await self._connection.execute(
            update(mentor_session)
            .where(mentor_session.c.id == session.id)
            .values(**_session_values(session))
        )

    async def of_pairing(self, pairing_id: int) -> Sequence[Session]:
        query = (
            select(mentor_session)
            .where(mentor_session.c.pairing_id == pairing_id)
            .order_by(mentor_session.c.id)
        )
        rows = (await self._connection.execute(query)).mappings()
        return [_session(row) for row in rows]

    async def open(self, community_id: int) -> Sequence[Session]:
        query = (
            select(mentor_session)
            .join(pairing, pairing.c.id == mentor_session.c.pairing_id)
            .where(pairing.c.community_id == community_id)
            .where(mentor_session.c.state.in_(OPEN_SESSIONS))
            .order_by(mentor_session.c.id)
        )
        rows = (await self._connection.execute(query)).mappings()
        return [_session(row) for row in rows]


class PostgresSessionReminders:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def want(self, session_id: int, member_id: int) -> None:
        await self._connection.execute(
            insert(session_reminder)
            .values(session_id=session_id, member_id=member_id)
            .on_conflict_do_nothing()
        )

    async def unsent(self, session_id: int) -> Sequence[int]:
        query = (
            select(session_reminder.c.member_id)
            .where(session_reminder.c.session_id == session_id)
            .where(session_reminder.c.sent_at.is_(None))
            .order_by(session_reminder.c.member_id)
        )
        return list((await self._connection.execute(query)).scalars())

    async def send(self, session_id: int, member_id: int, at: datetime) -> bool:
        written = await self._connection.execute(
            update(session_reminder)
            .where(session_reminder.c.session_id == session_id)
            .where(session_reminder.c.member_id == member_id)
            .where(session_reminder.c.sent_at.is_(None))
            .values(sent_at=at)
            .returning(session_reminder.c.member_id)
        )
        return written.scalar_one_or_none() is not None


def _session_values(one: Session) -> Mapping[str, Any]:
    return {
        "pairing_id": one.pairing_id,
        "proposed_by": one.proposed_by,
        "times": [time.isoformat() for time in one.times],
        "starts_at": one.starts_at,
        "state": one.state,
        "asked_at": one.asked_at,
    }


def _session(row: RowMapping) -> Session:
    times = tuple(datetime.fromisoformat(one) for one in row["times"])
    return Session(**{**row, "times": times, "state": SessionState(row["state"])})
