from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.member import Member
from bot.services.another import another
from bot.services.daily_settings import DailyChange, change_dailies
from bot.services.errors import Refused
from bot.services.today import daily_of, today, todays_daily
from bot.services.world import World
from tests.fakes.clock import FakeClock
from tests.fakes.storage.store import FakeStore
from tests.unit.services.conftest import Play


async def test_another_is_open_unsolved_and_not_the_daily(
    world: World, ada: Member, play: Play, clock: FakeClock
) -> None:
    with pytest.raises(Refused, match="no_other"):
        # What requires the daily is still closed.
        await another(world, ada)
    await play(ada, "def add(a, b):\n    return a + b\n")
    shown = await another(world, ada)
    assert shown.challenge.id == "add-more"
    assert not shown.is_daily
    assert (await another(world, ada)).challenge.id == "add-more"
    clock.advance(timedelta(days=1))
    assert (await todays_daily(world, ada)).challenge_id == "add-more"
    with pytest.raises(Refused, match="no_other"):
        await another(world, ada)


async def test_a_daily_tells_what_it_was_chosen_from(world: World, ada: Member) -> None:
    shown = await today(world, ada)
    daily = await daily_of(world, ada.community, 1, world.today_in(ada.community))
    assert (daily.challenge_id, daily.left, daily.total, daily.waiting) == (
        shown.challenge.id,
        2,
        2,
        1,
    )
    with pytest.raises(Refused, match="no_daily"):
        await daily_of(world, ada.community, 2, daily.on)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (DailyChange(time_zone="Narnia"), "unknown_zone"),
        (DailyChange(hour=3), "bad_hour"),
        (DailyChange(weekdays=frozenset()), "no_weekday"),
        (DailyChange(phases=frozenset({9})), "no_phase"),
        (DailyChange(pause_days=1000), "pause_too_long"),
    ],
)
async def test_what_cannot_be_is_refused_and_nothing_changes(
    world: World, ada: Member, store: FakeStore, change: DailyChange, reason: str
) -> None:
    with pytest.raises(Refused, match=reason):
        await change_dailies(world, ada, replace(change, channel="c"))
    assert store.schedules == {}
    assert store.audit == []
