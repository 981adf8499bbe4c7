"""Reviews of solutions that equal one's own, which serve its author, too."""

from collections.abc import Sequence
from typing import Final

from bot.domain.review import Review, ReviewRequest, ReviewRequestState, ReviewState
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.reviewer import apart_from

EQUALS_SHOWN: Final = 3
"""One is enough; of whose reviewers one may have deleted what they wrote."""


async def equal_reviews(unit: UnitOfWork, request: ReviewRequest) -> Sequence[Review]:
    """By people who are neither its author nor apart from them."""
    author = await unit.members.get(request.member_id)
    own, apart = await apart_from(unit, author)
    equals = await unit.review_requests.equals(
        request, ReviewRequestState.REVIEWED, limit=EQUALS_SHOWN
    )
    return [
        review
        for one in equals
        for review in (await unit.reviews.of_request(one)).reviews
        if review.state is ReviewState.GIVEN and review.reviewer_id not in own | apart
    ]
