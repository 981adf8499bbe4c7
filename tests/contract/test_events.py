from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.daily import Tally
from bot.domain.event import EventKind
from bot.services.errors import MemberNotFound
from bot.services.ports.unit_of_work import UnitOfWorkFactory
from tests.contract.given import a_member, a_solved_event
from tests.fakes.clock import A_MONDAY


async def test_log_keeps_its_order_and_every_kind(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    member = await a_member(unit_of_work)
    events = [
        replace(a_solved_event(member, f"{kind}:{number}"), kind=kind)
        for number, kind in enumerate(reversed(EventKind))
    ]
    async with unit_of_work() as unit:
        for event in events:
            assert await unit.events.append(event)
        await unit.commit()
    async with unit_of_work() as unit:
        assert list(await unit.events.of_person(member.person_id)) == events


async def test_same_key_happens_once(unit_of_work: UnitOfWorkFactory) -> None:
    member = await a_member(unit_of_work)
    first = a_solved_event(member, "solved:1")
    async with unit_of_work() as unit:
        assert await unit.events.append(first)
        assert not await unit.events.append(first)
        await unit.commit()
    async with unit_of_work() as unit:
        assert not await unit.events.append(replace(first, points=999))
        assert list(await unit.events.of_person(member.person_id)) == [first]


async def test_others_events_are_not_read(unit_of_work: UnitOfWorkFactory) -> None:
    ada = await a_member(unit_of_work, "Ada")
    grace = await a_member(unit_of_work, "Grace")
    async with unit_of_work() as unit:
        await unit.events.append(a_solved_event(ada, "a"))
        await unit.commit()
    async with unit_of_work() as unit:
        assert list(await unit.events.of_person(grace.person_id)) == []


async def test_nobodys_event_is_refused(unit_of_work: UnitOfWorkFactory) -> None:
    event = a_solved_event(await a_member(unit_of_work), "a")
    async with unit_of_work() as unit:
        with pytest.raises(MemberNotFound):
            await unit.events.append(replace(event, member_id=404))


async def test_points_can_be_taken_back_and_reputation_earned(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    member = await a_member(unit_of_work)
    events = [
        replace(a_solved_event(member, "taken"), points=-30),
        replace(a_solved_event(member, "helped"), points=0, reputation=5),
    ]
    async with unit_of_work() as unit:
        for event in events:
            await unit.events.append(event)
        await unit.commit()
    async with unit_of_work() as unit:
        assert list(await unit.events.of_person(member.person_id)) == events


async def test_how_a_phase_fares_is_told_by_challenge(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada = await a_member(unit_of_work, "Ada")
    ben = await a_member(unit_of_work, "Ben")
    guido = await a_member(unit_of_work, "Guido", community="elsewhere")
    failed, solved = EventKind.ATTEMPT_FAILED, EventKind.SOLVED
    happened = [
        (ada, failed, "one"),
        (ada, solved, "one"),
        (ben, failed, "one"),
        (ben, failed, "one"),
        (ben, EventKind.HINT_TAKEN, "one"),
        (guido, failed, "one"),
        (ada, solved, "two"),
    ]
    events = [
        replace(a_solved_event(who, str(n)), kind=kind, challenge_id=challenge)
        for n, (who, kind, challenge) in enumerate(happened)
    ]
    long_ago = replace(events[0], key="old", occurred_at=A_MONDAY - timedelta(days=9))
    async with unit_of_work() as unit:
        assert await unit.events.append_all([*events, long_ago]) == len(events) + 1
        assert await unit.events.append_all(events) == 0
        await unit.commit()
    async with unit_of_work() as unit:
        tallies = await unit.events.tallies(ada.community.id, 1, A_MONDAY)
        assert list(tallies) == [
            Tally(challenge_id="one", failed=3, solved=1, stuck=1),
            Tally(challenge_id="two", failed=0, solved=1, stuck=0),
        ]
        assert list(await unit.events.tallies(ada.community.id, 2, A_MONDAY)) == []
