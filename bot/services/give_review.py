"""Give a review: it is published to its author, and helping is worth something.

Whose lock is over may still give while the place is free. The reviewer's row is held
before the request's, as in `take_review`.
"""

from dataclasses import dataclass
from uuid import UUID

from bot.domain.event import Event, EventKind
from bot.domain.leadership import Evidence
from bot.domain.member import Member
from bot.domain.notice import NoticeKind
from bot.domain.review import (
    Opinion,
    RequestKind,
    Review,
    ReviewRequest,
    ReviewRequestState,
    ReviewState,
)
from bot.domain.review_rubric import MarksRefused, check_marks
from bot.domain.review_worth import (
    LEAST_WORDS,
    SEASON,
    EarlierReview,
    Worthless,
    is_enough,
    own_words,
    worth,
)
from bot.domain.totals import board_facts
from bot.services.badges import give_badges
from bot.services.errors import Refused
from bot.services.keep_score import keep_score
from bot.services.notify import notify
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.reviewer import reviewer_of, rubric_of
from bot.services.settle_request import settle_request
from bot.services.take_review import TakenReview, own_review, taken_review
from bot.services.world import World


@dataclass(frozen=True, kw_only=True)
class GivenReview:
    review: Review
    request: ReviewRequest
    """As it is now."""
    worthless: Worthless | None
    """Why it earned nothing."""
    badges: tuple[str, ...]


async def read_claim(world: World, member: Member, review_id: UUID) -> TakenReview:
    """What they are about to write of. Raises ReviewNotFound, Refused(review_over)."""
    async with world.unit_of_work() as unit:
        review = await own_review(unit, member, review_id)
        if review.state is ReviewState.GIVEN:
            raise Refused("review_over")
        return await taken_review(world, unit, member, review)


async def give_review(
    world: World, member: Member, review_id: UUID, opinion: Opinion
) -> GivenReview:
    """Raises ReviewNotFound; Refused: review_over, review_taken, review_says_nothing,
    review_line_unknown, review_<why a mark is none>.
    """
    at = world.now()
    async with world.unit_of_work() as unit:
        member = await unit.members.get(member.id, lock=True)
        review = await own_review(unit, member, review_id)
        request = await unit.review_requests.get(review.request_id, lock=True)
        taken = await taken_review(
            world, unit, member, await unit.reviews.get(review_id)
        )
        reviewer = await reviewer_of(unit, member)
        await _require_place(unit, world, taken, request)
        opinion = _checked(taken, opinion)
        earned = await _worth(world, unit, member, taken, opinion)
        review = _reclaimed(world, taken.review).given(
            opinion,
            at,
            earned=earned if isinstance(earned, int) else 0,
            as_mentor=reviewer.is_mentor and request.kind is RequestKind.EVIDENCE,
        )
        await unit.reviews.put(review)
        badges: tuple[str, ...] = ()
        if review.earned:
            event = reputation_event(
                world,
                member,
                review,
                key=f"review:{review.id}",
                why=Evidence.REVIEW,
                reputation=review.earned,
            )
            badges = await earn(world, unit, member, event)
        # Of evidence they are told what its readers decide, and not who said what.
        if request.kind is RequestKind.CODE:
            await _tell_author(world, unit, taken.author, request)
        request = await settle_request(world, unit, request)
        await unit.commit()
    return GivenReview(
        review=review,
        request=request,
        worthless=None if isinstance(earned, int) else earned,
        badges=badges,
    )


def reputation_event(
    world: World,
    member: Member,
    review: Review,
    *,
    key: str,
    why: str,
    reputation: int,
) -> Event:
    return Event(
        kind=EventKind.REPUTATION_EARNED,
        key=key,
        person_id=member.person_id,
        member_id=member.id,
        occurred_at=world.now(),
        local_on=world.today_of(member),
        reputation=reputation,
        facts={
            "for": why,
            "review": str(review.id),
            **board_facts(world.today_in(member.community)),
        },
    )


async def earn(
    world: World, unit: UnitOfWork, member: Member, event: Event
) -> tuple[str, ...]:
    """Ids of the badges that came with it. The member's row is held."""
    before = await unit.events.of_person(member.person_id)
    await keep_score(unit, before, [event])
    facts = {"review": event.facts["review"]}
    await give_badges(world, unit, member, event.local_on, facts)
    known = {one.key for one in before}
    return tuple(
        str(one.facts["badge"])
        for one in await unit.events.of_person(member.person_id)
        if one.kind is EventKind.BADGE_EARNED and one.key not in known
    )


async def _require_place(
    unit: UnitOfWork, world: World, taken: TakenReview, request: ReviewRequest
) -> None:
    """Raises Refused, when they have given it or another has their place by now."""
    at, review = world.now(), taken.review
    if review.state is ReviewState.GIVEN:
        raise Refused("review_over")
    if request.state is not ReviewRequestState.OPEN:
        raise Refused("review_taken", challenge=request.challenge_id)
    waiting = await unit.reviews.of_request(request)
    others = [one for one in waiting.reviews if one.id != review.id]
    held = sum(one.state is ReviewState.GIVEN or one.is_open(at) for one in others)
    if held >= request.wanted:
        raise Refused("review_taken", challenge=request.challenge_id)


def _reclaimed(world: World, review: Review) -> Review:
    """One that was given back, or whose time is over, is theirs again."""
    return review if review.is_open(world.now()) else review.claimed(world.now())


def _checked(taken: TakenReview, opinion: Opinion) -> Opinion:
    if not is_enough(opinion):
        raise Refused("review_says_nothing", words=LEAST_WORDS)
    lines = taken.submission.source.count("\n") + 1
    unknown = [one.last for one in opinion.comments if one.last > lines]
    if unknown:
        raise Refused("review_line_unknown", line=unknown[0], lines=lines)
    try:
        marks = check_marks(
            opinion.marks, rubric_of(taken.challenge, taken.request.kind)
        )
    except MarksRefused as refused:
        raise Refused(
            f"review_{refused.reason}",
            criterion=refused.line.criterion,
            least=refused.line.least,
            most=refused.line.most,
        ) from None
    return Opinion(
        decision=opinion.decision,
        summary=opinion.summary,
        marks=marks,
        comments=tuple(sorted(opinion.comments, key=lambda one: one.first)),
    )


async def _worth(
    world: World, unit: UnitOfWork, member: Member, taken: TakenReview, opinion: Opinion
) -> int | Worthless:
    saved = [one.text for one in taken.saved]
    since = world.now() - SEASON
    earned = await unit.reviews.earned(member.person_id, taken.author.person_id, since)
    earlier = [
        EarlierReview(
            on=member.date_of(one.review.given_at),
            is_own=one.is_own,
            is_between=one.is_between,
            words=own_words(one.review.opinion, saved) if one.is_own else "",
        )
        for one in earned
        if one.review.given_at and one.review.opinion
    ]
    words = own_words(opinion, saved)
    return worth(words, world.today_of(member), earlier)


async def _tell_author(
    world: World, unit: UnitOfWork, author: Member, request: ReviewRequest
) -> None:
    await notify(
        unit,
        author,
        NoticeKind.REVIEWED,
        world.now(),
        challenge=request.challenge_id,
        request=str(request.id),
    )
