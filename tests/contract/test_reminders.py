from dataclasses import replace
from datetime import timedelta

from bot.services.ports.reminders import Wisher
from bot.services.ports.unit_of_work import UnitOfWorkFactory
from tests.contract.given import a_member
from tests.fakes.clock import A_MONDAY


async def test_who_wishes_is_found_with_their_account(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada = await a_member(unit_of_work, "Ada")
    await a_member(unit_of_work, "Ben")
    async with unit_of_work() as unit:
        await unit.members.save(wishing := replace(ada, reminded=True))
        await unit.commit()
    async with unit_of_work() as unit:
        assert list(await unit.reminders.wishers()) == [
            Wisher(member=wishing, external_id="ada")
        ]


async def test_a_person_is_reminded_of_a_date_once(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada = await a_member(unit_of_work)
    today = A_MONDAY.date()
    tomorrow = today + timedelta(days=1)
    for on, is_first in ((today, True), (today, False), (tomorrow, True)):
        async with unit_of_work() as unit:
            assert await unit.reminders.claim(ada.person_id, on) == is_first
            await unit.commit()
    async with unit_of_work() as unit:
        assert not await unit.reminders.claim(ada.person_id, today)
