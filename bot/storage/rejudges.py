"""Judging again: whose turn it is, and the job of the next one."""

from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Uuid,
    and_,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.rejudge import Rejudge, RejudgeCount, RejudgeState
from bot.domain.submission import SubmissionState
from bot.storage.deferring import LATER, REJUDGE, defer
from bot.storage.tables import member, rejudge, rejudge_turn, submission
from runner.verdict import Verdict


class PostgresRejudges:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def propose(self, new: Rejudge) -> None:
        await self._connection.execute(
            insert(rejudge).values(
                id=new.id,
                community_id=new.community_id,
                challenge_id=new.challenge_id,
                submission_id=new.submission_id,
                reason=new.reason,
                at=new.at,
                state=new.state,
            )
        )

    async def get(self, rejudge_id: UUID, *, lock: bool = False) -> Rejudge | None:
        query = select(rejudge).where(rejudge.c.id == rejudge_id)
        if lock:
            query = query.with_for_update()
        row = (await self._connection.execute(query)).mappings().one_or_none()
        if row is None:
            return None
        return Rejudge(**{**row, "state": RejudgeState(row["state"])})

    async def count(self, counted: Rejudge) -> RejudgeCount:
        accepted = func.count().filter(submission.c.verdict == Verdict.ACCEPTED)
        query = (
            select(
                func.count(submission.c.member_id.distinct()),
                func.count(),
                accepted,
            )
            .join(member, member.c.id == submission.c.member_id)
            .where(_is_meant(counted))
        )
        members, submissions, right = (await self._connection.execute(query)).one()
        settled = select(func.count()).where(
            rejudge_turn.c.rejudge_id == counted.id, rejudge_turn.c.settled
        )
        done: int = (await self._connection.execute(settled)).scalar_one()
        return RejudgeCount(
            members=members, submissions=submissions, accepted=right, settled=done
        )

    async def start(self, started: Rejudge) -> None:
        turns = (
            select(literal(started.id, Uuid), submission.c.member_id)
            .join(member, member.c.id == submission.c.member_id)
            .where(_is_meant(started))
            .distinct()
        )
        await self._connection.execute(
            insert(rejudge_turn).from_select(["rejudge_id", "member_id"], turns)
        )
        await self._become(started.id, RejudgeState.RUNNING)
        await self.go_on(started.id)

    async def whose_turn(self, rejudge_id: UUID) -> int | None:
        query = (
            select(rejudge_turn.c.member_id)
            .where(rejudge_turn.c.rejudge_id == rejudge_id)
            .where(~rejudge_turn.c.settled)
            .order_by(rejudge_turn.c.member_id)
            .limit(1)
            .with_for_update()
        )
        found: int | None = (await self._connection.execute(query)).scalar_one_or_none()
        return found

    async def settle(self, rejudge_id: UUID, member_id: int) -> None:
        await self._connection.execute(
            update(rejudge_turn)
            .where(rejudge_turn.c.rejudge_id == rejudge_id)
            .where(rejudge_turn.c.member_id == member_id)
            .values(settled=True)
        )

    async def go_on(self, rejudge_id: UUID) -> None:
        await defer(self._connection, REJUDGE, priority=LATER, id=str(rejudge_id))

    async def end(self, rejudge_id: UUID) -> None:
        await self._become(rejudge_id, RejudgeState.DONE)

    async def _become(self, rejudge_id: UUID, state: RejudgeState) -> None:
        await self._connection.execute(
            update(rejudge).where(rejudge.c.id == rejudge_id).values(state=state)
        )


def _is_meant(wanted: Rejudge) -> ColumnElement[bool]:
    """Judged, and not by a fault of ours."""
    conditions = [
        member.c.community_id == wanted.community_id,
        submission.c.challenge_id == wanted.challenge_id,
        submission.c.state == SubmissionState.JUDGED,
        submission.c.verdict != Verdict.JUDGE_ERROR,
    ]
    if wanted.submission_id is not None:
        conditions.append(submission.c.id == wanted.submission_id)
    return and_(*conditions)
