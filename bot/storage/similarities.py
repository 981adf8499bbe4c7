"""Accepted submissions of a challenge, and what organisers answered to pairs."""

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import combinations

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.similarity import Compared
from bot.services.ports.similarities import AlikeAnswer, pair_of
from bot.storage.tables import member, person, similarity_answer, submission
from runner.verdict import Verdict


class PostgresSimilarities:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def accepted(
        self, community_id: int, challenge_id: str, *, limit: int
    ) -> Sequence[Compared]:
        who = func.coalesce(person.c.joined_to, person.c.id)
        last = (
            select(
                submission.c.id,
                submission.c.member_id,
                submission.c.source,
                submission.c.submitted_at,
            )
            .join(member, member.c.id == submission.c.member_id)
            .join(person, person.c.id == member.c.person_id)
            .where(member.c.community_id == community_id)
            .where(submission.c.challenge_id == challenge_id)
            .where(submission.c.verdict == Verdict.ACCEPTED)
            .ext(distinct_on(who))
            .order_by(who, submission.c.submitted_at.desc(), submission.c.id)
            .subquery()
        )
        query = select(last).order_by(last.c.submitted_at.desc(), last.c.id)
        return [
            Compared(id=str(row.id), member_id=row.member_id, source=row.source)
            for row in await self._connection.execute(query.limit(limit))
        ]

    async def answered(self, submission_ids: Collection[str]) -> Collection[str]:
        pairs = [pair_of(*two) for two in combinations(submission_ids, 2)]
        query = select(similarity_answer.c.pair).where(
            similarity_answer.c.pair == func.any(pairs)
        )
        return set((await self._connection.execute(query)).scalars())

    async def answer(
        self,
        members: tuple[int, int],
        submissions: tuple[str, str],
        answer: AlikeAnswer,
        at: datetime,
    ) -> None:
        values = {
            "member_id": members[0],
            "other_id": members[1],
            "answer": answer,
            "at": at,
        }
        await self._connection.execute(
            insert(similarity_answer)
            .values(pair=pair_of(*submissions), **values)
            .on_conflict_do_update(
                index_elements=[similarity_answer.c.pair], set_=values
            )
        )
