from datetime import timedelta

from bot.services.ports.phase_roles import RoleDue
from bot.services.ports.unit_of_work import UnitOfWorkFactory
from tests.contract.given import a_member
from tests.fakes.clock import A_MONDAY

LATER = A_MONDAY + timedelta(minutes=1)


async def all_due(unit_of_work: UnitOfWorkFactory) -> list[RoleDue]:
    async with unit_of_work() as unit:
        return list(await unit.phase_roles.due(["web"], limit=10))


async def test_nobody_is_due_who_was_not_asked_for(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    await a_member(unit_of_work)
    assert await all_due(unit_of_work) == []


async def test_who_is_asked_for_is_due_until_it_is_kept(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada = await a_member(unit_of_work)
    async with unit_of_work() as unit:
        await unit.phase_roles.ask(ada.id, A_MONDAY)
        await unit.commit()
    (due,) = await all_due(unit_of_work)
    assert due == RoleDue(
        member_id=ada.id, external_id="ada", given=None, asked_at=A_MONDAY
    )
    async with unit_of_work() as unit:
        await unit.phase_roles.keep(due, "role-1")
        await unit.commit()
    assert await all_due(unit_of_work) == []


async def test_what_was_asked_again_meanwhile_is_due_still(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada = await a_member(unit_of_work)
    async with unit_of_work() as unit:
        await unit.phase_roles.ask(ada.id, A_MONDAY)
        (due,) = await unit.phase_roles.due(["web"], limit=10)
        await unit.phase_roles.ask(ada.id, LATER)
        await unit.phase_roles.keep(due, "role-1")
        await unit.commit()
    (again,) = await all_due(unit_of_work)
    assert (again.given, again.asked_at) == ("role-1", LATER)


async def test_a_whole_community_is_asked_for_and_no_other(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada = await a_member(unit_of_work)
    ben = await a_member(unit_of_work, "Ben")
    await a_member(unit_of_work, "Cleo", community="away")
    async with unit_of_work() as unit:
        await unit.phase_roles.ask_all(ada.community.id, A_MONDAY)
        await unit.commit()
    assert [one.member_id for one in await all_due(unit_of_work)] == [ada.id, ben.id]


async def test_members_of_other_platforms_are_left_to_others(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada = await a_member(unit_of_work)
    async with unit_of_work() as unit:
        await unit.phase_roles.ask(ada.id, A_MONDAY)
        assert await unit.phase_roles.due(["discord"], limit=10) == []
