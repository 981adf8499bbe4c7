"""Requests, claims and reviews: what the ports promise."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from bot.domain.member import Member
from bot.domain.review import (
    CLAIM_LASTS,
    Comment,
    Decision,
    Opinion,
    RequestKind,
    Review,
    ReviewRequest,
    ReviewRequestState,
)
from bot.domain.review_rubric import Mark
from bot.services.errors import ReviewNotFound
from bot.services.ports.reviews import SavedAnswer
from bot.services.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from tests.contract.given import ADA, a_claim, a_member, a_request, a_submission
from tests.fakes.clock import A_MONDAY

OPINION = Opinion(
    decision=Decision.NOT_YET,
    summary="Reads well \N{EM DASH} ñandú",
    marks=(Mark(criterion="idiom", mark=2, most=4, reason="a set would do"),),
    comments=(Comment(first=1, last=2, text="`sum` does this"),),
)
CHALLENGE = "one-more-carrier"
AT = A_MONDAY + timedelta(hours=1)


async def asked(
    unit: UnitOfWork, member: Member, minute: int, **changed: object
) -> ReviewRequest:
    submission = a_submission(member, minute=minute)
    await unit.submissions.add(submission)
    request = replace(a_request(submission, member.community.id), **changed)  # type: ignore[arg-type]
    assert await unit.review_requests.add(request)
    return request


async def queue(unit: UnitOfWork, member: Member, seen: Sequence[str]) -> list[int]:
    found = await unit.reviews.waiting(member.community.id, seen, AT, limit=9)
    return [one.request.asked_at.minute for one in found]


async def test_a_submission_has_one_request_and_it_comes_back_as_it_was_written(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada = await a_member(unit_of_work)
    async with unit_of_work() as unit:
        request = await asked(unit, ada, 0, note="Is this how?", alike="digest")
        again = replace(request, id=uuid4(), note="once more")
        assert not await unit.review_requests.add(again)
        later = await asked(unit, ada, 5)
        await unit.commit()
    async with unit_of_work() as unit:
        requests = unit.review_requests
        assert await requests.get(request.id, lock=True) == request
        assert await requests.of_submission(request.submission_id) == request
        assert await requests.of_submission(uuid4()) is None
        found = await requests.of_person(ada.person_id, limit=2)
        assert [one.id for one in found] == [later.id, request.id]
        reviewed = request.become(ReviewRequestState.REVIEWED)
        await requests.save(reviewed)
        assert await requests.get(request.id) == reviewed
        with pytest.raises(ReviewNotFound):
            await requests.get(uuid4())


async def test_the_queue_has_what_is_free_and_may_be_seen_and_one_of_equals(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada, ben = [await a_member(unit_of_work, name) for name in ("Ada", "Ben")]
    far = await a_member(unit_of_work, "Far", community="elsewhere")
    async with unit_of_work() as unit:
        first = await asked(unit, ada, 0, alike="same")
        second = await asked(unit, ben, 1, alike="same")
        await asked(unit, ben, 2, alike="other")
        await asked(unit, ben, 3)
        await asked(unit, ben, 4)
        await asked(unit, ada, 5, state=ReviewRequestState.WITHDRAWN)
        await asked(unit, ada, 6, challenge_id="x", kind=RequestKind.EVIDENCE, wanted=2)
        await asked(unit, ada, 7, challenge_id="x")
        await asked(unit, far, 8)
        assert await queue(unit, ada, [CHALLENGE]) == [0, 2, 3, 4, 6]
        assert await queue(unit, ada, []) == [6]
        third = await asked(unit, ada, 10, alike="same")
        open_ones, equals = ReviewRequestState.OPEN, unit.review_requests.equals
        assert list(await equals(first, open_ones, limit=9)) == [second, third]
        assert list(await equals(first, open_ones, limit=1)) == [second]
        withdrawn = ReviewRequestState.WITHDRAWN
        assert list(await equals(first, withdrawn, limit=9)) == []
        alone = await asked(unit, ada, 9)
        assert list(await equals(alone, open_ones, limit=9)) == []
        await unit.review_requests.save(first.become(ReviewRequestState.WITHDRAWN))
        assert await queue(unit, ada, [CHALLENGE]) == [1, 2, 3, 4, 6, 9]


async def test_a_claim_holds_its_place_until_its_lock_ends_and_what_is_given_stays(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada, ben, cy = [await a_member(unit_of_work, name) for name in ("Ada", "Ben", "Cy")]
    async with unit_of_work() as unit:
        request = await asked(unit, ada, 0)
        claim = Review(
            id=uuid4(),
            request_id=request.id,
            author_id=ada.id,
            reviewer_id=ben.id,
            claimed_at=AT - timedelta(minutes=1),
            lock_ends_at=AT - timedelta(minutes=1) + CLAIM_LASTS,
        )
        await unit.reviews.put(claim)
        assert await queue(unit, cy, [CHALLENGE]) == []
        waiting = await unit.reviews.of_request(request)
        assert waiting.author_person_id == ada.person_id
        assert waiting.reviews == (claim,)
        lapsed = replace(claim, lock_ends_at=AT)
        await unit.reviews.put(lapsed)
        assert await queue(unit, cy, [CHALLENGE]) == [0]
        given = lapsed.given(OPINION, AT, earned=3, as_mentor=True)
        thanked = replace(given, thanked_at=AT, thanks="Gracias")
        await unit.reviews.put(thanked)
        await unit.commit()
    async with unit_of_work() as unit:
        assert await queue(unit, cy, [CHALLENGE]) == []
        assert await unit.reviews.get(claim.id, lock=True) == thanked
        assert list(await unit.reviews.of_reviewer(ben.person_id, limit=5)) == [thanked]
        assert list(await unit.reviews.of_reviewer(ada.person_id, limit=5)) == []
        with pytest.raises(ReviewNotFound):
            await unit.reviews.get(uuid4())


async def test_what_earned_is_told_by_whom_and_between_whom_through_links_too(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada, ben, cy = [await a_member(unit_of_work, name) for name in ("Ada", "Ben", "Cy")]
    async with unit_of_work() as unit:
        slack, _ = await unit.members.enter(
            replace(ADA, platform="slack"), "home", A_MONDAY
        )
        await unit.links.join(ada.person_id, slack.person_id, A_MONDAY)
        for minute, (author, reviewer, earned) in enumerate(
            [(ben, ada, 3), (cy, slack, 3), (ada, ben, 3), (cy, ben, 3), (ben, ada, 0)]
        ):
            submission = a_submission(author, minute=minute)
            await unit.submissions.add(submission)
            claim = await a_claim(unit, submission, reviewer=reviewer)
            at = A_MONDAY + timedelta(minutes=minute)
            await unit.reviews.put(claim.given(OPINION, at, earned=earned))
        await unit.commit()
    async with unit_of_work() as unit:
        found = await unit.reviews.earned(slack.person_id, ben.person_id, A_MONDAY)
        assert [
            (one.review.given_at and one.review.given_at.minute, one.is_own)
            for one in found
        ] == [(0, True), (1, True), (2, False)]
        assert [one.is_between for one in found] == [True, False, True]
        later = A_MONDAY + timedelta(minutes=2)
        assert len(await unit.reviews.earned(ada.person_id, ben.person_id, later)) == 1


async def test_saved_answers_are_a_persons_the_newest_of_each_name(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada = await a_member(unit_of_work)
    async with unit_of_work() as unit:
        slack, _ = await unit.members.enter(
            replace(ADA, platform="slack"), "home", A_MONDAY
        )
        await unit.links.join(ada.person_id, slack.person_id, A_MONDAY)
        for minute, (member, name, text) in enumerate(
            [(ada, "sets", "old"), (slack, "sets", "new"), (ada, "early", "return")]
        ):
            at = A_MONDAY + timedelta(minutes=minute)
            answer = SavedAnswer(name=name, text=text)
            await unit.saved_answers.put(member.id, answer, at)
        early, sets = await unit.saved_answers.of_person(slack.person_id)
        assert (early.name, early.text) == ("early", "return")
        assert (sets.name, sets.text) == ("sets", "new")
        assert await unit.saved_answers.remove(ada.person_id, "sets")
        assert not await unit.saved_answers.remove(ada.person_id, "sets")
        assert list(await unit.saved_answers.of_person(ada.person_id)) == [early]
