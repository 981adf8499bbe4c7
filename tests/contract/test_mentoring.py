"""Offers, requests, blocks and batches."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.pairing.standing import RequestState, StandingOffer, StandingRequest
from bot.domain.pairing.week import WeekHour
from bot.services.errors import StillWaiting
from bot.services.ports.mentoring import OfferingMentor, WaitingMentee
from bot.services.ports.unit_of_work import UnitOfWorkFactory
from tests.contract.given import a_member
from tests.fakes.clock import A_MONDAY

HOURS = frozenset({WeekHour(0, 18), WeekHour(6, 23)})


def an_offer(member_id: int) -> StandingOffer:
    return StandingOffer(
        member_id=member_id,
        topics=("functions", "oop"),
        phases=frozenset({1, 2}),
        languages=("es", "en"),
        hours=HOURS,
        capacity=2,
        offered_at=A_MONDAY,
    )


def a_request(member_id: int) -> StandingRequest:
    return StandingRequest(
        id=0,
        member_id=member_id,
        topics=("oop", "functions"),
        shares=True,
        goal="Write a game with my sister 🎲",
        languages=("en", "es"),
        hours=HOURS,
        asked_at=A_MONDAY,
    )


async def test_a_mentor_has_one_offer(unit_of_work: UnitOfWorkFactory) -> None:
    ada, ben = [await a_member(unit_of_work, name) for name in ("Ada", "Ben")]
    far = await a_member(unit_of_work, "Far", community="elsewhere")
    later = replace(
        an_offer(ada.id),
        phases=frozenset(),
        capacity=1,
        paused_until=A_MONDAY + timedelta(days=7),
    )
    async with unit_of_work() as unit:
        for one in (ben, ada, far):
            await unit.mentor_offers.put(an_offer(one.id))
        assert await unit.mentor_offers.get(ada.id) == an_offer(ada.id)
        await unit.mentor_offers.put(later)
        await unit.commit()
    async with unit_of_work() as unit:
        assert await unit.mentor_offers.of_community(ada.community.id) == [
            OfferingMentor(offer=later, member=ada),
            OfferingMentor(offer=an_offer(ben.id), member=ben),
        ]
        await unit.mentor_offers.remove(ada.id)
        assert await unit.mentor_offers.get(ada.id) is None


async def test_a_member_waits_once_and_in_turn(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada, ben = [await a_member(unit_of_work, name) for name in ("Ada", "Ben")]
    far = await a_member(unit_of_work, "Far", community="elsewhere")
    earlier = replace(a_request(ben.id), asked_at=A_MONDAY - timedelta(days=30))
    async with unit_of_work() as unit:
        first = replace(
            a_request(ada.id), id=await unit.mentor_requests.add(a_request(ada.id))
        )
        second = replace(earlier, id=await unit.mentor_requests.add(earlier))
        await unit.mentor_requests.add(a_request(far.id))
        with pytest.raises(StillWaiting):
            await unit.mentor_requests.add(a_request(ada.id))
        await unit.commit()
    async with unit_of_work() as unit:
        requests = unit.mentor_requests
        assert await requests.waiting(ada.community.id) == [
            WaitingMentee(request=second, member=ben),
            WaitingMentee(request=first, member=ada),
        ]
        assert await requests.waiting_of(ada.id) == first
        served = first.ended(RequestState.SERVED, A_MONDAY + timedelta(days=2))
        await requests.save(served)
        assert await requests.waiting_of(ada.id) is None
        assert await requests.get(first.id) == served
        # It has ended: nothing ends it again.
        await requests.save(first.ended(RequestState.WITHDRAWN, A_MONDAY))
        assert await requests.get(first.id) == served
        again = await requests.add(a_request(ada.id))
        assert again != first.id
        found = await requests.since(ada.community.id, A_MONDAY)
        # Whoever waits still counts, since whenever.
        assert [one.id for one in found] == [second.id, first.id, again]
        await requests.save(second.ended(RequestState.WITHDRAWN, A_MONDAY))
        found = await requests.since(ada.community.id, A_MONDAY)
        assert [one.id for one in found] == [first.id, again]


async def test_blocks_and_the_turn_of_a_batch(unit_of_work: UnitOfWorkFactory) -> None:
    ada, ben = [await a_member(unit_of_work, name) for name in ("Ada", "Ben")]
    community = ada.community.id
    async with unit_of_work() as unit:
        await unit.blocks.put(ada.id, ben.id, A_MONDAY)
        await unit.blocks.put(ada.id, ben.id, A_MONDAY)
        await unit.pairing_batches.hold(community)
        assert await unit.pairing_batches.claim(community, date(2026, 3, 2))
        await unit.commit()
    async with unit_of_work() as unit:
        assert await unit.blocks.of_community(community) == {(ada.id, ben.id)}
        assert await unit.blocks.of_community(community + 1) == set()
        assert not await unit.pairing_batches.claim(community, date(2026, 3, 2))
        assert not await unit.pairing_batches.claim(community, date(2026, 3, 1))
        assert await unit.pairing_batches.claim(community, date(2026, 3, 3))
