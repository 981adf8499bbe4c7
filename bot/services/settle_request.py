"""What becomes of a request when another of its reviews is there."""

from dataclasses import replace
from datetime import datetime

from bot.domain.notice import NoticeKind
from bot.domain.review import (
    RequestKind,
    ReviewRequest,
    ReviewRequestState,
    ReviewState,
)
from bot.domain.review_decision import decision
from bot.services.evidence import evidence_decided
from bot.services.notify import notify
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.world import World

MOST_WANTED = 3
"""Two and, where they disagree, a third: of three there is always a majority."""

MOST_OFFERED = 100
"""To so many at once; whoever is left is first in the queue, and read next."""


async def settle_request(
    world: World, unit: UnitOfWork, request: ReviewRequest
) -> ReviewRequest:
    """As it is then. The request is held, and is open."""
    waiting = await unit.reviews.of_request(request)
    given = [one for one in waiting.reviews if one.state is ReviewState.GIVEN]
    decided = decision(request, given)
    if decided is not None:
        request = request.become(ReviewRequestState.REVIEWED)
    elif len(given) >= request.wanted and request.wanted < MOST_WANTED:
        request = replace(request, wanted=request.wanted + 1)
    await unit.review_requests.save(request)
    if decided is not None and request.kind is RequestKind.EVIDENCE:
        await evidence_decided(unit, request)
    elif decided is not None:
        reviewers = {one.reviewer_id for one in given}
        await _offer_to_equals(world, unit, request, reviewers)
    return request


async def _offer_to_equals(
    world: World, unit: UnitOfWork, request: ReviewRequest, reviewers: set[int]
) -> None:
    """Whose solution equals it need not wait for the same words."""
    at = world.now()
    blocks = set(await unit.blocks.of_community(request.community_id))
    equals = await unit.review_requests.equals(
        request, ReviewRequestState.OPEN, limit=MOST_OFFERED
    )
    for other in equals:
        # To who wrote the review it would be no news.
        is_news = other.member_id not in reviewers and not any(
            (other.member_id, one) in blocks or (one, other.member_id) in blocks
            for one in reviewers
        )
        # Nor is the row of one waited for that is being read: its reader, who is giving
        # a review at this moment, may wait for ours.
        if not is_news or await _is_read(unit, other, at):
            continue
        held = await unit.review_requests.get(other.id, lock=True)
        if held.state is not ReviewRequestState.OPEN or await _is_read(unit, held, at):
            continue
        await unit.review_requests.save(held.become(ReviewRequestState.ANSWERED))
        await notify(
            unit,
            await unit.members.get(held.member_id),
            NoticeKind.REVIEW_OFFERED,
            at,
            challenge=held.challenge_id,
            request=str(held.id),
        )


async def _is_read(unit: UnitOfWork, request: ReviewRequest, at: datetime) -> bool:
    waiting = await unit.reviews.of_request(request)
    return any(one.is_open(at) for one in waiting.reviews)
