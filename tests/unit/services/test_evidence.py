"""Evidence waits for its readers, and what they decide is settled like a verdict."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.plain import plain_text
from bot.chat.report import report_reply
from bot.chat.texts import LANGUAGES, texts_in
from bot.domain.event import EventKind
from bot.domain.leadership import leadership_score
from bot.domain.member import Member
from bot.domain.review import (
    CLAIM_LASTS,
    Decision,
    Opinion,
    RequestKind,
    ReviewRequest,
)
from bot.domain.review_rubric import Mark
from bot.domain.submission import Submission, SubmissionState
from bot.services.enter import enter
from bot.services.errors import Refused
from bot.services.give_review import give_review
from bot.services.judge_submission import judge_submission
from bot.services.judged_submission import read_judged
from bot.services.ports.members import Account
from bot.services.submit import NewSubmission, submit
from bot.services.take_review import take_review
from bot.services.world import World
from runner.verdict import Verdict
from tests.contract.test_mentoring import an_offer
from tests.fakes.catalogue import REVIEW, FakeJudge
from tests.fakes.clock import FakeClock
from tests.fakes.storage.store import FakeStore

LINK = "https://example.org/pull/7\nI mended the parser."
REASON = "Say how it can be repeated."


class Readers:
    """Members of phase 7, who read what was handed in."""

    def __init__(self, world: World, store: FakeStore) -> None:
        self.world = world
        self.store = store

    async def hand_in(self, ada: Member, text: str = LINK) -> Submission:
        answer = NewSubmission(challenge_id=REVIEW.id, source=text, place={})
        return (await submit(self.world, ada, answer)).submission

    def request(self, submission: Submission) -> ReviewRequest:
        every = self.store.review_requests.values()
        return next(one for one in every if one.submission_id == submission.id)

    async def reader(self, name: str) -> Member:
        account = Account(platform="web", external_id=name, name=name)
        member = replace(await enter(self.world, account, "home"), phase=7)
        async with self.world.unit_of_work() as unit:
            await unit.members.save(member)
            await unit.commit()
        return member

    async def give(
        self, submission: Submission, reader: Member, decision: Decision
    ) -> None:
        taken = await take_review(self.world, reader, self.request(submission).id)
        mark = Mark(criterion="clear", mark=2, most=3, reason=REASON)
        words = f"{reader.name} read {submission.source} from its link to its end"
        opinion = Opinion(decision=decision, summary=f"{words}, twice", marks=(mark,))
        await give_review(self.world, reader, taken.review.id, opinion)

    async def decide(self, submission: Submission, *decisions: Decision) -> Submission:
        for number, decision in enumerate(decisions):
            reader = await self.reader(f"reader {number}")
            await self.give(submission, reader, decision)
        # The worker may come twice.
        for submission_id in self.store.jobs * 2:
            await judge_submission(self.world, FakeJudge(), submission_id)
        return self.store.submissions[submission.id]


@pytest.fixture
def readers(world: World, store: FakeStore) -> Readers:
    return Readers(replace(world, submissions_per_minute=100), store)


async def test_evidence_waits_for_two_readers_and_asks_no_sandbox(
    readers: Readers, ada: Member, store: FakeStore
) -> None:
    submission = await readers.hand_in(ada)
    assert submission.state is SubmissionState.AWAITING_REVIEW
    request = readers.request(submission)
    assert (request.kind, request.wanted) == (RequestKind.EVIDENCE, 2)
    assert store.jobs == []


async def test_what_is_accepted_scores_once_and_is_a_contribution(
    readers: Readers, ada: Member, store: FakeStore
) -> None:
    submission = await readers.hand_in(ada)
    settled = await readers.decide(submission, Decision.ACCEPTED, Decision.ACCEPTED)
    assert (settled.verdict, settled.points) == (Verdict.ACCEPTED, 180)
    log = [one for one in store.events.values() if one.person_id == ada.person_id]
    earned = [one for one in log if one.kind is EventKind.REPUTATION_EARNED]
    assert [(one.facts["for"], one.reputation) for one in earned] == [
        ("contribution", 10)
    ]
    assert leadership_score(log).contributions == 20
    assert [one.kind for one in log].count(EventKind.SOLVED) == 1
    outcome = await read_judged(readers.world, submission.id)
    assert "first_hand" in outcome.badges
    assert store.jobs == [submission.id]
    with pytest.raises(Refused, match="evidence_accepted"):
        await readers.hand_in(ada, "again")


async def test_what_is_sent_back_is_mended_without_loss(
    readers: Readers, ada: Member
) -> None:
    for n in range(4):
        submission = await readers.hand_in(ada, f"draft {n}")
        settled = await readers.decide(submission, Decision.NOT_YET, Decision.NOT_YET)
        assert (settled.verdict, settled.points) == (Verdict.PARTIAL, 0)
    last = await readers.hand_in(ada)
    settled = await readers.decide(last, Decision.ACCEPTED, Decision.ACCEPTED)
    assert (settled.attempt, settled.points) == (5, 180)


async def test_a_better_draft_takes_the_place_of_one_that_nobody_reads(
    readers: Readers, ada: Member, clock: FakeClock, store: FakeStore
) -> None:
    first = await readers.hand_in(ada, "draft")
    asked = readers.request(first)
    clock.advance(timedelta(hours=3))
    second = await readers.hand_in(ada, "better draft")
    assert list(store.submissions) == [first.id]
    assert store.submissions[first.id].source == "better draft"
    # It goes on waiting where the first one did.
    assert readers.request(second).asked_at == asked.asked_at
    ben = await readers.reader("Ben")
    await take_review(readers.world, ben, readers.request(second).id)
    with pytest.raises(Refused, match="evidence_being_read"):
        await readers.hand_in(ada, "even better")
    # Whoever claimed it let the time pass.
    clock.advance(CLAIM_LASTS + timedelta(minutes=1))
    await readers.hand_in(ada, "even better")
    assert store.submissions[first.id].source == "even better"


async def test_where_two_disagree_a_third_is_asked(
    readers: Readers, ada: Member, store: FakeStore
) -> None:
    submission = await readers.hand_in(ada)
    settled = await readers.decide(submission, Decision.ACCEPTED, Decision.NOT_YET)
    assert settled.state is SubmissionState.AWAITING_REVIEW
    assert readers.request(submission).wanted == 3
    await readers.give(submission, await readers.reader("Zoe"), Decision.ACCEPTED)
    settled = await readers.decide(submission)
    assert settled.verdict is Verdict.ACCEPTED


async def test_a_mentors_word_stands_alone(
    readers: Readers, ada: Member, store: FakeStore
) -> None:
    mentor = await readers.reader("Mia")
    async with readers.world.unit_of_work() as unit:
        await unit.mentor_offers.put(an_offer(mentor.id))
        await unit.commit()
    submission = await readers.hand_in(ada)
    await readers.give(submission, mentor, Decision.ACCEPTED)
    settled = await readers.decide(submission)
    assert settled.verdict is Verdict.ACCEPTED


async def test_nobody_of_an_earlier_phase_reads_it(
    readers: Readers, ada: Member
) -> None:
    submission = await readers.hand_in(ada)
    account = Account(platform="web", external_id="bo", name="Bo")
    bo = await enter(readers.world, account, "home")
    with pytest.raises(Refused, match="review_too_early"):
        await take_review(readers.world, bo, readers.request(submission).id)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_author_reads_marks_and_reasons(
    readers: Readers, ada: Member, language: str
) -> None:
    submission = await readers.hand_in(ada)
    await readers.decide(submission, Decision.NOT_YET, Decision.NOT_YET)
    outcome = await read_judged(readers.world, submission.id)
    reply = report_reply(
        texts_in(language), REVIEW, outcome.submission, reviews=outcome.reviews
    )
    text = plain_text(reply.blocks)
    assert text.count(REASON) == 2
    assert "2/3" in text
