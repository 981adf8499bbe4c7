"""Evidence for a challenge of kind review: handed to readers, decided by them.

    submit ─► ReviewRequest ─► /review: two readers, or a mentor alone ─► decided
                                                                            │
       told ◄─ settled like any verdict ◄─ worker ◄─ the queue ◄────────────┘

It is settled by the worker and not where the last review is given: there the reviewer's
row is held, and two who read each other would wait for each other for ever.
"""

from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid4

from bot.domain.evidence import graded
from bot.domain.member import Member
from bot.domain.review import (
    WANTED_OF_EVIDENCE,
    RequestKind,
    Review,
    ReviewRequest,
    ReviewRequestState,
    ReviewState,
)
from bot.domain.review_decision import decision
from bot.domain.submission import Submission, SubmissionEvent
from bot.services.errors import Refused
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.world import World
from challenges.challenge import Challenge
from challenges.grading.grade import Grade

# More than anybody has asked for and is still to hear of.
_LOOKED_AT = 50


async def hand_to_readers(
    world: World,
    unit: UnitOfWork,
    member: Member,
    challenge: Challenge,
    submission: Submission,
) -> Submission:
    """As it is kept: in the place of their last draft, unless that is being read.

    A better draft waits where the one before it did. Raises
    Refused(evidence_being_read).
    """
    submission = submission.advance(SubmissionEvent.SENT_TO_REVIEW)
    earlier = await _waiting(unit, member, challenge)
    if earlier is not None:
        await _require_unread(world, unit, earlier)
        better = replace(submission, id=earlier.submission_id)
        await unit.submissions.save(better)
        await unit.review_requests.save(replace(earlier, place=better.place))
        return better
    await unit.submissions.add(submission)
    await unit.review_requests.add(
        ReviewRequest(
            id=uuid4(),
            submission_id=submission.id,
            member_id=member.id,
            community_id=member.community.id,
            challenge_id=challenge.id,
            phase=challenge.phase,
            kind=RequestKind.EVIDENCE,
            asked_at=world.now(),
            wanted=WANTED_OF_EVIDENCE,
            place=submission.place,
        )
    )
    return submission


async def evidence_decided(unit: UnitOfWork, request: ReviewRequest) -> None:
    """For whoever gives the review that decides, in that transaction."""
    submission = await unit.submissions.get(request.submission_id)
    await unit.queue.defer_judging(submission)


async def grade_evidence(
    world: World, challenge: Challenge, submission: Submission
) -> Grade | None:
    """None: its readers have not decided."""
    async with world.unit_of_work() as unit:
        request = await unit.review_requests.of_submission(submission.id)
        given = await reviews_of(unit, submission)
    decided = None if request is None else decision(request, given)
    if decided is None:
        return None
    marks = [one.opinion.marks for one in given if one.opinion is not None]
    return graded(challenge.rubric, decided, marks)


async def reviews_of(unit: UnitOfWork, submission: Submission) -> Sequence[Review]:
    """Those that were given; of what is not evidence, none."""
    request = await unit.review_requests.of_submission(submission.id)
    if request is None or request.kind is not RequestKind.EVIDENCE:
        return ()
    waiting = await unit.reviews.of_request(request)
    return [one for one in waiting.reviews if one.state is ReviewState.GIVEN]


async def _waiting(
    unit: UnitOfWork, member: Member, challenge: Challenge
) -> ReviewRequest | None:
    """Held, and as it is then."""
    own = await unit.review_requests.of_person(member.person_id, limit=_LOOKED_AT)
    for one in own:
        # With another account others read it, in another community.
        if one.challenge_id == challenge.id and one.member_id == member.id:
            held = await unit.review_requests.get(one.id, lock=True)
            if held.state is ReviewRequestState.OPEN:
                return held
    return None


async def _require_unread(
    world: World, unit: UnitOfWork, request: ReviewRequest
) -> None:
    at = world.now()
    reviews = (await unit.reviews.of_request(request)).reviews
    if any(one.state is ReviewState.GIVEN or one.is_open(at) for one in reviews):
        raise Refused("evidence_being_read", challenge=request.challenge_id)
