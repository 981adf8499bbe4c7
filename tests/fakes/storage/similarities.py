from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import combinations

from bot.domain.similarity import Compared
from bot.services.ports.similarities import AlikeAnswer, pair_of
from runner.verdict import Verdict
from tests.fakes.storage.store import FakeStore


class FakeSimilarities:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def accepted(
        self, community_id: int, challenge_id: str, *, limit: int
    ) -> Sequence[Compared]:
        last: dict[int, tuple[datetime, Compared]] = {}
        for one in self._store.submissions.values():
            member = self._store.members[one.member_id]
            if (
                member.community.id != community_id
                or one.challenge_id != challenge_id
                or one.verdict is not Verdict.ACCEPTED
            ):
                continue
            who = self._store.joined.get(one.person_id, one.person_id)
            if who not in last or last[who][0] <= one.submitted_at:
                compared = Compared(
                    id=str(one.id), member_id=one.member_id, source=one.source
                )
                last[who] = (one.submitted_at, compared)
        newest = sorted(last.values(), key=lambda one: one[0], reverse=True)
        return [one for _, one in newest[:limit]]

    async def answered(self, submission_ids: Collection[str]) -> Collection[str]:
        pairs = {pair_of(*two) for two in combinations(submission_ids, 2)}
        return pairs & self._store.alike_answers.keys()

    async def answer(
        self,
        members: tuple[int, int],
        submissions: tuple[str, str],
        answer: AlikeAnswer,
        at: datetime,
    ) -> None:
        self._store.alike_answers[pair_of(*submissions)] = answer
