from dataclasses import replace
from datetime import date, timedelta

from bot.domain.schedule import DailySettings
from bot.services.ports.unit_of_work import UnitOfWorkFactory
from tests.contract.given import a_member
from tests.fakes.clock import A_MONDAY


async def test_settings_are_started_once_and_come_back_as_saved(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    member = await a_member(unit_of_work)
    first = DailySettings(community_id=member.community.id, changed_at=A_MONDAY)
    changed = replace(
        first,
        since=A_MONDAY.date(),
        channel="12345678901234567",
        time_zone="America/Bogota",
        hour=20,
        weekdays=frozenset({0, 4}),
        phases=frozenset({1, 7}),
        mentions={0: "1", 7: "2"},
        roles={1: "3"},
        paused_until=date(2026, 4, 1),
        changed_at=A_MONDAY + timedelta(days=1),
    )
    async with unit_of_work() as unit:
        assert await unit.schedules.get(first.community_id) is None
        assert await unit.schedules.start(first) == first
        assert await unit.schedules.start(replace(first, hour=5)) == first
        await unit.schedules.save(changed)
        await unit.commit()
    async with unit_of_work() as unit:
        assert await unit.schedules.get(first.community_id, lock=True) == changed
        assert list(await unit.schedules.all()) == [changed]
