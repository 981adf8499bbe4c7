from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from bot.domain.finest import DailySolution
from bot.domain.submission import Submission
from bot.services.errors import MemberNotFound, SubmissionNotFound
from runner.verdict import Verdict
from tests.fakes.storage.store import FakeStore


class FakeSubmissions:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def add(self, submission: Submission) -> None:
        if submission.member_id not in self._store.members:
            raise MemberNotFound(submission.member_id)
        if submission.id in self._store.submissions:
            raise ValueError(submission.id)
        self._store.submissions[submission.id] = submission

    async def get(self, submission_id: UUID, *, lock: bool = False) -> Submission:
        if submission_id not in self._store.submissions:
            raise SubmissionNotFound(submission_id)
        return self._store.submissions[submission_id]

    async def save(self, submission: Submission) -> None:
        await self.get(submission.id)
        self._store.submissions[submission.id] = submission

    async def history(
        self, person_id: int, challenge_id: str | None = None, limit: int = 20
    ) -> Sequence[Submission]:
        found = [
            submission
            for submission in self._store.submissions.values()
            if submission.person_id in self._store.people_with(person_id)
            and challenge_id in (None, submission.challenge_id)
        ]
        found.sort(key=lambda each: (each.submitted_at, each.id), reverse=True)
        return found[:limit]

    async def attempts(self, person_id: int, challenge_id: str) -> int:
        numbers = [
            submission.attempt or 0
            for submission in self._store.submissions.values()
            if submission.person_id in self._store.people_with(person_id)
            and submission.challenge_id == challenge_id
        ]
        return max(numbers, default=0)

    async def of_daily(
        self,
        community_id: int,
        challenge_id: str,
        since: datetime,
        until: datetime,
    ) -> Sequence[DailySolution]:
        first: dict[int, DailySolution] = {}
        every = self._store.submissions.values()
        for one in sorted(every, key=lambda one: (one.submitted_at, one.id)):
            member = self._store.members[one.member_id]
            if (
                member.community.id == community_id
                and one.challenge_id == challenge_id
                and one.is_daily
                and one.verdict is Verdict.ACCEPTED
                and since <= one.submitted_at < until
            ):
                may_be_shown = member.shares and not member.hidden
                solution = DailySolution(
                    submission_id=str(one.id),
                    name=member.name,
                    points=one.points,
                    source=one.source if may_be_shown else None,
                )
                first.setdefault(one.person_id, solution)
        return list(first.values())

    async def count_since(self, person_id: int, since: datetime) -> int:
        return sum(
            submission.person_id in self._store.people_with(person_id)
            and submission.submitted_at >= since
            for submission in self._store.submissions.values()
        )
