from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from bot.domain.news import CLAIM, IN_ONE_MESSAGE, Batch, News
from tests.fakes.storage.store import FakeStore


class FakeNews:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def put(self, news: News) -> None:
        self._store.news[news.id] = news

    async def claim(self, community_id: int, new: UUID, at: datetime) -> Batch | None:
        claims, kept = (
            self._store.news_claims,
            sorted(self._store.news.values(), key=lambda one: (one.at, one.id)),
        )
        here = [one for one in kept if one.community_id == community_id]
        left = [
            claims[one.id][0]
            for one in here
            if one.id in claims and claims[one.id][1] <= at - CLAIM
        ]
        if left:
            batch = left[0]
            found = [one for one in here if claims.get(one.id, (None,))[0] == batch]
        else:
            batch = new
            found = [one for one in here if one.id not in claims][:IN_ONE_MESSAGE]
        for one in found:
            claims[one.id] = (batch, at)
        if not found:
            return None
        return Batch(id=batch, news=tuple(found), again=bool(left))

    async def finish(self, batch: UUID) -> None:
        claims = self._store.news_claims
        for one in [news for news, (of, _) in claims.items() if of == batch]:
            del claims[one]
            self._store.news.pop(one, None)

    async def drop_before(self, at: datetime) -> None:
        for one in [news for news in self._store.news.values() if news.at < at]:
            del self._store.news[one.id]
            self._store.news_claims.pop(one.id, None)

    async def waiting(self, at: datetime) -> Sequence[int]:
        claims = self._store.news_claims
        free = {
            one.community_id
            for one in self._store.news.values()
            if one.id not in claims or claims[one.id][1] <= at - CLAIM
        }
        return sorted(free)
