"""When a community's dailies come, and where."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.schedule import DailySettings
from bot.storage.tables import daily_setting


class PostgresSchedules:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(
        self, community_id: int, *, lock: bool = False
    ) -> DailySettings | None:
        query = select(daily_setting).where(
            daily_setting.c.community_id == community_id
        )
        if lock:
            query = query.with_for_update()
        row = (await self._connection.execute(query)).mappings().one_or_none()
        return None if row is None else _settings(row)

    async def start(self, settings: DailySettings) -> DailySettings:
        await self._connection.execute(
            insert(daily_setting).values(**_row(settings)).on_conflict_do_nothing()
        )
        # A statement of its own: it sees what another replica has just put.
        return await self.get(settings.community_id) or settings

    async def save(self, settings: DailySettings) -> None:
        await self._connection.execute(
            update(daily_setting)
            .where(daily_setting.c.community_id == settings.community_id)
            .values(**_row(settings))
        )

    async def all(self) -> Sequence[DailySettings]:
        query = select(daily_setting).order_by(daily_setting.c.community_id)
        rows = await self._connection.execute(query)
        return [_settings(row) for row in rows.mappings()]


def _row(settings: DailySettings) -> Mapping[str, Any]:
    return {
        **vars(settings),
        "weekdays": sorted(settings.weekdays),
        "phases": sorted(settings.phases),
        "mentions": {str(phase): role for phase, role in settings.mentions.items()},
        "roles": {str(phase): role for phase, role in settings.roles.items()},
    }


def _settings(row: RowMapping) -> DailySettings:
    read: dict[str, Any] = {
        **row,
        "weekdays": frozenset(row["weekdays"]),
        "phases": frozenset(row["phases"]),
        "mentions": {int(phase): role for phase, role in row["mentions"].items()},
        "roles": {int(phase): role for phase, role in row["roles"].items()},
    }
    return DailySettings(**read)
