from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from bot.domain.rejudge import Rejudge, RejudgeCount, RejudgeState
from bot.domain.submission import Submission, SubmissionState
from runner.verdict import Verdict
from tests.fakes.storage.store import FakeStore


class FakeRejudges:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def propose(self, rejudge: Rejudge) -> None:
        self._store.rejudges[rejudge.id] = rejudge

    async def get(self, rejudge_id: UUID, *, lock: bool = False) -> Rejudge | None:
        return self._store.rejudges.get(rejudge_id)

    async def count(self, rejudge: Rejudge) -> RejudgeCount:
        meant = self._meant(rejudge)
        turns = self._store.turns.items()
        return RejudgeCount(
            members=len({one.member_id for one in meant}),
            submissions=len(meant),
            accepted=sum(one.verdict is Verdict.ACCEPTED for one in meant),
            settled=sum(done for (run, _), done in turns if run == rejudge.id),
        )

    async def start(self, rejudge: Rejudge) -> None:
        for one in self._meant(rejudge):
            self._store.turns[rejudge.id, one.member_id] = False
        self._become(rejudge.id, RejudgeState.RUNNING)
        await self.go_on(rejudge.id)

    async def whose_turn(self, rejudge_id: UUID) -> int | None:
        left = [
            member_id
            for (run, member_id), settled in self._store.turns.items()
            if run == rejudge_id and not settled
        ]
        return min(left, default=None)

    async def settle(self, rejudge_id: UUID, member_id: int) -> None:
        self._store.turns[rejudge_id, member_id] = True

    async def go_on(self, rejudge_id: UUID) -> None:
        self._store.rejudge_jobs.append(rejudge_id)

    async def end(self, rejudge_id: UUID) -> None:
        self._become(rejudge_id, RejudgeState.DONE)

    def _become(self, rejudge_id: UUID, state: RejudgeState) -> None:
        changed = replace(self._store.rejudges[rejudge_id], state=state)
        self._store.rejudges[rejudge_id] = changed

    def _meant(self, rejudge: Rejudge) -> Sequence[Submission]:
        return [
            one
            for one in self._store.submissions.values()
            if one.challenge_id == rejudge.challenge_id
            and one.state is SubmissionState.JUDGED
            and one.verdict is not Verdict.JUDGE_ERROR
            and rejudge.submission_id in (None, one.id)
            and self._store.members[one.member_id].community.id == rejudge.community_id
        ]
