"""Accounts that are joined while they are joined, deleted, or score."""

import asyncio
from collections.abc import Awaitable, Sequence

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.member import Member
from bot.services.enter import enter
from bot.services.errors import MemberNotFound, Refused
from bot.services.link import Linked, link, make_code, unlink
from bot.services.ports.unit_of_work import UnitOfWorkFactory
from bot.services.privacy import delete_data
from bot.services.rebuild import rebuild
from bot.services.sign_in import make_link, sign_in, signed_in
from bot.services.world import World
from tests.contract.given import ADA, a_member, earn
from tests.fakes.catalogue import fake_catalogue
from tests.fakes.clock import FakeClock

ROUNDS = 6
PATIENCE_S = 60


@pytest.fixture
def world(unit_of_work: UnitOfWorkFactory) -> World:
    return World(unit_of_work=unit_of_work, now=FakeClock(), catalogue=fake_catalogue())


async def accounts(world: World, number: int, name: str = "a") -> Sequence[Member]:
    """Each in a community of its own, and with points."""
    found = []
    for n in range(number):
        member = await a_member(world.unit_of_work, f"{name}{n}", f"town-{n}")
        await earn(world.unit_of_work, member, 80)
        found.append(member)
    return found


async def at_once(*acts: Awaitable[object]) -> list[object]:
    """What came of them; whatever is no refusal is raised."""
    async with asyncio.timeout(PATIENCE_S):
        results = await asyncio.gather(*acts, return_exceptions=True)
    for one in results:
        if isinstance(one, BaseException) and not isinstance(one, Refused):
            raise one
    return list(results)


async def assert_boards_are_the_fold(world: World) -> None:
    rebuilt = await rebuild(world, lambda _: None)
    assert (rebuilt.totals, rebuilt.counts) == (0, 0)


async def test_two_who_enter_each_others_codes_at_once_are_linked_once(
    world: World,
) -> None:
    for turn in range(ROUNDS):
        ana, ben = await accounts(world, 2, f"{turn}-")
        codes = [await make_code(world, one) for one in (ana, ben)]
        results = await at_once(
            link(world, ana, codes[1].text),
            link(world, ben, codes[0].text),
            earn(world.unit_of_work, ana, 32),
            earn(world.unit_of_work, ben, 32),
        )
        (refused,) = [one for one in results if isinstance(one, Refused)]
        assert refused.reason == "link_same_person"
        assert sum(isinstance(one, Linked) for one in results) == 1
    await assert_boards_are_the_fold(world)


async def test_three_accounts_that_are_joined_in_a_ring_at_once_are_one_person(
    world: World,
) -> None:
    for turn in range(ROUNDS):
        three = await accounts(world, 3, f"{turn}-")
        codes = [await make_code(world, one) for one in three]
        results = await at_once(
            *(link(world, one, codes[n - 1].text) for n, one in enumerate(three)),
            *(earn(world.unit_of_work, one, 32) for one in three),
        )
        assert sum(isinstance(one, Linked) for one in results) == 2
        async with world.unit_of_work() as unit:
            together = await unit.members.of_person(three[turn % 3].person_id)
        assert len(together) == 3
    await assert_boards_are_the_fold(world)


async def test_one_code_that_two_enter_at_once_links_one_of_them(
    world: World,
) -> None:
    ana, ben, cleo = await accounts(world, 3)
    code = await make_code(world, ana)
    results = await at_once(*(link(world, one, code.text) for one in (ben, cleo)))
    (refused,) = [one for one in results if isinstance(one, Refused)]
    assert refused.reason == "link_code_unknown"


async def test_who_is_deleted_and_linked_at_once_leaves_nothing(
    world: World, engine: AsyncEngine
) -> None:
    for turn in range(ROUNDS):
        ana, ben = await accounts(world, 2, f"{turn}-")
        code = await make_code(world, ana)
        acts = [link(world, ben, code.text), delete_data(world, ana)]
        results = await at_once(*(acts if turn % 2 else acts[::-1]))
        linked = any(isinstance(one, Linked) for one in results)
        async with world.unit_of_work() as unit:
            with pytest.raises(MemberNotFound):
                await unit.members.get(ana.id)
            # Who was one person by then went whole.
            assert len(await unit.members.of_person(ben.person_id)) == (not linked)
    async with engine.connect() as connection:
        left = await connection.execute(text("SELECT count(*) FROM person_link"))
        assert left.scalar_one() == 0
    await assert_boards_are_the_fold(world)


async def test_a_code_of_who_is_gone_is_unknown_and_holds_up_nobody(
    world: World, engine: AsyncEngine
) -> None:
    """Both wait for the same people: whoever deletes comes first."""
    ana, ben = await accounts(world, 2)
    code = await make_code(world, ana)
    async with world.unit_of_work() as unit:
        await unit.links.lock([ana.person_id])
        deleting = asyncio.create_task(delete_data(world, ana))
        await waiting(engine, 1)
        linking = asyncio.create_task(link(world, ben, code.text))
        await waiting(engine, 2)
    async with asyncio.timeout(PATIENCE_S):
        assert await deleting == 1
        with pytest.raises(Refused) as refusal:
            await linking
    assert refusal.value.reason == "link_code_unknown"
    await assert_boards_are_the_fold(world)


async def waiting(engine: AsyncEngine, sessions: int) -> None:
    """Until so many statements of this database wait for others' locks."""
    query = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    async with asyncio.timeout(PATIENCE_S), engine.connect() as connection:
        while (await connection.execute(query)).scalar_one() < sessions:
            await connection.rollback()


async def test_a_browser_stays_signed_in_when_its_person_is_joined_and_parted(
    world: World,
) -> None:
    ana = await enter(world, ADA, "home")
    (ben,) = await accounts(world, 1)
    browsers = [await sign_in(world, await make_link(world, one)) for one in (ana, ben)]
    code = await make_code(world, ana)
    linked = await link(world, ben, code.text)
    for browser, own, other in zip(browsers, (ana, ben), (ben, ana), strict=True):
        assert browser is not None
        here = await signed_in(world, browser.secret)
        assert here is not None
        assert here.id == own.id
        # As one person they are signed in where the other account is, too.
        there = await signed_in(world, browser.secret, other.community.id)
        assert there is not None
        assert there.id == other.id
    await unlink(world, ana, linked.id)
    for browser, own, other in zip(browsers, (ana, ben), (ben, ana), strict=True):
        assert browser is not None
        here = await signed_in(world, browser.secret)
        assert here is not None
        assert here.id == own.id
        assert await signed_in(world, browser.secret, other.community.id) is None
    await delete_data(world, ben)
    assert browsers[1] is not None
    assert await signed_in(world, browsers[1].secret) is None
