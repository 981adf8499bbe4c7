"""Links that work once, browsers that are signed in, boards that are open."""

from datetime import timedelta

import pytest

from bot.services.errors import MemberNotFound
from bot.services.ports.unit_of_work import UnitOfWorkFactory
from bot.storage.sign_ins import BROWSERS_KEPT
from tests.contract.given import a_member
from tests.fakes.clock import A_MONDAY

SOON = A_MONDAY + timedelta(minutes=10)
LATER = A_MONDAY + timedelta(days=30)
LINK, COOKIE = b"link" * 8, b"cook" * 8


async def put_link(
    unit_of_work: UnitOfWorkFactory, member_id: int, digest: bytes = LINK
) -> None:
    async with unit_of_work() as unit:
        await unit.sign_in_links.put(digest, member_id, SOON)
        await unit.commit()


async def start(
    unit_of_work: UnitOfWorkFactory,
    member_id: int,
    digest: bytes = COOKIE,
    minute: int = 0,
) -> None:
    at = A_MONDAY + timedelta(minutes=minute)
    async with unit_of_work() as unit:
        await unit.sign_ins.start(digest, member_id, at, LATER)
        await unit.commit()


async def test_link_is_found_often_and_taken_once(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada = await a_member(unit_of_work)
    await put_link(unit_of_work, ada.id)
    async with unit_of_work() as unit:
        links = unit.sign_in_links
        assert await links.find(LINK, A_MONDAY) == ada.id
        assert await links.find(LINK, A_MONDAY) == ada.id
        assert await links.take(LINK, A_MONDAY) == ada.id
        assert await links.take(LINK, A_MONDAY) is None
        assert await links.find(LINK, A_MONDAY) is None


async def test_link_is_over_at_its_end(unit_of_work: UnitOfWorkFactory) -> None:
    ada = await a_member(unit_of_work)
    await put_link(unit_of_work, ada.id)
    async with unit_of_work() as unit:
        assert await unit.sign_in_links.find(LINK, SOON) is None
        assert await unit.sign_in_links.take(LINK, SOON) is None


async def test_newer_link_is_the_only_one(unit_of_work: UnitOfWorkFactory) -> None:
    ada = await a_member(unit_of_work)
    await put_link(unit_of_work, ada.id)
    await put_link(unit_of_work, ada.id, b"newer")
    async with unit_of_work() as unit:
        assert await unit.sign_in_links.find(LINK, A_MONDAY) is None
        assert await unit.sign_in_links.find(b"newer", A_MONDAY) == ada.id


async def test_nobody_signs_in_who_is_no_member(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    with pytest.raises(MemberNotFound):
        await put_link(unit_of_work, 404)
    with pytest.raises(MemberNotFound):
        await start(unit_of_work, 404)


async def test_browser_speaks_for_the_member_until_its_end(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada = await a_member(unit_of_work)
    await start(unit_of_work, ada.id)
    async with unit_of_work() as unit:
        assert await unit.sign_ins.member_id(COOKIE, A_MONDAY) == ada.id
        assert await unit.sign_ins.member_id(b"forged", A_MONDAY) is None
        assert await unit.sign_ins.member_id(COOKIE, LATER) is None


async def test_person_is_known_in_their_other_communities_and_nowhere_else(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada = await a_member(unit_of_work)
    also_ada = await a_member(unit_of_work, community="away")
    ben = await a_member(unit_of_work, "Ben", community="elsewhere")
    await start(unit_of_work, ada.id)
    async with unit_of_work() as unit:
        find = unit.sign_ins.member_id
        assert await find(COOKIE, A_MONDAY, ada.community.id) == ada.id
        assert await find(COOKIE, A_MONDAY, also_ada.community.id) == also_ada.id
        assert await find(COOKIE, A_MONDAY, ben.community.id) is None
        assert await find(COOKIE, LATER, ada.community.id) is None


async def test_end_ends_one_browser_and_end_all_every_one_with_the_links(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada = await a_member(unit_of_work)
    also_ada = await a_member(unit_of_work, community="away")
    ben = await a_member(unit_of_work, "Ben")
    await start(unit_of_work, ada.id, b"one")
    await start(unit_of_work, also_ada.id, b"two")
    await start(unit_of_work, ben.id, b"bens")
    await put_link(unit_of_work, ada.id)
    async with unit_of_work() as unit:
        await unit.sign_ins.end(b"one")
        assert await unit.sign_ins.member_id(b"one", A_MONDAY) is None
        assert await unit.sign_ins.member_id(b"two", A_MONDAY) == also_ada.id
        await unit.sign_ins.end_all(ada.person_id)
        assert await unit.sign_ins.member_id(b"two", A_MONDAY) is None
        assert await unit.sign_in_links.find(LINK, A_MONDAY) is None
        assert await unit.sign_ins.member_id(b"bens", A_MONDAY) == ben.id


async def test_oldest_browser_goes_when_there_are_too_many(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada = await a_member(unit_of_work)
    for minute in range(BROWSERS_KEPT + 1):
        await start(unit_of_work, ada.id, b"browser %d" % minute, minute)
    async with unit_of_work() as unit:
        assert await unit.sign_ins.member_id(b"browser 0", A_MONDAY) is None
        assert await unit.sign_ins.member_id(b"browser 1", A_MONDAY) == ada.id


async def test_boards_are_open_from_open_to_close(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada = await a_member(unit_of_work)
    community_id = ada.community.id
    async with unit_of_work() as unit:
        assert await unit.open_boards.find(community_id) is None
        await unit.open_boards.open(community_id, A_MONDAY)
        await unit.open_boards.open(community_id, A_MONDAY)
        assert await unit.open_boards.find(community_id) == ada.community
        await unit.open_boards.close(community_id)
        assert await unit.open_boards.find(community_id) is None


async def test_joined_accounts_are_one_person_here_too(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada = await a_member(unit_of_work)
    abroad = await a_member(unit_of_work, "Ada L.", community="away")
    await start(unit_of_work, ada.id)
    async with unit_of_work() as unit:
        away = abroad.community.id
        assert await unit.sign_ins.member_id(COOKIE, A_MONDAY, away) is None
        await unit.links.join(ada.person_id, abroad.person_id, A_MONDAY)
        assert await unit.sign_ins.member_id(COOKIE, A_MONDAY, away) == abroad.id
        await unit.sign_ins.end_all(abroad.person_id)
        assert await unit.sign_ins.member_id(COOKIE, A_MONDAY) is None
