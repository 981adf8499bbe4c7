from bot.domain.submission import Submission
from tests.fakes.storage.store import FakeStore


class FakeQueue:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def defer_judging(self, submission: Submission) -> None:
        self._store.jobs.append(submission.id)
