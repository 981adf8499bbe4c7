"""Installations over the web. What is sealed in them is opened by no one here."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

from sqlalchemy import Row, delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.services.ports.installations import Installation
from bot.storage.database import connected
from bot.storage.tables import installation, oauth_state


class PostgresInstallations:
    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def put(self, made: Installation, at: datetime) -> None:
        given = {"sealed": made.sealed, "installed_at": at, "claimed_until": None}
        putting = (
            insert(installation)
            .values(platform=made.platform, external_id=made.external_id, **given)
            .on_conflict_do_update(
                index_elements=[installation.c.platform, installation.c.external_id],
                set_=given,
            )
        )
        async with _writing(self._engine) as connection:
            await connection.execute(putting)

    async def renew(self, renewed: Installation) -> bool:
        renewing = (
            update(installation)
            .where(installation.c.platform == renewed.platform)
            .where(installation.c.external_id == renewed.external_id)
            .values(sealed=renewed.sealed, claimed_until=None)
        )
        async with _writing(self._engine) as connection:
            return (await connection.execute(renewing)).rowcount > 0

    async def find(self, platform: str, external_id: str) -> Installation | None:
        query = (
            select(installation)
            .where(installation.c.platform == platform)
            .where(installation.c.external_id == external_id)
        )
        async with connected(self._engine) as connection:
            row = (await connection.execute(query)).one_or_none()
        return None if row is None else _installation(row)

    async def all(self, platform: str) -> Sequence[Installation]:
        query = (
            select(installation)
            .where(installation.c.platform == platform)
            .order_by(installation.c.external_id)
        )
        async with connected(self._engine) as connection:
            return [_installation(row) for row in await connection.execute(query)]

    async def claim(
        self, platform: str, external_id: str, now: datetime, until: datetime
    ) -> bool:
        claimed_until = installation.c.claimed_until
        claiming = (
            update(installation)
            .where(installation.c.platform == platform)
            .where(installation.c.external_id == external_id)
            .where(or_(claimed_until.is_(None), claimed_until <= now))
            .values(claimed_until=until)
        )
        async with _writing(self._engine) as connection:
            return (await connection.execute(claiming)).rowcount > 0

    async def remove(self, platform: str, external_id: str, before: datetime) -> bool:
        removing = (
            delete(installation)
            .where(installation.c.platform == platform)
            .where(installation.c.external_id == external_id)
            .where(installation.c.installed_at <= before)
        )
        async with _writing(self._engine) as connection:
            return (await connection.execute(removing)).rowcount > 0


class PostgresOAuthStates:
    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def issue(self, state: str, now: datetime, until: datetime) -> None:
        """And sweeps what nobody came back with."""
        async with _writing(self._engine) as connection:
            await connection.execute(
                delete(oauth_state).where(oauth_state.c.lasts_until <= now)
            )
            await connection.execute(
                insert(oauth_state).values(state=state, lasts_until=until)
            )

    async def consume(self, state: str, now: datetime) -> bool:
        # One statement: of two that come with the same state, one finds it.
        consuming = (
            delete(oauth_state)
            .where(oauth_state.c.state == state)
            .where(oauth_state.c.lasts_until > now)
        )
        async with _writing(self._engine) as connection:
            return (await connection.execute(consuming)).rowcount > 0


@asynccontextmanager
async def _writing(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    async with connected(engine) as connection:
        yield connection
        await connection.commit()


def _installation(row: Row[tuple[object, ...]]) -> Installation:
    return Installation(
        platform=row.platform, external_id=row.external_id, sealed=row.sealed
    )
