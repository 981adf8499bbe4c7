"""A row for each certificate that was asked for, and one for each that is revoked."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, literal, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.certificate import Certificate, Revocation, Revoked
from bot.storage.tables import certificate, certificate_revocation
from bot.storage.together import is_of


class PostgresCertificates:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, new: Certificate) -> None:
        values = asdict(new)
        query = postgresql.insert(certificate).values(values)
        changing = {name: values[name] for name in ("name", "language")}
        await self._connection.execute(
            query.on_conflict_do_update(index_elements=["id"], set_=changing)
        )

    async def find(self, certificate_id: UUID) -> Certificate | None:
        return await self._one(certificate.c.id == certificate_id)

    async def of_event(self, event_key: str) -> Certificate | None:
        return await self._one(certificate.c.event_key == event_key)

    async def _one(self, which: ColumnElement[bool]) -> Certificate | None:
        query = select(certificate).where(which)
        row = (await self._connection.execute(query)).mappings().one_or_none()
        if row is None:
            return None
        return Certificate(**{**row, "skills": tuple(row["skills"])})


class PostgresRevocations:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, revoked: Revoked) -> None:
        await self._connection.execute(
            postgresql.insert(certificate_revocation)
            .values(id=revoked.id, why=revoked.why.value, at=revoked.at)
            .on_conflict_do_nothing()
        )

    async def leave(self, person_id: int, at: datetime) -> None:
        theirs = select(
            certificate.c.id, literal(Revocation.DELETED.value), literal(at)
        ).where(is_of(certificate.c.person_id, person_id))
        await self._connection.execute(
            postgresql.insert(certificate_revocation)
            .from_select(["id", "why", "at"], theirs)
            .on_conflict_do_nothing()
        )

    async def find(self, certificate_id: UUID) -> Revoked | None:
        query = select(certificate_revocation).where(
            certificate_revocation.c.id == certificate_id
        )
        row = (await self._connection.execute(query)).mappings().one_or_none()
        return None if row is None else _revoked(row)

    async def all(self) -> Sequence[Revoked]:
        query = select(certificate_revocation).order_by(
            certificate_revocation.c.at, certificate_revocation.c.id
        )
        rows = await self._connection.execute(query)
        return [_revoked(row) for row in rows.mappings()]


def _revoked(row: RowMapping) -> Revoked:
    return Revoked(id=row["id"], why=Revocation(row["why"]), at=row["at"])
