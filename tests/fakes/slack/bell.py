"""Waiting for something to be there, without asking again and again."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

# A test that waits longer has failed; it is no measure of anything.
PATIENCE_S = 20.0
T = TypeVar("T")


class NoAnswer(AssertionError):
    """What a test waited for did not come."""


class Bell:
    """Rung at each change; who waits looks again."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        self._rung.set()

    async def until(
        self, look: Callable[[], T | None], *, told: Callable[[], str] = str
    ) -> T:
        """:raises NoAnswer: with what `told` says then."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while (found := look()) is None:
                    self._rung.clear()
                    await self._rung.wait()
        except TimeoutError:
            raise NoAnswer(told()) from None
        return found
