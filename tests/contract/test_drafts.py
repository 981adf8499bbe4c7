from bot.services.ports.drafts import Draft
from bot.services.ports.unit_of_work import UnitOfWorkFactory
from tests.contract.given import a_member
from tests.fakes.clock import A_MONDAY


async def test_the_newest_draft_takes_the_place_of_the_one_before(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada = await a_member(unit_of_work, "Ada")
    ben = await a_member(unit_of_work, "Ben")
    numbers = []
    for sources in (("a", "b"), ("ñ\x00", "\ud800")):
        async with unit_of_work() as unit:
            number = await unit.drafts.put(ada.id, "one", sources, A_MONDAY)
            numbers.append(number)
            await unit.commit()
    async with unit_of_work() as unit:
        assert await unit.drafts.get(ada.id, numbers[0]) is None
        newest = await unit.drafts.get(ada.id, numbers[1])
        assert newest == Draft(challenge_id="one", sources=("ñ\x00", "\ud800"))
        assert await unit.drafts.get(ben.id, numbers[1]) is None
