"""Of what is told at one place, the immediate answer first.

A worker may be quicker than the receipt of what it judged: "being judged" must never
cover the verdict, nor come after it.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

from bot.services.ports.clock import Clock

# A worker elsewhere may be quicker than the receipt: a request and its way take less.
RECEIPT_WITHIN = timedelta(seconds=1)
TOLD_KEPT = 10_000

Kept = OrderedDict[str, None]
Telling = Callable[[], Awaitable[None]]


class InOrder:
    """A key stands for what was asked, in all processes."""

    def __init__(self, now: Clock) -> None:
        self._now = now
        self._begun: Kept = OrderedDict()
        self._told: Kept = OrderedDict()
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def first(self, key: str, tell: Telling) -> None:
        """Says nothing when a later answer was quicker."""
        _keep(self._begun, key)
        async with self._turn(key):
            if key not in self._told:
                await tell()

    async def later(self, key: str, asked_at: datetime, tell: Telling) -> None:
        if key not in self._begun:
            # The immediate answer of another process may still be on its way.
            age = self._now() - asked_at
            await asyncio.sleep(max((RECEIPT_WITHIN - age).total_seconds(), 0))
        async with self._turn(key):
            _keep(self._told, key)
            await tell()

    def _turn(self, key: str) -> asyncio.Lock:
        return self._turns.setdefault(key, asyncio.Lock())


def _keep(kept: Kept, key: str) -> None:
    kept[key] = None
    if len(kept) > TOLD_KEPT:
        kept.popitem(last=False)
