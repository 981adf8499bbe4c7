from collections.abc import Sequence
from datetime import datetime

from bot.services.ports.drafts import Draft
from tests.fakes.storage.store import FakeStore


class FakeDrafts:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def put(
        self, member_id: int, challenge_id: str, sources: Sequence[str], at: datetime
    ) -> int:
        number = self._store.drafts.get(member_id, (0, None))[0] + 1
        new = Draft(challenge_id=challenge_id, sources=tuple(sources))
        self._store.drafts[member_id] = (number, new)
        return number

    async def get(self, member_id: int, number: int) -> Draft | None:
        known, found = self._store.drafts.get(member_id, (0, None))
        return found if known == number else None
