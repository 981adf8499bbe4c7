from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.again import ReturnReason
from bot.domain.event import EventKind
from bot.domain.member import Member
from bot.services.again import read_returns
from bot.services.streaks import read_streak
from bot.services.world import World
from tests.fakes.catalogue import RIGHT, WRONG
from tests.fakes.clock import FakeClock
from tests.fakes.phases import catalogue_of_phases
from tests.fakes.storage.store import FakeStore
from tests.unit.services.conftest import Play


@pytest.fixture
def world(world: World) -> World:
    return replace(world, catalogue=catalogue_of_phases())


async def test_what_failed_comes_back_and_doing_it_in_time_is_the_days_work(
    world: World, ada: Member, play: Play, clock: FakeClock, store: FakeStore
) -> None:
    await play(ada, WRONG)
    assert (await read_returns(world, ada)).due == []
    clock.advance(timedelta(days=1))
    (due,) = (await read_returns(world, ada)).due
    assert (due.challenge_id, due.why) == ("add-up", ReturnReason.FAILED)
    await play(ada, RIGHT)
    (later,) = (await read_returns(world, ada)).later
    clock.advance(later.on - world.today_of(ada))
    again = await play(ada, RIGHT)
    assert again.points == 0
    (repeated,) = (
        one for one in store.events.values() if one.kind is EventKind.REPEATED
    )
    assert repeated.facts["due"] == 1
    streak = await read_streak(world, ada)
    assert streak.solved_days == 2


async def test_handing_in_once_more_before_its_time_counts_for_nothing(
    world: World, ada: Member, play: Play, clock: FakeClock
) -> None:
    await play(ada, RIGHT)
    clock.advance(timedelta(days=1))
    await play(ada, RIGHT)
    assert (await read_streak(world, ada)).solved_days == 1
