"""Receipts, in a table that sweeps itself."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.services.ports.receipts import KEPT_FOR, TAKEN_FOR
from bot.storage.database import connected
from bot.storage.tables import receipt

# A sweep costs little, but not so little that each key should pay for one.
SWEPT_EACH = 500


class PostgresReceipts:
    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._taken = 0

    async def take(self, key: str, now: datetime, told: str | None = None) -> bool:
        is_left = receipt.c.told.is_(None) & (receipt.c.taken_at <= now - TAKEN_FOR)
        taking = (
            insert(receipt)
            .values(key=key, taken_at=now, told=told)
            .on_conflict_do_update(
                index_elements=[receipt.c.key], set_={"taken_at": now}, where=is_left
            )
            .returning(receipt.c.key)
        )
        async with connected(self._engine) as connection:
            taken = (await connection.execute(taking)).scalar_one_or_none()
            if self._taken % SWEPT_EACH == 0:
                old = receipt.c.taken_at < now - KEPT_FOR
                await connection.execute(delete(receipt).where(old))
            await connection.commit()
        self._taken += 1
        return taken is not None

    async def tell(self, key: str, told: str) -> None:
        telling = update(receipt).where(receipt.c.key == key).values(told=told)
        async with connected(self._engine) as connection:
            await connection.execute(telling)
            await connection.commit()

    async def told(self, key: str) -> str | None:
        query = select(receipt.c.told).where(receipt.c.key == key)
        async with connected(self._engine) as connection:
            return (await connection.execute(query)).scalar_one_or_none()
