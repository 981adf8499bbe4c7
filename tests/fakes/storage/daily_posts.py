from collections.abc import Sequence
from datetime import date

from bot.domain.daily_post import DailyPost
from tests.fakes.storage.store import FakeStore


class FakeDailyPosts:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def add(self, post: DailyPost) -> bool:
        key = (post.community_id, post.phase, post.on)
        if key in self._store.daily_posts:
            return False
        self._store.daily_posts[key] = post
        return True

    async def find(
        self, community_id: int, phase: int, on: date, *, lock: bool = False
    ) -> DailyPost | None:
        return self._store.daily_posts.get((community_id, phase, on))

    async def save(self, post: DailyPost) -> None:
        key = (post.community_id, post.phase, post.on)
        if key in self._store.daily_posts:
            self._store.daily_posts[key] = post

    async def of_days(self, community_id: int, since: date) -> Sequence[DailyPost]:
        found = [
            one
            for one in self._store.daily_posts.values()
            if one.community_id == community_id and one.on >= since
        ]
        return sorted(found, key=lambda one: (one.on, one.phase))
