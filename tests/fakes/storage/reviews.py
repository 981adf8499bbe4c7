from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from bot.domain.review import (
    RequestKind,
    Review,
    ReviewRequest,
    ReviewRequestState,
    free_places,
)
from bot.domain.review_queue import WaitingReview
from bot.services.errors import ReviewNotFound
from bot.services.ports.reviews import Earned, SavedAnswer
from tests.fakes.storage.store import FakeStore


def person_of(store: FakeStore, member_id: int) -> int:
    person = store.members[member_id].person_id
    return store.joined.get(person, person)


class FakeReviewRequests:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def add(self, request: ReviewRequest) -> bool:
        if await self.of_submission(request.submission_id):
            return False
        self._store.review_requests[request.id] = request
        return True

    async def get(self, request_id: UUID, *, lock: bool = False) -> ReviewRequest:
        if request_id not in self._store.review_requests:
            raise ReviewNotFound(request_id)
        return self._store.review_requests[request_id]

    async def of_submission(self, submission_id: UUID) -> ReviewRequest | None:
        every = self._store.review_requests.values()
        return next((one for one in every if one.submission_id == submission_id), None)

    async def of_person(self, person_id: int, *, limit: int) -> Sequence[ReviewRequest]:
        people = self._store.people_with(person_id)
        found = [
            one
            for one in self._store.review_requests.values()
            if self._store.members[one.member_id].person_id in people
        ]
        found.sort(key=lambda one: one.asked_at, reverse=True)
        return found[:limit]

    async def equals(
        self, request: ReviewRequest, state: ReviewRequestState, *, limit: int
    ) -> Sequence[ReviewRequest]:
        found = [
            one
            for one in self._store.review_requests.values()
            if one.id != request.id
            and one.state is state
            and request.alike is not None
            and (one.community_id, one.challenge_id, one.alike)
            == (request.community_id, request.challenge_id, request.alike)
        ]
        return sorted(found, key=lambda one: (one.asked_at, one.id))[:limit]

    async def save(self, request: ReviewRequest) -> None:
        await self.get(request.id)
        self._store.review_requests[request.id] = request


class FakeReviews:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def waiting(
        self, community_id: int, seen: Collection[str], at: datetime, *, limit: int
    ) -> Sequence[WaitingReview]:
        found: list[WaitingReview] = []
        first: set[tuple[str, str]] = set()
        every = self._store.review_requests.values()
        for request in sorted(every, key=lambda one: (one.asked_at, one.id)):
            if request.community_id != community_id:
                continue
            if request.state is not ReviewRequestState.OPEN:
                continue
            key = (request.challenge_id, request.alike or str(request.id))
            is_first = key not in first
            first.add(key)
            can = request.kind is RequestKind.EVIDENCE or request.challenge_id in seen
            waiting = await self.of_request(request)
            if is_first and can and free_places(request, waiting.reviews, at):
                found.append(waiting)
        return found[:limit]

    async def of_request(self, request: ReviewRequest) -> WaitingReview:
        reviews = [
            one for one in self._store.reviews.values() if one.request_id == request.id
        ]
        reviews.sort(key=lambda one: one.claimed_at)
        return WaitingReview(
            request=request,
            author_person_id=person_of(self._store, request.member_id),
            reviews=tuple(reviews),
        )

    async def get(self, review_id: UUID, *, lock: bool = False) -> Review:
        if review_id not in self._store.reviews:
            raise ReviewNotFound(review_id)
        return self._store.reviews[review_id]

    async def put(self, review: Review) -> None:
        self._store.reviews[review.id] = review

    async def of_reviewer(self, person_id: int, *, limit: int) -> Sequence[Review]:
        people = self._store.people_with(person_id)
        found = [
            one
            for one in self._store.reviews.values()
            if self._store.members[one.reviewer_id].person_id in people
        ]
        found.sort(key=lambda one: one.claimed_at, reverse=True)
        return found[:limit]

    async def earned(
        self, reviewer: int, author: int, since: datetime
    ) -> Sequence[Earned]:
        own = self._store.joined.get(reviewer, reviewer)
        other = self._store.joined.get(author, author)
        found = []
        for one in self._store.reviews.values():
            if not one.earned or one.given_at is None or one.given_at < since:
                continue
            by = person_of(self._store, one.reviewer_id)
            two = {by, person_of(self._store, one.author_id)}
            is_between = two == {own, other}
            if by == own or is_between:
                found.append(
                    Earned(review=one, is_own=by == own, is_between=is_between)
                )
        return sorted(found, key=lambda one: one.review.claimed_at)


class FakeSavedAnswers:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def put(self, member_id: int, answer: SavedAnswer, at: datetime) -> None:
        self._store.saved_answers.pop((member_id, answer.name), None)
        self._store.saved_answers[member_id, answer.name] = answer.text

    async def of_person(self, person_id: int) -> Sequence[SavedAnswer]:
        newest = {
            name: text
            for (member_id, name), text in self._store.saved_answers.items()
            if self._store.members[member_id].person_id
            in self._store.people_with(person_id)
        }
        return [SavedAnswer(name=name, text=newest[name]) for name in sorted(newest)]

    async def remove(self, person_id: int, name: str) -> bool:
        people = self._store.people_with(person_id)
        keys = [
            key
            for key in self._store.saved_answers
            if key[1] == name and self._store.members[key[0]].person_id in people
        ]
        for key in keys:
            del self._store.saved_answers[key]
        return bool(keys)
