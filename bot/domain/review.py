"""A member asks to be read, and other members read them: requests and reviews.

    request   open ──► reviewed              with as many reviews as it wants
              open ◄──► answered             a review of an equal solution stands for it
              open, answered ──► withdrawn
    review    claimed ──► given
              claimed ──► returned ──► claimed     given back, or taken again

What is reviewed is always a submission. Of the kind `code` it was accepted by the
judge, one review is enough, and nothing hangs on its decision but what its author does
next. Of the kind `evidence` it is what was handed in to a challenge of kind `review`,
and waits for its decision: such a request wants two reviews, and a third where two
disagree (`bot.domain.review_decision`).

A claim that nobody gave in its time is still `claimed` in its row, and holds nothing
any more: that is a matter of the clock (`Review.is_open`), so no job has to set it
free, and whoever was late may still give it while the place is free. Nobody is told
off.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from bot.domain.review_rubric import Mark

CLAIM_LASTS: Final = timedelta(minutes=30)
"""To read forty lines twice and write down what one saw, with an interruption."""

MOST_OPEN: Final = 4
"""Claims of one reviewer at a time: more is a queue of one's own, which others cannot
see and which ages with nobody looking."""

WANTED_OF_CODE: Final = 1
WANTED_OF_EVIDENCE: Final = 2


class RequestKind(StrEnum):
    CODE = "code"
    EVIDENCE = "evidence"


class ReviewRequestState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    REVIEWED = "reviewed"
    WITHDRAWN = "withdrawn"


class ReviewState(StrEnum):
    CLAIMED = "claimed"
    RETURNED = "returned"
    GIVEN = "given"


class Decision(StrEnum):
    ACCEPTED = "accepted"
    """Of code: nothing in it has to change."""
    NOT_YET = "not_yet"
    """Another round is worth it."""


_REQUESTS: Mapping[ReviewRequestState, frozenset[ReviewRequestState]] = {
    ReviewRequestState.OPEN: frozenset(
        {
            ReviewRequestState.ANSWERED,
            ReviewRequestState.REVIEWED,
            ReviewRequestState.WITHDRAWN,
        }
    ),
    # The author wants one of their own.
    ReviewRequestState.ANSWERED: frozenset(
        {ReviewRequestState.OPEN, ReviewRequestState.WITHDRAWN}
    ),
    ReviewRequestState.REVIEWED: frozenset(),
    # Asked again: there is one request of a submission.
    ReviewRequestState.WITHDRAWN: frozenset({ReviewRequestState.OPEN}),
}

_REVIEWS: Mapping[ReviewState, frozenset[ReviewState]] = {
    # Claimed again: the lock begins anew.
    ReviewState.CLAIMED: frozenset(ReviewState),
    ReviewState.RETURNED: frozenset({ReviewState.CLAIMED}),
    ReviewState.GIVEN: frozenset(),
}


class ReviewRefused(Exception):
    """The next state does not follow."""

    def __init__(self, before: StrEnum, after: StrEnum) -> None:
        super().__init__(f"{after} does not follow {before}")
        self.before = before
        self.after = after


@dataclass(frozen=True, kw_only=True)
class ReviewRequest:
    id: UUID
    submission_id: UUID
    member_id: int
    """Who asks: the submission's author."""
    community_id: int
    challenge_id: str
    phase: int
    """The challenge's."""
    kind: RequestKind
    asked_at: datetime
    wanted: int = WANTED_OF_CODE
    note: str = ""
    """What the author would like to know."""
    alike: str | None = None
    """Equal solutions have the same (`review_alike`); None is reviewed by itself."""
    place: Mapping[str, object]
    """Where it was asked, as the chat layer wrote it."""
    state: ReviewRequestState = ReviewRequestState.OPEN

    def become(self, state: ReviewRequestState) -> "ReviewRequest":
        """Raises ReviewRefused."""
        if state not in _REQUESTS[self.state]:
            raise ReviewRefused(self.state, state)
        return replace(self, state=state)


@dataclass(frozen=True, kw_only=True)
class Comment:
    """About lines `first` to `last` of the submission, counted from 1."""

    first: int
    last: int
    text: str


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """What a reviewer says, as it is published to the author."""

    decision: Decision
    summary: str
    marks: tuple[Mark, ...] = ()
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Review:
    """One reviewer's of one request: there is never a second of the same two."""

    id: UUID
    request_id: UUID
    author_id: int
    """The member who asked."""
    reviewer_id: int
    claimed_at: datetime
    lock_ends_at: datetime
    state: ReviewState = ReviewState.CLAIMED
    given_at: datetime | None = None
    opinion: Opinion | None = None
    as_mentor: bool = False
    """Given as a mentor: their word on evidence stands alone."""
    earned: int = 0
    """Reputation for giving it."""
    thanked_at: datetime | None = None
    thanks: str = ""
    """The author's own words."""

    def is_open(self, at: datetime) -> bool:
        """Claimed, and its lock holds."""
        return self.state is ReviewState.CLAIMED and at < self.lock_ends_at

    def claimed(self, at: datetime) -> "Review":
        """Raises ReviewRefused."""
        return replace(
            self._become(ReviewState.CLAIMED),
            claimed_at=at,
            lock_ends_at=at + CLAIM_LASTS,
        )

    def returned(self) -> "Review":
        """Raises ReviewRefused."""
        return self._become(ReviewState.RETURNED)

    def given(
        self, opinion: Opinion, at: datetime, *, earned: int, as_mentor: bool = False
    ) -> "Review":
        """Raises ReviewRefused."""
        return replace(
            self._become(ReviewState.GIVEN),
            opinion=opinion,
            given_at=at,
            earned=earned,
            as_mentor=as_mentor,
        )

    def _become(self, state: ReviewState) -> "Review":
        if state not in _REVIEWS[self.state]:
            raise ReviewRefused(self.state, state)
        return replace(self, state=state)


def free_places(request: ReviewRequest, reviews: Iterable[Review], at: datetime) -> int:
    """How many more may claim it now; 0 as well when it is not open."""
    if request.state is not ReviewRequestState.OPEN:
        return 0
    held = sum(
        one.state is ReviewState.GIVEN or one.is_open(at)
        for one in reviews
        if one.request_id == request.id
    )
    return max(0, request.wanted - held)
