"""Requests to be read."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.review import ReviewRequest, ReviewRequestState
from bot.services.errors import ReviewNotFound
from bot.storage.review_rows import request_of, request_values
from bot.storage.tables import member, review_request
from bot.storage.together import is_of


class PostgresReviewRequests:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, request: ReviewRequest) -> bool:
        added = await self._connection.execute(
            insert(review_request)
            .values(request_values(request))
            .on_conflict_do_nothing(index_elements=[review_request.c.submission_id])
            .returning(review_request.c.id)
        )
        return added.one_or_none() is not None

    async def get(self, request_id: UUID, *, lock: bool = False) -> ReviewRequest:
        query = select(review_request).where(review_request.c.id == request_id)
        if lock:
            query = query.with_for_update()
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            raise ReviewNotFound(request_id)
        return request_of(row)

    async def of_submission(self, submission_id: UUID) -> ReviewRequest | None:
        query = select(review_request).where(
            review_request.c.submission_id == submission_id
        )
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else request_of(row)

    async def of_person(self, person_id: int, *, limit: int) -> Sequence[ReviewRequest]:
        query = (
            select(review_request)
            .join(member, member.c.id == review_request.c.member_id)
            .where(is_of(member.c.person_id, person_id))
            .order_by(review_request.c.asked_at.desc(), review_request.c.id)
            .limit(limit)
        )
        return [request_of(row) for row in await self._connection.execute(query)]

    async def equals(
        self, request: ReviewRequest, state: ReviewRequestState, *, limit: int
    ) -> Sequence[ReviewRequest]:
        if request.alike is None:
            return ()
        query = (
            select(review_request)
            .where(review_request.c.community_id == request.community_id)
            .where(review_request.c.challenge_id == request.challenge_id)
            .where(review_request.c.alike == request.alike)
            .where(review_request.c.state == state)
            .where(review_request.c.id != request.id)
            .order_by(review_request.c.asked_at, review_request.c.id)
            .limit(limit)
        )
        return [request_of(row) for row in await self._connection.execute(query)]

    async def save(self, request: ReviewRequest) -> None:
        written = await self._connection.execute(
            update(review_request)
            .where(review_request.c.id == request.id)
            .values(request_values(request))
        )
        if written.rowcount == 0:
            raise ReviewNotFound(request.id)
