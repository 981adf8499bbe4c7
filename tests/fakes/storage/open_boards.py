from datetime import datetime

from bot.domain.member import Community
from tests.fakes.storage.store import FakeStore


class FakeOpenBoards:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def open(self, community_id: int, at: datetime) -> None:
        self._store.open_boards.setdefault(community_id, at)

    async def close(self, community_id: int) -> None:
        self._store.open_boards.pop(community_id, None)

    async def find(self, community_id: int) -> Community | None:
        if community_id not in self._store.open_boards:
            return None
        return next(
            one for one in self._store.communities.values() if one.id == community_id
        )
