"""Ask for a mentor: what for, in which languages, at which hours."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.mastery import memories
from bot.domain.member import Member
from bot.domain.pairing.life import (
    LONGEST_WEEKS,
    SHORTEST_WEEKS,
    USUAL_WEEKS,
    Pairing,
    PairingKind,
)
from bot.domain.pairing.standing import (
    MOST_TOPICS_ASKED,
    RequestState,
    StandingRequest,
)
from bot.domain.pairing.waiting import WaitingTimes
from bot.domain.pairing.week import WeekHour
from bot.services.errors import Refused
from bot.services.own_pairing import withdraw
from bot.services.pair_members import pair_at_once
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.roadmap import challenges_by_id
from bot.services.waiting import community_waits
from bot.services.world import World


@dataclass(frozen=True, kw_only=True)
class MenteeWish:
    topics: tuple[str, ...]
    goal: str
    languages: tuple[str, ...] = ()
    hours: frozenset[WeekHour]
    weeks: int = USUAL_WEEKS
    shares: bool = False


@dataclass(frozen=True, kw_only=True)
class RequestView:
    request: StandingRequest
    waiting: WaitingTimes | None
    ahead: int
    """How many asked before, and wait."""
    found: Pairing | None = None
    """Somebody who was offered to them at once."""


async def suggest_topics(world: World, member: Member) -> tuple[str, ...]:
    """What they fail most in; with nothing failed, the topics of their phase."""
    async with world.unit_of_work() as unit:
        return (
            await failed_topics(world, unit, member)
            or tuple(
                one.id for one in world.catalogue.roadmap.phase(member.phase).topics
            )[:1]
        )


async def failed_topics(
    world: World, unit: UnitOfWork, member: Member
) -> tuple[str, ...]:
    events = await unit.events.of_person(member.person_id)
    known = memories(events, challenges=challenges_by_id(world.catalogue))
    roadmap = world.catalogue.roadmap
    failing = Counter(
        roadmap.topic_of(skill).id
        for skill, memory in sorted(known.items())
        if memory.is_failing and skill in roadmap.skills_by_id
    )
    return tuple(topic for topic, _ in failing.most_common(MOST_TOPICS_ASKED))


async def request_mentor(world: World, member: Member, wish: MenteeWish) -> RequestView:
    """Raises Refused: mentor_topics, mentor_goal, mentor_hours, waits_already,
    has_mentor, mentor_weeks.
    """
    now, community = world.now(), member.community
    _check(wish)
    async with world.unit_of_work() as unit:
        await unit.pairing_batches.hold(community.id)
        if await unit.mentor_requests.waiting_of(member.id) is not None:
            raise Refused("waits_already")
        if await _has_mentor(unit, member):
            raise Refused("has_mentor")
        ahead = await unit.mentor_requests.waiting(community.id)
        request = StandingRequest(
            id=0,
            member_id=member.id,
            topics=wish.topics[:MOST_TOPICS_ASKED],
            goal=wish.goal,
            languages=wish.languages or (spoken_by(member),),
            hours=wish.hours,
            weeks=wish.weeks,
            shares=wish.shares,
            asked_at=now,
        )
        request = replace(request, id=await unit.mentor_requests.add(request))
        found = await pair_at_once(world, unit, community)
        waiting = await community_waits(unit, community, now)
        await unit.commit()
    own = [one for one in found if one.request_id == request.id]
    return RequestView(
        request=request,
        waiting=waiting,
        ahead=len(ahead),
        found=own[0] if own else None,
    )


def spoken_by(member: Member) -> str:
    """What they would say if they were asked."""
    on_platform = (member.platform_language or "").partition("-")[0]
    return member.language or on_platform or member.community.language


def _check(wish: MenteeWish) -> None:
    if not wish.topics:
        raise Refused("mentor_topics")
    if not wish.goal.strip():
        raise Refused("mentor_goal")
    if not wish.hours:
        raise Refused("mentor_hours")
    if not SHORTEST_WEEKS <= wish.weeks <= LONGEST_WEEKS:
        raise Refused("mentor_weeks", least=SHORTEST_WEEKS, most=LONGEST_WEEKS)


async def _has_mentor(unit: UnitOfWork, member: Member) -> bool:
    return any(
        one.is_live and one.mentee_id == member.id and one.kind is not PairingKind.PEERS
        for one in await unit.pairings.of_members([member.id])
    )


async def share_request(world: World, member: Member, *, shares: bool) -> None:
    """Whether a second mentee may join. Raises Refused: not_waiting."""
    async with world.unit_of_work() as unit:
        await unit.pairing_batches.hold(member.community.id)
        request = await _waiting(unit, member)
        await unit.mentor_requests.save(replace(request, shares=shares))
        await unit.commit()


async def withdraw_request(world: World, member: Member) -> None:
    """With what is offered for it; peers who have begun may go on.

    Raises Refused: not_waiting.
    """
    now = world.now()
    async with world.unit_of_work() as unit:
        await unit.pairing_batches.hold(member.community.id)
        request = await _waiting(unit, member)
        await unit.mentor_requests.save(request.ended(RequestState.WITHDRAWN, now))
        for one in await _offered(unit, request):
            await withdraw(unit, one, now, by=member)
        await pair_at_once(world, unit, member.community)
        await unit.commit()


async def _waiting(unit: UnitOfWork, member: Member) -> StandingRequest:
    request = await unit.mentor_requests.waiting_of(member.id)
    if request is None:
        raise Refused("not_waiting")
    return request


async def _offered(unit: UnitOfWork, request: StandingRequest) -> Sequence[Pairing]:
    every = await unit.pairings.of_members([request.member_id])
    return [
        one
        for one in every
        if one.is_live
        and not one.is_standing
        and request.id in {one.request_id, one.other_request_id}
    ]
