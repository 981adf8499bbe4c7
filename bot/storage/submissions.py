"""Submissions."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, case, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.finest import DailySolution
from bot.domain.submission import Submission, SubmissionState
from bot.services.errors import SubmissionNotFound
from bot.storage.tables import member, person, submission
from bot.storage.together import is_hidden, is_of
from challenges.grading.grade import Grade
from runner.verdict import Verdict

_FIELDS = tuple(field.name for field in fields(Submission))


class PostgresSubmissions:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, new: Submission) -> None:
        await self._connection.execute(insert(submission).values(_values(new)))

    async def get(self, submission_id: UUID, *, lock: bool = False) -> Submission:
        query = select(submission).where(submission.c.id == submission_id)
        if lock:
            query = query.with_for_update()
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            raise SubmissionNotFound(submission_id)
        return _submission(row)

    async def save(self, changed: Submission) -> None:
        written = await self._connection.execute(
            update(submission)
            .where(submission.c.id == changed.id)
            .values(_values(changed))
        )
        if written.rowcount == 0:
            raise SubmissionNotFound(changed.id)

    async def history(
        self, person_id: int, challenge_id: str | None = None, limit: int = 20
    ) -> Sequence[Submission]:
        query = select(submission).where(is_of(submission.c.person_id, person_id))
        if challenge_id is not None:
            query = query.where(submission.c.challenge_id == challenge_id)
        newest = query.order_by(
            submission.c.submitted_at.desc(), submission.c.id.desc()
        ).limit(limit)
        return [_submission(row) for row in await self._connection.execute(newest)]

    async def attempts(self, person_id: int, challenge_id: str) -> int:
        query = (
            select(func.coalesce(func.max(submission.c.attempt), 0))
            .where(is_of(submission.c.person_id, person_id))
            .where(submission.c.challenge_id == challenge_id)
        )
        latest: int = (await self._connection.execute(query)).scalar_one()
        return latest

    async def of_daily(
        self,
        community_id: int,
        challenge_id: str,
        since: datetime,
        until: datetime,
    ) -> Sequence[DailySolution]:
        own = person.alias("own")
        may_be_shown = person.c.shares & ~is_hidden()
        query = (
            select(
                submission.c.id,
                person.c.id.label("person_id"),
                submission.c.points,
                member.c.name,
                case((may_be_shown, submission.c.source)).label("source"),
            )
            .join(member, member.c.id == submission.c.member_id)
            .join(own, own.c.id == submission.c.person_id)
            .join(person, person.c.id == func.coalesce(own.c.joined_to, own.c.id))
            .where(member.c.community_id == community_id)
            .where(submission.c.challenge_id == challenge_id)
            .where(submission.c.is_daily)
            .where(submission.c.verdict == Verdict.ACCEPTED)
            .where(submission.c.submitted_at >= since)
            .where(submission.c.submitted_at < until)
            .order_by(submission.c.submitted_at, submission.c.id)
        )
        first: dict[int, DailySolution] = {}
        for row in await self._connection.execute(query):
            solution = DailySolution(
                submission_id=str(row.id),
                name=row.name,
                points=row.points,
                source=row.source,
            )
            first.setdefault(row.person_id, solution)
        return list(first.values())

    async def count_since(self, person_id: int, since: datetime) -> int:
        query = (
            select(func.count())
            .where(is_of(submission.c.person_id, person_id))
            .where(submission.c.submitted_at >= since)
        )
        return (await self._connection.execute(query)).scalar_one()


def _values(given: Submission) -> Mapping[str, object]:
    values = {name: getattr(given, name) for name in _FIELDS}
    # In Python's mode a lone surrogate passes; pydantic's JSON would refuse it.
    return values | {
        "place": dict(given.place),
        "grade": None if given.grade is None else given.grade.model_dump(),
    }


def _submission(row: Row[tuple[object, ...]]) -> Submission:
    values = {name: getattr(row, name) for name in _FIELDS}
    values["state"] = SubmissionState(row.state)
    values["verdict"] = None if row.verdict is None else Verdict(row.verdict)
    values["grade"] = None if row.grade is None else Grade.model_validate(row.grade)
    return Submission(**values)
