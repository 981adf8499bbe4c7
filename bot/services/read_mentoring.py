"""What a member sees of mentoring: theirs, the queue, and why it is so."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.member import Member
from bot.domain.pairing.filters import Obstacle, obstacles
from bot.domain.pairing.life import Pairing, places_taken
from bot.domain.pairing.session import OPEN_SESSIONS, Session
from bot.domain.pairing.standing import StandingOffer, StandingRequest
from bot.domain.pairing.waiting import WaitingTimes
from bot.services.mentoring_queue import read_queue
from bot.services.own_pairing import Which
from bot.services.ports.mentoring import OfferingMentor
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.waiting import community_waits
from bot.services.world import World


@dataclass(frozen=True, kw_only=True)
class OwnPairing:
    pairing: Pairing
    other: Member
    request: StandingRequest
    sessions: Sequence[Session]
    """Proposed or agreed."""


@dataclass(frozen=True, kw_only=True)
class MentoringView:
    offer: StandingOffer | None
    mentees: int
    """Places that are taken."""
    request: StandingRequest | None
    ahead: int
    """Who asked before them, and waits."""
    pairings: Sequence[OwnPairing]
    """Offered to them, or standing."""
    waiting: WaitingTimes | None
    queue: int
    mentors: Sequence[OfferingMentor]
    """With a free place, without those who hide."""


async def read_mentoring(world: World, member: Member) -> MentoringView:
    now, community = world.now(), member.community
    async with world.unit_of_work() as unit:
        offering = await unit.mentor_offers.of_community(community.id)
        taken = places_taken(await unit.pairings.live(community.id))
        waiting = await unit.mentor_requests.waiting(community.id)
        every = await unit.pairings.of_members([member.id])
        own = [await _own(unit, member, one) for one in every if one.is_live]
        times = await community_waits(unit, community, now)
    mine = [one.request for one in waiting if one.member.id == member.id]
    places = [one.request.member_id for one in waiting]
    return MentoringView(
        offer=next((one.offer for one in offering if one.member.id == member.id), None),
        mentees=taken[member.id],
        request=mine[0] if mine else None,
        ahead=places.index(member.id) if mine else 0,
        pairings=own,
        waiting=times,
        queue=len(waiting),
        mentors=[one for one in offering if _is_free(one, taken, now)],
    )


def _is_free(one: OfferingMentor, taken: Mapping[int, int], now: datetime) -> bool:
    has_place = taken.get(one.member.id, 0) < one.offer.capacity
    return has_place and not one.offer.is_paused(now) and not one.member.hidden


async def _own(unit: UnitOfWork, member: Member, pairing: Pairing) -> OwnPairing:
    sessions = await unit.mentor_sessions.of_pairing(pairing.id)
    return OwnPairing(
        pairing=pairing,
        other=await unit.members.get(pairing.other_than(member.id)),
        request=await unit.mentor_requests.get(pairing.request_id),
        sessions=[one for one in sessions if one.state in OPEN_SESSIONS],
    )


@dataclass(frozen=True, kw_only=True)
class MentoringGlance:
    pairings: Sequence[OwnPairing]
    """Offered to them, or standing."""
    is_waiting: bool


async def glance_at_mentoring(world: World, member: Member) -> MentoringGlance:
    """Theirs alone: nothing of who else waits or offers."""
    async with world.unit_of_work() as unit:
        every = await unit.pairings.of_members([member.id])
        own = [await _own(unit, member, one) for one in every if one.is_live]
        request = await unit.mentor_requests.waiting_of(member.id)
    return MentoringGlance(pairings=own, is_waiting=request is not None)


async def read_notice(
    world: World, member: Member, pairing_id: int, session_id: int | None
) -> tuple[OwnPairing, Session | None] | None:
    """What a notice is about; None where it is nobody's any more."""
    async with world.unit_of_work() as unit:
        pairing = await unit.pairings.get(pairing_id)
        if pairing is None or not pairing.has(member.id):
            return None
        session = None
        if session_id is not None:
            session = await unit.mentor_sessions.get(session_id)
        return await _own(unit, member, pairing), session


async def read_words(world: World, own: OwnPairing) -> str:
    """What the other wrote of the pairing."""
    async with world.unit_of_work() as unit:
        said = await unit.pairing_feedback.of_pairing(own.pairing.id)
    return next((one.note for one in said if one.member_id == own.other.id), "")


@dataclass(frozen=True, kw_only=True)
class Why:
    pairings: Sequence[OwnPairing]
    """Theirs, each with the terms of its cost."""
    in_the_way: Mapping[Obstacle, int] | None
    """Of who waits: how many mentors each thing keeps from them; None: of nobody."""
    mentors: int


async def read_why(world: World, member: Member, which: Which) -> Why:
    now, community = world.now(), member.community
    async with world.unit_of_work() as unit:
        every = await unit.pairings.of_members([member.id])
        own = [
            await _own(unit, member, one)
            for one in every
            if one.is_live and which.id in {None, one.id}
        ]
        queue = await read_queue(unit, community, now, world.today_in(community))
    mine = [one for one in queue.requests if one.person_id == member.id]
    found = None
    if mine:
        others = [one for one in queue.offers if one.person_id != member.id]
        found = Counter(
            reason for offer in others for reason in obstacles(mine[0], offer)
        )
    return Why(pairings=own, in_the_way=found, mentors=len(queue.offers))
