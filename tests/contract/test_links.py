from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.link import CODE_LASTS
from bot.domain.member import Member
from bot.services.errors import MemberNotFound
from bot.services.ports.unit_of_work import UnitOfWorkFactory
from tests.contract.given import ADA, a_member, a_solved_event, a_submission
from tests.fakes.clock import A_MONDAY

SOON = A_MONDAY + CODE_LASTS


async def on(unit_of_work: UnitOfWorkFactory, platform: str) -> Member:
    async with unit_of_work() as unit:
        member, _ = await unit.members.enter(
            replace(ADA, platform=platform), "home", A_MONDAY
        )
        await unit.commit()
    return member


async def join(unit_of_work: UnitOfWorkFactory, one: Member, other: Member) -> int:
    async with unit_of_work() as unit:
        await unit.links.lock([one.person_id, other.person_id])
        link = await unit.links.join(one.person_id, other.person_id, A_MONDAY)
        await unit.commit()
    return link.id


async def seen(unit_of_work: UnitOfWorkFactory, member: Member) -> Member:
    async with unit_of_work() as unit:
        return await unit.members.get(member.id, lock=True)


async def change(unit_of_work: UnitOfWorkFactory, member: Member) -> None:
    async with unit_of_work() as unit:
        await unit.members.save(member)
        await unit.commit()


async def test_a_code_is_taken_once_and_only_in_time(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada = await a_member(unit_of_work)
    async with unit_of_work() as unit:
        await unit.link_codes.put(b"first", ada.id, SOON)
        await unit.link_codes.put(b"second", ada.id, SOON)
        assert await unit.link_codes.find(b"first", A_MONDAY) is None
        assert await unit.link_codes.find(b"second", A_MONDAY) == ada.id
        assert await unit.link_codes.find(b"second", SOON) is None
        assert await unit.link_codes.take(b"second", SOON) is None
        assert await unit.link_codes.take(b"second", A_MONDAY) == ada.id
        assert await unit.link_codes.take(b"second", A_MONDAY) is None
        with pytest.raises(MemberNotFound):
            await unit.link_codes.put(b"third", 404, SOON)


async def test_tries_are_counted_anew_when_the_time_is_over(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada = await a_member(unit_of_work, "Ada")
    ben = await a_member(unit_of_work, "Ben")
    within = timedelta(minutes=10)
    async with unit_of_work() as unit:
        codes = unit.link_codes
        minutes = [0, 9, 9, 10, 19]
        counted = [
            await codes.count_try(
                ada.person_id, A_MONDAY + timedelta(minutes=minute), within
            )
            for minute in minutes
        ]
        assert await codes.count_try(ben.person_id, A_MONDAY, within) == 1
    assert counted == [1, 2, 3, 1, 2]


async def test_what_is_read_of_one_account_is_read_of_all_until_it_is_undone(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    web, slack, discord = [
        await on(unit_of_work, one) for one in ("web", "slack", "discord")
    ]
    async with unit_of_work() as unit:
        for member in (web, slack, discord):
            await unit.events.append(a_solved_event(member, f"solved:{member.id}"))
            await unit.submissions.add(a_submission(member, minute=member.id))
        await unit.commit()

    async def read(member: Member) -> tuple[int, int, int, int]:
        async with unit_of_work() as unit:
            return (
                len(await unit.events.of_person(member.person_id)),
                len(await unit.submissions.history(member.person_id)),
                await unit.submissions.count_since(member.person_id, A_MONDAY),
                len(await unit.members.of_person(member.person_id)),
            )

    first = await join(unit_of_work, slack, discord)
    assert [await read(one) for one in (web, slack, discord)] == [
        (1, 1, 1, 1),
        (2, 2, 2, 2),
        (2, 2, 2, 2),
    ]
    second = await join(unit_of_work, discord, web)
    assert [await read(one) for one in (web, slack, discord)] == [(3, 3, 3, 3)] * 3
    async with unit_of_work() as unit:
        standing = await unit.links.standing(web.person_id)
        assert [one.id for one in standing] == [first, second]
        members = await unit.members.of_person(slack.person_id)
        assert [one.id for one in members] == [web.id, slack.id, discord.id]
        await unit.links.undo(first, A_MONDAY)
        await unit.links.undo(first, A_MONDAY)
        await unit.commit()
    assert [await read(one) for one in (web, slack, discord)] == [
        (2, 2, 2, 2),
        (1, 1, 1, 1),
        (2, 2, 2, 2),
    ]
    async with unit_of_work() as unit:
        assert await unit.links.standing(slack.person_id) == []
        assert await unit.submissions.attempts(slack.person_id, "x") == 0


async def test_settings_are_those_of_who_came_first_and_come_back_when_undone(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    web, slack = [await on(unit_of_work, one) for one in ("web", "slack")]
    await change(unit_of_work, replace(web, language="es", time_zone="Asia/Tokyo"))
    await change(unit_of_work, replace(slack, language="en", day_start_hour=6))
    before = await seen(unit_of_work, slack)
    link = await join(unit_of_work, slack, web)
    joined = await seen(unit_of_work, slack)
    assert (joined.language, joined.time_zone) == ("es", "Asia/Tokyo")
    assert joined.day_start_hour == 4
    await change(unit_of_work, replace(joined, time_zone="Europe/Madrid", phase=3))
    assert (await seen(unit_of_work, web)).time_zone == "Europe/Madrid"
    async with unit_of_work() as unit:
        await unit.links.undo(link, A_MONDAY)
        await unit.commit()
    assert await seen(unit_of_work, slack) == replace(before, phase=3)
    async with unit_of_work() as unit:
        entered, _ = await unit.members.enter(
            replace(ADA, platform="slack"), "home", A_MONDAY
        )
    assert entered == replace(before, phase=3)


async def test_who_hid_one_account_is_hidden_with_all_until_they_show_themselves(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    web, slack = [await on(unit_of_work, one) for one in ("web", "slack")]
    await change(unit_of_work, replace(slack, hidden=True))
    link = await join(unit_of_work, web, slack)
    joined = await seen(unit_of_work, web)
    assert joined.hidden
    await change(unit_of_work, replace(joined, language="es"))
    async with unit_of_work() as unit:
        await unit.links.undo(link, A_MONDAY)
        await unit.commit()
    assert not (await seen(unit_of_work, web)).hidden
    assert (await seen(unit_of_work, slack)).hidden
    await join(unit_of_work, slack, web)
    await change(unit_of_work, replace(joined, hidden=False))
    assert not (await seen(unit_of_work, web)).hidden
    assert not (await seen(unit_of_work, slack)).hidden
