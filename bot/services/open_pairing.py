"""Open the conversation of those who both said yes: who is in it, and what with."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.mastery import memories
from bot.domain.member import Community, Member
from bot.domain.notice import NoticeKind
from bot.domain.pairing.life import Pairing, PairingEvent, PairingState
from bot.domain.pairing.standing import StandingRequest
from bot.services.notify import notify
from bot.services.own_pairing import move
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.record import record_of
from bot.services.roadmap import challenges_by_id
from bot.services.world import World

CLAIM = timedelta(minutes=2)
"""Longer than a platform takes for a thread and what is said in it."""

FAILING_SHOWN = 3
SOLVED_SHOWN = 3


@dataclass(frozen=True, kw_only=True)
class MenteeEvidence:
    """What a mentor should know before the first hour; the mentee knows they do."""

    solved: int
    """Challenges, in all."""
    lately: Sequence[str]
    """Ids of the last ones solved in what they came for."""
    failing: Sequence[str]
    """Skills that they fail in; those that they came for first."""


@dataclass(frozen=True, kw_only=True)
class Opening:
    pairing: Pairing
    community: Community
    mentor: Member
    mentee: Member
    request: StandingRequest
    people: Sequence[str]
    """Who is in the conversation, as the platform calls them."""
    beside: Member | None
    """The other mentee of a trio."""
    evidence: MenteeEvidence


async def claim_openings(world: World, community: Community) -> Sequence[Opening]:
    """Those that nobody else is opening now."""
    now = world.now()
    async with world.unit_of_work() as unit:
        accepted = [
            one
            for one in await unit.pairings.live(community.id)
            if one.state is PairingState.ACCEPTED
        ]
        if not accepted:
            return ()
        found = [
            await _opening(world, unit, community, one)
            for one in accepted
            if await unit.pairings.claim(one.id, now, free_before=now - CLAIM)
        ]
        await unit.commit()
    return found


async def _opening(
    world: World, unit: UnitOfWork, community: Community, pairing: Pairing
) -> Opening:
    mentor = await unit.members.get(pairing.mentor_id)
    mentee = await unit.members.get(pairing.mentee_id)
    request = await unit.mentor_requests.get(pairing.request_id)
    beside = None
    if pairing.beside_id is not None:
        first = await unit.pairings.get(pairing.beside_id)
        if first is not None and first.is_standing:
            beside = await unit.members.get(first.mentee_id)
    everybody = [mentor, mentee, *([beside] if beside else [])]
    return Opening(
        pairing=pairing,
        community=community,
        mentor=mentor,
        mentee=mentee,
        request=request,
        people=[await unit.notices.account(one.id) for one in everybody],
        beside=beside,
        evidence=await _evidence(world, unit, mentee, request),
    )


async def _evidence(
    world: World, unit: UnitOfWork, mentee: Member, request: StandingRequest
) -> MenteeEvidence:
    catalogue = world.catalogue
    events = await unit.events.of_person(mentee.person_id)
    solved = record_of(events).solved
    lately = [
        event.challenge_id
        for event in reversed(events)
        if event.challenge_id in solved
        and catalogue.has(event.challenge_id)
        and catalogue.get(event.challenge_id).topic in request.topics
    ]
    roadmap = catalogue.roadmap
    failing = [
        skill
        for skill, memory in memories(
            events, challenges=challenges_by_id(catalogue)
        ).items()
        if memory.is_failing and skill in roadmap.skills_by_id
    ]
    failing.sort(
        key=lambda skill: (roadmap.topic_of(skill).id not in request.topics, skill)
    )
    return MenteeEvidence(
        solved=len(solved),
        lately=list(dict.fromkeys(lately))[:SOLVED_SHOWN],
        failing=failing[:FAILING_SHOWN],
    )


async def keep_opened(
    world: World, pairing_id: int, channel: str | None
) -> Pairing | None:
    """Active from now on; None where it has ended meanwhile.

    Without a channel both are told in private how to find each other.
    """
    now: datetime = world.now()
    async with world.unit_of_work() as unit:
        pairing = await unit.pairings.get(pairing_id)
        if pairing is None:
            return None
        await unit.pairing_batches.hold(pairing.community_id)
        pairing = await unit.pairings.get(pairing_id, lock=True)
        if pairing is None or pairing.state is not PairingState.ACCEPTED:
            return None
        known = replace(pairing, channel=channel)
        pairing = await move(unit, known, PairingEvent.OPENED, now)
        for member_id in (pairing.mentor_id, pairing.mentee_id):
            member = await unit.members.get(member_id)
            kind = NoticeKind.PAIRING_OPENED
            await notify(unit, member, kind, now, pairing=pairing.id)
        await unit.commit()
    return pairing
