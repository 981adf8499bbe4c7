from dataclasses import replace
from datetime import timedelta

from bot.domain.daily import Daily
from bot.services.ports.unit_of_work import UnitOfWorkFactory
from tests.contract.given import a_member
from tests.fakes.clock import A_MONDAY


async def test_the_first_daily_put_wins(unit_of_work: UnitOfWorkFactory) -> None:
    member = await a_member(unit_of_work)
    first = Daily(
        community_id=member.community.id,
        phase=2,
        on=A_MONDAY.date(),
        challenge_id="one",
    )
    async with unit_of_work() as unit:
        assert await unit.dailies.put(first) == first
        await unit.commit()
    async with unit_of_work() as unit:
        assert await unit.dailies.put(replace(first, challenge_id="two")) == first
        await unit.commit()
    async with unit_of_work() as unit:
        assert await unit.dailies.find(first.community_id, 2, first.on) == first
        assert await unit.dailies.find(first.community_id, 1, first.on) is None


async def test_posted_dailies_come_oldest_first(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    member = await a_member(unit_of_work)
    days = [
        Daily(
            community_id=member.community.id,
            phase=1,
            on=A_MONDAY.date() + timedelta(days=day),
            challenge_id=f"day-{day}",
        )
        for day in range(3)
    ]
    async with unit_of_work() as unit:
        for daily in (days[2], days[0], days[1], replace(days[0], phase=3)):
            await unit.dailies.put(daily)
        await unit.commit()
    async with unit_of_work() as unit:
        assert list(await unit.dailies.posted(member.community.id, 1)) == days


async def test_dailies_of_a_day_come_by_phase(unit_of_work: UnitOfWorkFactory) -> None:
    home = (await a_member(unit_of_work)).community.id
    away = (await a_member(unit_of_work, community="away")).community.id
    today, tomorrow = A_MONDAY.date(), A_MONDAY.date() + timedelta(days=1)
    wanted = [
        Daily(community_id=home, phase=phase, on=today, challenge_id=f"c{phase}")
        for phase in (3, 1)
    ]
    others = [
        Daily(community_id=home, phase=2, on=tomorrow, challenge_id="c2"),
        Daily(community_id=away, phase=4, on=today, challenge_id="c4"),
    ]
    async with unit_of_work() as unit:
        for one in (*wanted, *others):
            await unit.dailies.put(one)
        assert await unit.dailies.on(home, today) == wanted[::-1]
