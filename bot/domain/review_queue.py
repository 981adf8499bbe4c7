"""Who is read next, and by whom.

First come, first read; requests of the reviewer's own phase have a head start of a day,
because there both learn most. A head start and not a class of its own: it ages away, so
nobody is overtaken by whoever came more than a day after them, whatever comes in.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.review import (
    MOST_OPEN,
    RequestKind,
    Review,
    ReviewRequest,
    ReviewState,
    free_places,
)

HEAD_START: Final = timedelta(days=1)

MOST_ASKED: Final = 3
"""Requests of one person that wait at a time: the queue is everybody's."""


class Hindrance(StrEnum):
    """Why one does not review something. The first that holds is told."""

    OWN = "own"
    """Theirs, or of an account that is linked with theirs."""
    APART = "apart"
    """One of the two has blocked the other; told as `taken`: it is nobody's news."""
    TAKEN = "taken"
    GIVEN = "given"
    """They have reviewed it already."""
    UNSOLVED = "unsolved"
    """They would see a solution to what they have neither solved nor given up."""
    TOO_EARLY = "too_early"
    """Evidence of a phase that they have not reached."""


@dataclass(frozen=True, kw_only=True)
class Reviewer:
    member_id: int
    """The account that asks."""
    members: frozenset[int]
    people: frozenset[int]
    """Of all their accounts."""
    phase: int
    seen: frozenset[str]
    """Challenges that they have solved, or whose solution they have opened."""
    apart: frozenset[int] = frozenset()
    """Members with whom they have nothing to do, whichever of the two said so."""
    is_mentor: bool = False
    """They offer to be one: of evidence their word stands alone."""


@dataclass(frozen=True, kw_only=True)
class WaitingReview:
    """A request with all that decides who may take it."""

    request: ReviewRequest
    author_person_id: int
    reviews: tuple[Review, ...] = ()


def in_order(
    waiting: Iterable[WaitingReview], *, phase: int
) -> Sequence[WaitingReview]:
    """As a reviewer of that phase meets them."""

    def turn(one: WaitingReview) -> tuple[datetime, datetime, str]:
        request = one.request
        start = HEAD_START if request.phase == phase else timedelta()
        return request.asked_at - start, request.asked_at, str(request.id)

    return sorted(waiting, key=turn)


def hindrance(
    reviewer: Reviewer, waiting: WaitingReview, at: datetime
) -> Hindrance | None:
    """None: they may take it, if they have room (`has_room`)."""
    request = waiting.request
    if waiting.author_person_id in reviewer.people:
        return Hindrance.OWN
    if request.member_id in reviewer.apart:
        return Hindrance.APART
    own = [one for one in waiting.reviews if one.reviewer_id in reviewer.members]
    if any(one.state is ReviewState.GIVEN for one in own):
        return Hindrance.GIVEN
    held = any(one.is_open(at) for one in own)
    if not held and not free_places(request, waiting.reviews, at):
        return Hindrance.TAKEN
    if request.kind is RequestKind.EVIDENCE:
        # Mentors, too: whoever judges a phase has come there.
        return None if reviewer.phase >= request.phase else Hindrance.TOO_EARLY
    if request.challenge_id not in reviewer.seen:
        return Hindrance.UNSOLVED
    return None


def has_room(open_claims: Collection[Review], at: datetime) -> bool:
    """Whether one who holds these may claim another."""
    return sum(one.is_open(at) for one in open_claims) < MOST_OPEN
