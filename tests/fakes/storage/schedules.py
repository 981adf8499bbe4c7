from collections.abc import Sequence

from bot.domain.schedule import DailySettings
from tests.fakes.storage.store import FakeStore


class FakeSchedules:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def get(
        self, community_id: int, *, lock: bool = False
    ) -> DailySettings | None:
        return self._store.schedules.get(community_id)

    async def start(self, settings: DailySettings) -> DailySettings:
        return self._store.schedules.setdefault(settings.community_id, settings)

    async def save(self, settings: DailySettings) -> None:
        if settings.community_id in self._store.schedules:
            self._store.schedules[settings.community_id] = settings

    async def all(self) -> Sequence[DailySettings]:
        return [one for _, one in sorted(self._store.schedules.items())]
