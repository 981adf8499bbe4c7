"""What one has asked and been told, and what one has told others."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from bot.domain.member import Member
from bot.domain.review import (
    RequestKind,
    Review,
    ReviewRequest,
    ReviewRequestState,
    ReviewState,
)
from bot.domain.review_alike import carried
from bot.domain.submission import Submission
from bot.services.ask_review import own_members, own_request
from bot.services.equal_reviews import equal_reviews
from bot.services.errors import ReviewNotFound
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.world import World

SHOWN = 10
"""As many as one screen shows on every platform."""


@dataclass(frozen=True, kw_only=True)
class OwnRequest:
    request: ReviewRequest
    is_read: bool
    """Somebody has it at the moment."""
    reviews: int
    """How many it has been given."""


@dataclass(frozen=True, kw_only=True)
class ReadReview:
    review: Review
    reviewer: Member
    is_own: bool
    """Written of this very submission; else of one that equals it."""


@dataclass(frozen=True, kw_only=True)
class ReadRequest:
    request: ReviewRequest
    submission: Submission
    reviews: Sequence[ReadReview]
    """Comments stand on the lines of `submission`."""


@dataclass(frozen=True, kw_only=True)
class GivenToOthers:
    review: Review
    challenge_id: str


@dataclass(frozen=True, kw_only=True)
class OwnReviews:
    """Both the newest first."""

    asked: Sequence[OwnRequest]
    given: Sequence[GivenToOthers]


async def read_own(world: World, member: Member) -> OwnReviews:
    at = world.now()
    async with world.unit_of_work() as unit:
        requests = await unit.review_requests.of_person(member.person_id, limit=SHOWN)
        asked = [
            OwnRequest(
                request=one,
                is_read=any(each.is_open(at) for each in waiting.reviews),
                reviews=len(await _given_for(unit, one)),
            )
            for one in requests
            for waiting in [await unit.reviews.of_request(one)]
        ]
        wrote = await unit.reviews.of_reviewer(member.person_id, limit=SHOWN)
        given = [
            GivenToOthers(review=one, challenge_id=request.challenge_id)
            for one in wrote
            if one.state is ReviewState.GIVEN
            for request in [await unit.review_requests.get(one.request_id)]
        ]
    return OwnReviews(asked=asked, given=given)


async def read_request(world: World, member: Member, request_id: UUID) -> ReadRequest:
    """Of one's own. Raises ReviewNotFound."""
    async with world.unit_of_work() as unit:
        request = await own_request(unit, member, request_id)
        return await _read(unit, request)


async def read_given(world: World, member: Member, review_id: UUID) -> ReadRequest:
    """What one wrote oneself. Raises ReviewNotFound."""
    async with world.unit_of_work() as unit:
        review = await unit.reviews.get(review_id)
        if review.reviewer_id not in await own_members(unit, member):
            raise ReviewNotFound(review_id)
        request = await unit.review_requests.get(review.request_id)
        found = await _read(unit, request)
    mine = [one for one in found.reviews if one.review.id == review_id]
    return replace(found, reviews=mine)


async def _read(unit: UnitOfWork, request: ReviewRequest) -> ReadRequest:
    submission = await unit.submissions.get(request.submission_id)
    reviews = [
        ReadReview(
            review=await _on_lines_of(unit, submission, one),
            reviewer=await unit.members.get(one.reviewer_id),
            is_own=one.request_id == request.id,
        )
        for one in await _given_for(unit, request)
    ]
    return ReadRequest(request=request, submission=submission, reviews=reviews)


async def _given_for(unit: UnitOfWork, request: ReviewRequest) -> Sequence[Review]:
    """Its own; of one that was answered, those of the solutions that equal it.

    What readers of evidence say is read when all have said it.
    """
    is_open = request.state is ReviewRequestState.OPEN
    if is_open and request.kind is RequestKind.EVIDENCE:
        return ()
    reviews = (await unit.reviews.of_request(request)).reviews
    own = [one for one in reviews if one.state is ReviewState.GIVEN]
    if request.state is ReviewRequestState.ANSWERED:
        own += await equal_reviews(unit, request)
    return own


async def _on_lines_of(
    unit: UnitOfWork, submission: Submission, review: Review
) -> Review:
    request = await unit.review_requests.get(review.request_id)
    if review.opinion is None or request.submission_id == submission.id:
        return review
    reviewed = (await unit.submissions.get(request.submission_id)).source
    comments = tuple(
        carried(one, reviewed, submission.source) for one in review.opinion.comments
    )
    return replace(review, opinion=replace(review.opinion, comments=comments))
