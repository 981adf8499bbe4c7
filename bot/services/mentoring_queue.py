"""A community's mentors and mentees as a batch sees them: what was said, for a date."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.member import Community, Member
from bot.domain.pairing.facts import MentorOffer, MentorRequest
from bot.domain.pairing.groups import OpenPairing
from bot.domain.pairing.life import (
    OPEN_OFFERS,
    EndReason,
    Pairing,
    PairingKind,
    PairingState,
    places_taken,
)
from bot.domain.pairing.standing import StandingRequest
from bot.domain.pairing.week import week_of
from bot.services.ports.mentoring import OfferingMentor, WaitingMentee
from bot.services.ports.unit_of_work import UnitOfWork

REFUSED_FOR = timedelta(days=60)
"""After a no, a silence or an end that one of them did not choose. After two months
people and their weeks are others."""

_NO = frozenset({PairingState.DECLINED, PairingState.RAN_OUT})
_NOT_AGAIN_SOON = frozenset(
    {EndReason.SILENT, EndReason.MENTOR_LEFT, EndReason.MENTEE_LEFT, EndReason.BLOCKED}
)


@dataclass(frozen=True, kw_only=True)
class MentoringQueue:
    """Persons are members here: nobody is paired across communities."""

    offering: Mapping[int, OfferingMentor]
    """By member."""
    waiting: Mapping[int, WaitingMentee]
    """By request; those to whom somebody is offered now, too."""
    live: Sequence[Pairing]
    offers: Sequence[MentorOffer]
    requests: Sequence[MentorRequest]
    """Of those to whom nobody is offered now."""
    open_pairings: Sequence[OpenPairing]

    @property
    def peers(self) -> frozenset[int]:
        """Requests that wait together with another, or are offered to."""
        found: set[int] = set()
        for one in self.live:
            if one.kind is PairingKind.PEERS:
                found |= {one.request_id, one.other_request_id or 0}
        return frozenset(found)

    @property
    def busy(self) -> frozenset[int]:
        """Members who are asked something: one offer at a time is enough."""
        asked = [one for one in self.live if one.state in OPEN_OFFERS]
        return frozenset({one.mentee_id for one in asked})


async def read_queue(
    unit: UnitOfWork, community: Community, now: datetime, on: date
) -> MentoringQueue:
    offering = await unit.mentor_offers.of_community(community.id)
    waiting = await unit.mentor_requests.waiting(community.id)
    live = await unit.pairings.live(community.id)
    open_ones = [one for one in live if _takes_another(one, live)]
    concerned = {one.member.id for one in waiting}
    past = await unit.pairings.of_members(concerned)
    blocks = await unit.blocks.of_community(community.id)
    refused = _refused(past, blocks, now)
    earlier = _earlier(past)
    taken = places_taken(live)
    offers = {
        one.member.id: _offer(one, taken[one.member.id], now, on) for one in offering
    }
    held = {one.request_id for one in live if one.kind is not PairingKind.PEERS}

    def request(standing: StandingRequest, member: Member) -> MentorRequest:
        return MentorRequest(
            id=standing.id,
            person_id=member.id,
            phase=member.phase,
            topics=standing.topics,
            languages=standing.languages,
            week=week_of(standing.hours, member.zone, on),
            waiting_days=standing.waiting_days(now),
            earlier_mentors=earlier.get(member.id, frozenset()),
            refused=refused.get(member.id, frozenset()),
        )

    sharing = await unit.mentor_requests.sharing(community.id)
    wishes = {one.request.id: one for one in sharing}
    return MentoringQueue(
        offering={one.member.id: one for one in offering},
        waiting={one.request.id: one for one in waiting},
        live=live,
        offers=list(offers.values()),
        requests=[
            request(one.request, one.member)
            for one in waiting
            if one.request.id not in held
        ],
        open_pairings=[
            OpenPairing(
                id=one.id,
                mentor=offers[one.mentor_id],
                mentee=request(
                    wishes[one.request_id].request, wishes[one.request_id].member
                ),
            )
            for one in open_ones
            if one.request_id in wishes
            and one.mentor_id in offers
            and not offers[one.mentor_id].is_paused
        ],
    )


def _offer(
    offering: OfferingMentor, mentees: int, now: datetime, on: date
) -> MentorOffer:
    offer, member = offering.offer, offering.member
    return MentorOffer(
        person_id=member.id,
        phase=member.phase,
        phases=offer.phases,
        topics=frozenset(offer.topics),
        languages=frozenset(offer.languages),
        week=week_of(offer.hours, member.zone, on),
        capacity=offer.capacity,
        mentees=mentees,
        is_paused=offer.is_paused(now),
    )


def _takes_another(pairing: Pairing, live: Iterable[Pairing]) -> bool:
    return (
        pairing.kind is PairingKind.MENTOR
        and pairing.state is PairingState.ACTIVE
        and not any(one.beside_id == pairing.id for one in live)
    )


def _refused(
    past: Iterable[Pairing], blocks: Iterable[tuple[int, int]], now: datetime
) -> Mapping[int, frozenset[int]]:
    pairs = set(blocks)
    for one in past:
        is_no = one.state in _NO or one.ended_why in _NOT_AGAIN_SOON
        if one.is_live or (is_no and now - one.state_at < REFUSED_FOR):
            pairs.add((one.mentor_id, one.mentee_id))
    return _by_member(pairs | {(other, one) for one, other in pairs})


def _earlier(past: Iterable[Pairing]) -> Mapping[int, frozenset[int]]:
    return _by_member(
        (one.mentee_id, one.mentor_id)
        for one in past
        if one.active_at is not None and one.kind is not PairingKind.PEERS
    )


def _by_member(pairs: Iterable[tuple[int, int]]) -> Mapping[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
    return {one: frozenset(others) for one, others in found.items()}
