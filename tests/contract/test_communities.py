from bot.services.ports.unit_of_work import UnitOfWorkFactory
from tests.contract.given import a_member


async def test_putting_again_changes_the_settings_and_makes_no_second(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    async with unit_of_work() as unit:
        first = await unit.communities.put(
            "web", "home", name="Home", language="en", time_zone="UTC"
        )
        second = await unit.communities.put(
            "web", "home", name="Casa", language="es", time_zone="America/Bogota"
        )
        assert first.id == second.id
        assert list(await unit.communities.all()) == [second]


async def test_members_see_their_communitys_new_settings(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    member = await a_member(unit_of_work)
    async with unit_of_work() as unit:
        await unit.communities.put(
            "web", "home", name="Casa", language="es", time_zone="America/Bogota"
        )
        await unit.commit()
    async with unit_of_work() as unit:
        found = await unit.members.get(member.id)
    assert found.community.language == "es"
    assert found.zone == "America/Bogota"
