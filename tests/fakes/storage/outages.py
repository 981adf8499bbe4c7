from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.outage import Outage
from tests.fakes.storage.store import FakeStore


class FakeOutages:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def beat(self, at: datetime) -> datetime | None:
        before = self._store.beats[-1] if self._store.beats else None
        self._store.beats = [at if before is None else max(at, before)]
        return before

    async def add(self, outage: Outage) -> None:
        number = len(self._store.outages) + 1
        self._store.outages[number] = replace(outage, id=number)

    async def unsettled(self) -> Sequence[Outage]:
        return [
            one
            for number, one in self._store.outages.items()
            if number not in self._store.settled
        ]

    async def settle(self, outage_id: int, at: datetime) -> None:
        self._store.settled.add(outage_id)
