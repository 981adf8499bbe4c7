"""Receipts in memory."""

from datetime import datetime

from bot.services.ports.receipts import TAKEN_FOR


class FakeReceipts:
    def __init__(self) -> None:
        self._taken: dict[str, tuple[datetime, str | None]] = {}

    async def take(self, key: str, now: datetime, told: str | None = None) -> bool:
        before = self._taken.get(key)
        if before is not None and (before[1] or before[0] > now - TAKEN_FOR):
            return False
        self._taken[key] = (now, told)
        return True

    async def tell(self, key: str, told: str) -> None:
        taken_at, _ = self._taken[key]
        self._taken[key] = (taken_at, told)

    async def told(self, key: str) -> str | None:
        return self._taken[key][1] if key in self._taken else None
