"""Claim a request to review it, and give it back unread.

Whoever claims holds their own row, so that nobody ends up with more claims than one may
have, and then the request's, so that of two who come at once one gets the place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from bot.domain.member import Member
from bot.domain.review import MOST_OPEN, Review, ReviewRequest, ReviewState
from bot.domain.review_queue import (
    Hindrance,
    Reviewer,
    WaitingReview,
    has_room,
    hindrance,
    in_order,
)
from bot.domain.submission import Submission
from bot.services.ask_review import own_members
from bot.services.errors import Refused, ReviewNotFound
from bot.services.find_challenge import find_challenge
from bot.services.ports.reviews import SavedAnswer
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.reviewer import reviewer_of
from bot.services.world import World
from challenges.challenge import Challenge

QUEUE_LOOKED_AT = 200
"""The longest waiting: in order of the reviewer's own phase among these."""

# More than anybody has open; what was given stands behind.
_CLAIMS_LOOKED_AT = 50


@dataclass(frozen=True, kw_only=True)
class TakenReview:
    """All that a reviewer needs to read and to write."""

    review: Review
    request: ReviewRequest
    submission: Submission
    challenge: Challenge
    author: Member
    saved: Sequence[SavedAnswer]


@dataclass(frozen=True, kw_only=True)
class QueueView:
    """What a reviewer finds."""

    waiting: Sequence[WaitingReview]
    """Those that they may take, in their order."""
    open: Sequence[TakenReview]
    """Those that they have, the first claimed first."""


async def read_queue(world: World, member: Member) -> QueueView:
    async with world.unit_of_work() as unit:
        reviewer = await reviewer_of(unit, member)
        waiting = await _may_take(world, unit, member, reviewer)
        held = await open_claims(world, unit, member)
        taken = [await taken_review(world, unit, member, one) for one in held]
    return QueueView(waiting=waiting, open=taken)


async def take_review(
    world: World, member: Member, request_id: UUID | None
) -> TakenReview:
    """The named request, or else the first that waits for this reviewer.

    One that they hold already begins its time anew. Raises ReviewNotFound; Refused:
    review_none_waiting, review_too_many, or `review_<hindrance>`.
    """
    async with world.unit_of_work() as unit:
        member = await unit.members.get(member.id, lock=True)
        reviewer = await reviewer_of(unit, member)
        held = await open_claims(world, unit, member)
        if request_id is None:
            if not has_room(held, world.now()):
                raise Refused("review_too_many", most=MOST_OPEN)
            review = await _first_free(world, unit, member, reviewer)
        else:
            request = await unit.review_requests.get(request_id, lock=True)
            if request.community_id != member.community.id:
                raise ReviewNotFound(request_id)
            is_held = any(one.request_id == request.id for one in held)
            if not is_held and not has_room(held, world.now()):
                raise Refused("review_too_many", most=MOST_OPEN)
            review = await _claim(world, unit, reviewer, request)
        taken = await taken_review(world, unit, member, review)
        await unit.commit()
    return taken


async def return_review(world: World, member: Member, review_id: UUID) -> None:
    """Back into the queue, without blame.

    Raises ReviewNotFound, Refused(review_over).
    """
    async with world.unit_of_work() as unit:
        review = await own_review(unit, member, review_id)
        await unit.review_requests.get(review.request_id, lock=True)
        review = await unit.reviews.get(review_id)
        if review.state is not ReviewState.CLAIMED:
            raise Refused("review_over")
        await unit.reviews.put(review.returned())
        await unit.commit()


async def open_claims(
    world: World, unit: UnitOfWork, member: Member
) -> Sequence[Review]:
    """Of all of the person's accounts, the first claimed first."""
    found = await unit.reviews.of_reviewer(member.person_id, limit=_CLAIMS_LOOKED_AT)
    return [one for one in reversed(found) if one.is_open(world.now())]


async def own_review(unit: UnitOfWork, member: Member, review_id: UUID) -> Review:
    """As its reviewer, with whichever of their accounts.

    Raises ReviewNotFound, also when it is somebody else's.
    """
    review = await unit.reviews.get(review_id)
    if review.reviewer_id not in await own_members(unit, member):
        raise ReviewNotFound(review_id)
    return review


async def taken_review(
    world: World, unit: UnitOfWork, member: Member, review: Review
) -> TakenReview:
    request = await unit.review_requests.get(review.request_id)
    return TakenReview(
        review=review,
        request=request,
        submission=await unit.submissions.get(request.submission_id),
        challenge=find_challenge(world.catalogue, request.challenge_id),
        author=await unit.members.get(request.member_id),
        saved=await unit.saved_answers.of_person(member.person_id),
    )


async def _may_take(
    world: World, unit: UnitOfWork, member: Member, reviewer: Reviewer
) -> Sequence[WaitingReview]:
    waiting = await unit.reviews.waiting(
        member.community.id, reviewer.seen, world.now(), limit=QUEUE_LOOKED_AT
    )
    # What left the catalogue has no rubric and no statement any more.
    known = [one for one in waiting if world.catalogue.has(one.request.challenge_id)]
    free = [one for one in known if hindrance(reviewer, one, world.now()) is None]
    return in_order(free, phase=member.phase)


async def _first_free(
    world: World, unit: UnitOfWork, member: Member, reviewer: Reviewer
) -> Review:
    for waiting in await _may_take(world, unit, member, reviewer):
        request = await unit.review_requests.get(waiting.request.id, lock=True)
        try:
            return await _claim(world, unit, reviewer, request)
        except Refused:
            # Somebody was quicker; the next one, then.
            continue
    raise Refused("review_none_waiting")


async def _claim(
    world: World, unit: UnitOfWork, reviewer: Reviewer, request: ReviewRequest
) -> Review:
    """The request is held."""
    at = world.now()
    waiting = await unit.reviews.of_request(request)
    found = hindrance(reviewer, waiting, at)
    if found is not None:
        # Who has blocked whom is nobody's news.
        told = Hindrance.TAKEN if found is Hindrance.APART else found
        raise Refused(f"review_{told}", challenge=request.challenge_id)
    own = next(
        (one for one in waiting.reviews if one.reviewer_id in reviewer.members), None
    )
    fresh = Review(
        id=uuid4(),
        request_id=request.id,
        author_id=request.member_id,
        reviewer_id=reviewer.member_id,
        claimed_at=at,
        lock_ends_at=at,
    )
    review = (own or fresh).claimed(at)
    await unit.reviews.put(review)
    return review
