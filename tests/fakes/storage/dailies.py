from collections.abc import Sequence
from datetime import date

from bot.domain.daily import Daily
from tests.fakes.storage.store import FakeStore


class FakeDailies:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def put(self, daily: Daily) -> Daily:
        key = (daily.community_id, daily.phase, daily.on)
        return self._store.dailies.setdefault(key, daily)

    async def find(self, community_id: int, phase: int, on: date) -> Daily | None:
        return self._store.dailies.get((community_id, phase, on))

    async def on(self, community_id: int, on: date) -> Sequence[Daily]:
        found = [
            daily
            for daily in self._store.dailies.values()
            if (daily.community_id, daily.on) == (community_id, on)
        ]
        return sorted(found, key=lambda daily: daily.phase)

    async def posted(self, community_id: int, phase: int) -> Sequence[Daily]:
        found = [
            daily
            for daily in self._store.dailies.values()
            if (daily.community_id, daily.phase) == (community_id, phase)
        ]
        return sorted(found, key=lambda daily: daily.on)
