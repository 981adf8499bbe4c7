"""The author thanks whoever reviewed them: only they know whether it helped."""

from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from bot.domain.member import Member
from bot.domain.notice import NoticeKind
from bot.domain.review import ReviewRequest, ReviewState
from bot.domain.review_worth import thanks_worth
from bot.services.ask_review import own_members
from bot.services.errors import Refused, ReviewNotFound
from bot.services.give_review import earn, reputation_event
from bot.services.notify import notify
from bot.services.read_reviews import ReadReview
from bot.services.world import World

THANKS: Final = "thanks"
"""`for` in the facts of the reputation: it is no further piece of evidence."""

MOST_THANKS = 500


@dataclass(frozen=True, kw_only=True)
class ThankedReview:
    request: ReviewRequest
    read: ReadReview


async def thank_review(
    world: World, member: Member, review_id: UUID, words: str = ""
) -> ThankedReview:
    """Once. Raises ReviewNotFound, Refused(review_thanked)."""
    at = world.now()
    async with world.unit_of_work() as unit:
        review = await unit.reviews.get(review_id)
        if review.author_id not in await own_members(unit, member):
            raise ReviewNotFound(review_id)
        reviewer = await unit.members.get(review.reviewer_id, lock=True)
        request = await unit.review_requests.get(review.request_id, lock=True)
        review = await unit.reviews.get(review_id)
        if review.state is not ReviewState.GIVEN:
            raise ReviewNotFound(review_id)
        if review.thanked_at is not None:
            raise Refused("review_thanked")
        review = replace(review, thanked_at=at, thanks=words[:MOST_THANKS])
        await unit.reviews.put(review)
        if thanks_worth(review.earned):
            event = reputation_event(
                world,
                reviewer,
                review,
                key=f"thanks:{review.id}",
                why=THANKS,
                reputation=thanks_worth(review.earned),
            )
            await earn(world, unit, reviewer, event)
        await notify(
            unit,
            reviewer,
            NoticeKind.REVIEW_THANKED,
            at,
            challenge=request.challenge_id,
            review=str(review.id),
        )
        await unit.commit()
    read = ReadReview(review=review, reviewer=reviewer, is_own=True)
    return ThankedReview(request=request, read=read)
