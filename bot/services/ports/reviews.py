"""Requests to be read, reviews, and what reviewers keep to say again."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from bot.domain.review import Review, ReviewRequest, ReviewRequestState
from bot.domain.review_queue import WaitingReview


class ReviewRequests(Protocol):
    """One of each submission."""

    async def add(self, request: ReviewRequest) -> bool:
        """False when there is one of that submission: nothing changes."""
        ...

    async def get(self, request_id: UUID, *, lock: bool = False) -> ReviewRequest:
        """`lock` holds it until the transaction ends, and with it all its places:
        whoever claims, gives or returns holds it. Raises ReviewNotFound.
        """
        ...

    async def of_submission(self, submission_id: UUID) -> ReviewRequest | None: ...

    async def of_person(self, person_id: int, *, limit: int) -> Sequence[ReviewRequest]:
        """Of all their accounts, newest first."""
        ...

    async def equals(
        self, request: ReviewRequest, state: ReviewRequestState, *, limit: int
    ) -> Sequence[ReviewRequest]:
        """Others' in the community whose solution equals it, in the order asked.

        Of a small challenge they may be thousands.
        """
        ...

    async def save(self, request: ReviewRequest) -> None: ...


@dataclass(frozen=True, kw_only=True)
class Earned:
    """A review that earned its reviewer reputation."""

    review: Review
    is_own: bool
    """By the reviewer who is asked about."""
    is_between: bool
    """Of the same two people, either way round."""


class Reviews(Protocol):
    async def waiting(
        self, community_id: int, seen: Collection[str], at: datetime, *, limit: int
    ) -> Sequence[WaitingReview]:
        """Open requests with a free place, longest waiting first: of code to challenges
        in `seen`, and of evidence. Of equal solutions only the first is there.
        """
        ...

    async def of_request(self, request: ReviewRequest) -> WaitingReview: ...

    async def get(self, review_id: UUID, *, lock: bool = False) -> Review:
        """Raises ReviewNotFound."""
        ...

    async def put(self, review: Review) -> None:
        """In place of what was kept of it. The request is held."""
        ...

    async def of_reviewer(self, person_id: int, *, limit: int) -> Sequence[Review]:
        """Of all their accounts, the last claimed first."""
        ...

    async def earned(
        self, reviewer: int, author: int, since: datetime
    ) -> Sequence[Earned]:
        """By the person, or between the two people, given since then."""
        ...


@dataclass(frozen=True, kw_only=True)
class SavedAnswer:
    name: str
    text: str


class SavedAnswers(Protocol):
    async def put(self, member_id: int, answer: SavedAnswer, at: datetime) -> None:
        """In place of the member's earlier one of that name."""
        ...

    async def of_person(self, person_id: int) -> Sequence[SavedAnswer]:
        """Of all their accounts, by name; of one name the newest."""
        ...

    async def remove(self, person_id: int, name: str) -> bool:
        """False when there is none of that name."""
        ...
