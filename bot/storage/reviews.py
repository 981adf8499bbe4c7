"""Reviews: who claims what, and what was given."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Label, and_, exists, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.review import (
    RequestKind,
    Review,
    ReviewRequest,
    ReviewRequestState,
    ReviewState,
)
from bot.domain.review_queue import WaitingReview
from bot.services.errors import ReviewNotFound
from bot.services.ports.reviews import Earned
from bot.storage.review_rows import request_of, review_of, review_values
from bot.storage.tables import member, person, review, review_request
from bot.storage.together import is_of

_EARLIER = review_request.alias("earlier")
_AUTHOR = member.alias("author")
_REVIEWER = member.alias("reviewer")


def _holds(at: datetime) -> ColumnElement[bool]:
    """Given, or claimed with its lock."""
    claimed = and_(review.c.state == ReviewState.CLAIMED, review.c.lock_ends_at > at)
    return or_(review.c.state == ReviewState.GIVEN, claimed)


def _person() -> Label[int]:
    """Who stands for all whom the `member` of the query is joined with."""
    return func.coalesce(person.c.joined_to, person.c.id).label("stands_for")


class PostgresReviews:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def waiting(
        self, community_id: int, seen: Collection[str], at: datetime, *, limit: int
    ) -> Sequence[WaitingReview]:
        held = (
            select(func.count())
            .where(review.c.request_id == review_request.c.id, _holds(at))
            .scalar_subquery()
        )
        is_first = ~exists().where(
            _EARLIER.c.community_id == review_request.c.community_id,
            _EARLIER.c.challenge_id == review_request.c.challenge_id,
            _EARLIER.c.alike == review_request.c.alike,
            _EARLIER.c.state == ReviewRequestState.OPEN,
            or_(
                _EARLIER.c.asked_at < review_request.c.asked_at,
                and_(
                    _EARLIER.c.asked_at == review_request.c.asked_at,
                    _EARLIER.c.id < review_request.c.id,
                ),
            ),
        )
        query = (
            select(review_request, _person())
            .join(member, member.c.id == review_request.c.member_id)
            .join(person, person.c.id == member.c.person_id)
            .where(review_request.c.community_id == community_id)
            .where(review_request.c.state == ReviewRequestState.OPEN)
            .where(
                or_(
                    review_request.c.kind == RequestKind.EVIDENCE,
                    review_request.c.challenge_id == func.any(list(seen)),
                )
            )
            .where(held < review_request.c.wanted, is_first)
            .order_by(review_request.c.asked_at, review_request.c.id)
            .limit(limit)
        )
        rows = (await self._connection.execute(query)).all()
        asked = {row.id: (request_of(row), row.stands_for) for row in rows}
        return await self._with_reviews(asked.values())

    async def of_request(self, request: ReviewRequest) -> WaitingReview:
        query = (
            select(_person())
            .select_from(member.join(person, person.c.id == member.c.person_id))
            .where(member.c.id == request.member_id)
        )
        author: int = (await self._connection.execute(query)).scalar_one()
        (found,) = await self._with_reviews([(request, author)])
        return found

    async def get(self, review_id: UUID, *, lock: bool = False) -> Review:
        query = select(review).where(review.c.id == review_id)
        if lock:
            query = query.with_for_update()
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            raise ReviewNotFound(review_id)
        return review_of(row)

    async def put(self, new: Review) -> None:
        values = review_values(new)
        await self._connection.execute(
            insert(review)
            .values(values)
            .on_conflict_do_update(index_elements=[review.c.id], set_=values)
        )

    async def of_reviewer(self, person_id: int, *, limit: int) -> Sequence[Review]:
        query = (
            select(review)
            .join(member, member.c.id == review.c.reviewer_id)
            .where(is_of(member.c.person_id, person_id))
            .order_by(review.c.claimed_at.desc(), review.c.id)
            .limit(limit)
        )
        return [review_of(row) for row in await self._connection.execute(query)]

    async def earned(
        self, reviewer: int, author: int, since: datetime
    ) -> Sequence[Earned]:
        is_own = is_of(_REVIEWER.c.person_id, reviewer)
        is_between = or_(
            and_(is_own, is_of(_AUTHOR.c.person_id, author)),
            and_(
                is_of(_REVIEWER.c.person_id, author),
                is_of(_AUTHOR.c.person_id, reviewer),
            ),
        )
        query = (
            select(review, is_own.label("is_own"), is_between.label("is_between"))
            .join(_REVIEWER, _REVIEWER.c.id == review.c.reviewer_id)
            .join(_AUTHOR, _AUTHOR.c.id == review.c.author_id)
            .where(review.c.earned > 0, review.c.given_at >= since)
            .where(or_(is_own, is_between))
            .order_by(review.c.given_at, review.c.id)
        )
        return [
            Earned(review=review_of(row), is_own=row.is_own, is_between=row.is_between)
            for row in await self._connection.execute(query)
        ]

    async def _with_reviews(
        self, asked: Collection[tuple[ReviewRequest, int]]
    ) -> Sequence[WaitingReview]:
        query = (
            select(review)
            .where(review.c.request_id.in_([request.id for request, _ in asked]))
            .order_by(review.c.claimed_at, review.c.id)
        )
        rows = (await self._connection.execute(query)).all()
        return [
            WaitingReview(
                request=request,
                author_person_id=author,
                reviews=tuple(
                    review_of(row) for row in rows if row.request_id == request.id
                ),
            )
            for request, author in asked
        ]
