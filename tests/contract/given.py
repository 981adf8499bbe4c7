"""What the contract tests begin with."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

from bot.domain.event import Event, EventKind
from bot.domain.member import Member
from bot.domain.review import CLAIM_LASTS, RequestKind, Review, ReviewRequest
from bot.domain.submission import Submission
from bot.domain.totals import board_facts
from bot.services.keep_score import keep_score
from bot.services.ports.members import Account
from bot.services.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from tests.fakes.clock import A_MONDAY

ADA = Account(platform="web", external_id="ada", name="Ada")


async def a_member(
    unit_of_work: UnitOfWorkFactory, name: str = "Ada", community: str = "home"
) -> Member:
    account = replace(ADA, external_id=name.lower(), name=name)
    async with unit_of_work() as unit:
        member, _ = await unit.members.enter(account, community, A_MONDAY)
        await unit.commit()
    return member


def a_submission(
    member: Member, challenge_id: str = "one-more-carrier", minute: int = 0
) -> Submission:
    return Submission(
        id=uuid4(),
        member_id=member.id,
        person_id=member.person_id,
        challenge_id=challenge_id,
        challenge_digest="d1",
        source="def add(a, b):\n    return a + b  # ñandú\n",
        place={"platform": "web", "thread": None, "parts": [1, "two"]},
        submitted_at=A_MONDAY + timedelta(minutes=minute),
        local_on=A_MONDAY.date(),
    )


def a_request(submission: Submission, community_id: int = 1) -> ReviewRequest:
    return ReviewRequest(
        id=uuid4(),
        submission_id=submission.id,
        member_id=submission.member_id,
        community_id=community_id,
        challenge_id=submission.challenge_id,
        phase=1,
        kind=RequestKind.CODE,
        asked_at=submission.submitted_at,
        place={"platform": "web", "parts": [1]},
    )


async def a_claim(
    unit: UnitOfWork,
    submission: Submission,
    *,
    reviewer: Member,
    alike: str | None = None,
) -> Review:
    """Of a submission whose author asks for a review; not written yet."""
    request = replace(a_request(submission, reviewer.community.id), alike=alike)
    await unit.review_requests.add(request)
    return Review(
        id=uuid4(),
        request_id=request.id,
        author_id=submission.member_id,
        reviewer_id=reviewer.id,
        claimed_at=request.asked_at,
        lock_ends_at=request.asked_at + CLAIM_LASTS,
    )


def a_solved_event(member: Member, key: str) -> Event:
    return Event(
        kind=EventKind.SOLVED,
        key=key,
        person_id=member.person_id,
        member_id=member.id,
        occurred_at=A_MONDAY,
        local_on=A_MONDAY.date(),
        challenge_id="one-more-carrier",
        points=80,
        facts={"submission": "s1", "base": 80},
    )


async def earn(
    unit_of_work: UnitOfWorkFactory,
    member: Member,
    points: int,
    *,
    phase: int = 1,
    at: datetime = A_MONDAY,
    kind: EventKind = EventKind.SOLVED,
    reputation: int = 0,
) -> None:
    """A challenge that nobody has solved before, or another kind of points."""
    key = str(uuid4())
    async with unit_of_work() as unit:
        await unit.members.get(member.id, lock=True)
        before = await unit.events.of_person(member.person_id)
        event = replace(
            a_solved_event(member, key),
            kind=kind,
            challenge_id=key if kind is EventKind.SOLVED else None,
            occurred_at=at + timedelta(seconds=len(before)),
            points=points,
            reputation=reputation,
            facts=board_facts(at.date(), phase),
        )
        await keep_score(unit, before, [event])
        await unit.commit()
