"""Ask for a review of what one has solved, and take it back.

Equal solutions are read once: when one like it has its review, that is offered at once,
and the author may still want one of their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from bot.domain.member import Member
from bot.domain.review import RequestKind, ReviewRequest, ReviewRequestState
from bot.domain.review_alike import alike_key
from bot.domain.review_queue import MOST_ASKED
from bot.domain.submission import Submission
from bot.services.equal_reviews import equal_reviews
from bot.services.errors import Refused, ReviewNotFound
from bot.services.find_challenge import find_challenge
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.world import World
from challenges.challenge import Challenge, Kind
from runner.verdict import Verdict

# Back to where code may still be meant that somebody points at.
_LOOKED_AT = 50
MOST_NOTE = 500


@dataclass(frozen=True, kw_only=True)
class Ask:
    challenge_id: str | None
    """None: the challenge of the submission whose code it is."""
    place: Mapping[str, object]
    code: str | None = None
    """Which of one's accepted submissions is meant; None is the last one."""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class AskedReview:
    request: ReviewRequest
    challenge: Challenge
    ahead: int
    """How many wait longer in the community."""


async def ask_review(world: World, member: Member, ask: Ask) -> AskedReview:
    """Raises ChallengeNotFound; Refused: review_not_accepted, review_asked_already,
    review_asked_enough, review_nothing_to_read.
    """
    if ask.challenge_id is not None:
        find_challenge(world.catalogue, ask.challenge_id)
    async with world.unit_of_work() as unit:
        submission = await _meant(unit, member, ask)
        challenge = find_challenge(world.catalogue, submission.challenge_id)
        if challenge.kind in {Kind.QUIZ, Kind.REVIEW}:
            raise Refused("review_nothing_to_read")
        own = await unit.review_requests.of_person(member.person_id, limit=_LOOKED_AT)
        waiting = [one for one in own if one.state is ReviewRequestState.OPEN]
        if len(waiting) >= MOST_ASKED:
            raise Refused("review_asked_enough", most=MOST_ASKED)
        request = ReviewRequest(
            id=uuid4(),
            submission_id=submission.id,
            member_id=member.id,
            community_id=member.community.id,
            challenge_id=challenge.id,
            phase=challenge.phase,
            kind=RequestKind.CODE,
            asked_at=world.now(),
            note=ask.note[:MOST_NOTE],
            alike=alike_key(submission.source, challenge.language),
            place=ask.place,
        )
        request = await _write(unit, request)
        every = [one.id for one in world.catalogue.all]
        queue = await unit.reviews.waiting(
            member.community.id, every, world.now(), limit=_LOOKED_AT
        )
        await unit.commit()
    before = sum(one.request.asked_at < request.asked_at for one in queue)
    return AskedReview(request=request, challenge=challenge, ahead=before)


async def ask_own_review(
    world: World, member: Member, request_id: UUID
) -> ReviewRequest:
    """In place of an equal solution's. It keeps its place in the queue.

    Raises ReviewNotFound, Refused(review_not_answered).
    """
    async with world.unit_of_work() as unit:
        request = await own_request(unit, member, request_id, lock=True)
        if request.state is not ReviewRequestState.ANSWERED:
            raise Refused("review_not_answered")
        request = replace(request.become(ReviewRequestState.OPEN), alike=None)
        await unit.review_requests.save(request)
        await unit.commit()
    return request


async def withdraw_review(
    world: World, member: Member, request_id: UUID
) -> ReviewRequest:
    """Raises ReviewNotFound; Refused: review_being_read, review_over."""
    at = world.now()
    async with world.unit_of_work() as unit:
        request = await own_request(unit, member, request_id, lock=True)
        if request.kind is RequestKind.EVIDENCE or request.state not in {
            ReviewRequestState.OPEN,
            ReviewRequestState.ANSWERED,
        }:
            raise Refused("review_over")
        waiting = await unit.reviews.of_request(request)
        if any(one.is_open(at) for one in waiting.reviews):
            raise Refused("review_being_read")
        request = request.become(ReviewRequestState.WITHDRAWN)
        await unit.review_requests.save(request)
        await unit.commit()
    return request


async def own_request(
    unit: UnitOfWork, member: Member, request_id: UUID, *, lock: bool = False
) -> ReviewRequest:
    """Raises ReviewNotFound, also when it is somebody else's."""
    request = await unit.review_requests.get(request_id, lock=lock)
    if request.member_id not in await own_members(unit, member):
        raise ReviewNotFound(request_id)
    return request


async def own_members(unit: UnitOfWork, member: Member) -> frozenset[int]:
    """Ids of all of the person's accounts everywhere."""
    every = await unit.members.of_person(member.person_id)
    return frozenset(one.id for one in every)


async def _meant(unit: UnitOfWork, member: Member, ask: Ask) -> Submission:
    history = await unit.submissions.history(
        member.person_id, ask.challenge_id, limit=_LOOKED_AT
    )
    for one in history:
        if one.verdict is Verdict.ACCEPTED and ask.code in (None, one.source):
            return one
    raise Refused("review_not_accepted")


async def _write(unit: UnitOfWork, request: ReviewRequest) -> ReviewRequest:
    """As it is then: waiting, or answered by what an equal one got."""
    earlier = await unit.review_requests.of_submission(request.submission_id)
    if earlier is not None and earlier.state is not ReviewRequestState.WITHDRAWN:
        raise Refused("review_asked_already")
    if await equal_reviews(unit, request):
        request = request.become(ReviewRequestState.ANSWERED)
    if earlier is not None:
        request = replace(request, id=earlier.id)
        await unit.review_requests.save(request)
    elif not await unit.review_requests.add(request):
        # At the same moment, from another press.
        raise Refused("review_asked_already")
    return request
