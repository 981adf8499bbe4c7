"""Wakes the readers of the log when this process writes an entry."""

import asyncio
from contextlib import suppress


class Bell:
    def __init__(self) -> None:
        self._condition = asyncio.Condition()
        self._rung = 0
        self.closed = False

    @property
    def rung(self) -> int:
        """How often so far; take it before reading, so that no ring is missed."""
        return self._rung

    async def ring(self) -> None:
        async with self._condition:
            self._rung += 1
            self._condition.notify_all()

    async def close(self) -> None:
        """Every stream ends: now those that wait, later ones at once."""
        self.closed = True
        await self.ring()

    async def wait(self, after: int, timeout_s: float) -> None:
        """Until it rang more than `after` times, or the time is over."""
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout_s), self._condition:
                await self._condition.wait_for(lambda: self._rung > after)
