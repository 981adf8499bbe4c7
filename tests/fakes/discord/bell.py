"""Waiting for something to become true without asking again and again."""

import asyncio
from collections.abc import Callable

# A test that waits longer has failed; it is no measure of anything.
PATIENCE_S = 60.0


class NoAnswer(AssertionError):
    """What a test waited for did not come."""


class Bell:
    """Rung at each change; who waits is woken when its condition holds."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Callable[[], object], asyncio.Future[None]]] = []

    def ring(self) -> None:
        for condition, future in list(self._waiting):
            if not future.done() and condition():
                future.set_result(None)

    async def until(
        self, condition: Callable[[], object], *, what: Callable[[], str] = lambda: ""
    ) -> None:
        """:raises NoAnswer: with `what()` as it stands then."""
        if condition():
            return
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        entry = (condition, future)
        self._waiting.append(entry)
        try:
            await asyncio.wait_for(future, PATIENCE_S)
        except TimeoutError:
            raise NoAnswer(what()) from None
        finally:
            self._waiting.remove(entry)
