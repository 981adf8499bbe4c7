"""Offer to mentor, pause it, or stop."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.member import Member
from bot.domain.pairing.filters import LEADERSHIP_PHASE
from bot.domain.pairing.life import Pairing, places_taken
from bot.domain.pairing.standing import MOST_MENTEES, StandingOffer
from bot.domain.pairing.week import WeekHour
from bot.services.errors import Refused
from bot.services.pair_members import pair_at_once
from bot.services.request_mentor import spoken_by
from bot.services.world import World

MOST_PAUSED_DAYS = 120
"""A term. Who needs longer stops offering, and comes back with new hours."""


@dataclass(frozen=True, kw_only=True)
class MentorWish:
    """What is None stays as it was."""

    topics: tuple[str, ...] | None = None
    phases: frozenset[int] | None = None
    languages: tuple[str, ...] | None = None
    hours: frozenset[WeekHour] | None = None
    capacity: int | None = None


@dataclass(frozen=True, kw_only=True)
class OfferView:
    offer: StandingOffer
    mentees: int
    found: Sequence[Pairing] = ()
    """Who was offered to them at once."""


async def read_offer(world: World, member: Member) -> OfferView | None:
    """Raises Refused(mentor_too_early), before anybody fills in a form for nothing."""
    _check_phase(member)
    async with world.unit_of_work() as unit:
        offer = await unit.mentor_offers.get(member.id)
        taken = places_taken(await unit.pairings.live(member.community.id))
    return None if offer is None else OfferView(offer=offer, mentees=taken[member.id])


async def offer_mentoring(world: World, member: Member, wish: MentorWish) -> OfferView:
    """Raises Refused: mentor_too_early, mentor_topics, mentor_hours."""
    now, community = world.now(), member.community
    _check_phase(member)
    async with world.unit_of_work() as unit:
        await unit.pairing_batches.hold(community.id)
        before = await unit.mentor_offers.get(member.id)
        offer = _offer(world, member, wish, before)
        if not offer.topics:
            raise Refused("mentor_topics")
        if not offer.hours:
            raise Refused("mentor_hours")
        await unit.mentor_offers.put(replace(offer, offered_at=now))
        found = await pair_at_once(world, unit, community)
        taken = places_taken(await unit.pairings.live(community.id))
        await unit.commit()
    own = [one for one in found if one.mentor_id == member.id]
    return OfferView(offer=offer, mentees=taken[member.id], found=own)


def _check_phase(member: Member) -> None:
    if member.phase == 1:
        # Nobody is behind them yet.
        raise Refused("mentor_too_early")


def _offer(
    world: World, member: Member, wish: MentorWish, before: StandingOffer | None
) -> StandingOffer:
    now = world.now()
    known = before or StandingOffer(
        member_id=member.id,
        topics=topics_behind(world, member),
        languages=(),
        hours=frozenset(),
        capacity=1,
        offered_at=now,
    )
    return replace(
        known,
        topics=known.topics if wish.topics is None else wish.topics,
        phases=known.phases if wish.phases is None else wish.phases,
        languages=wish.languages or known.languages or (spoken_by(member),),
        hours=known.hours if wish.hours is None else wish.hours,
        capacity=min(wish.capacity or known.capacity, MOST_MENTEES),
        # Whoever says what they offer, offers it.
        paused_until=None,
    )


def topics_behind(world: World, member: Member) -> tuple[str, ...]:
    """Those of the phases that they have been through: what they can say of it."""
    last = member.phase if member.phase == LEADERSHIP_PHASE else member.phase - 1
    return tuple(one.id for one in world.catalogue.roadmap.topics if one.phase <= last)


async def pause_offer(world: World, member: Member, days: int) -> OfferView:
    """0 days: they are back. Pairings that stand go on.

    Raises Refused: no_offer_yet.
    """
    now = world.now()
    async with world.unit_of_work() as unit:
        await unit.pairing_batches.hold(member.community.id)
        offer = await unit.mentor_offers.get(member.id)
        if offer is None:
            raise Refused("no_offer_yet")
        until = now + timedelta(days=min(days, MOST_PAUSED_DAYS)) if days else None
        offer = replace(offer, paused_until=until)
        await unit.mentor_offers.put(offer)
        if not days:
            await pair_at_once(world, unit, member.community)
        taken = places_taken(await unit.pairings.live(member.community.id))
        await unit.commit()
    return OfferView(offer=offer, mentees=taken[member.id])


async def stop_offering(world: World, member: Member) -> None:
    """Pairings that stand go on. Raises Refused: no_offer_yet."""
    async with world.unit_of_work() as unit:
        await unit.pairing_batches.hold(member.community.id)
        if await unit.mentor_offers.get(member.id) is None:
            raise Refused("no_offer_yet")
        await unit.mentor_offers.remove(member.id)
        await unit.commit()
