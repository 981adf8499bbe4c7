"""Several processes, killed at random points, post each daily exactly once."""

import asyncio
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.chat.daily import DailyPoster
from bot.clockwork import Clockwork
from bot.domain.daily_post import CLAIM, PostState
from bot.domain.member import Community
from bot.metrics import Metrics
from bot.services.ports.members import Account
from bot.services.world import World
from bot.storage.unit_of_work import PostgresUnitOfWork, unit_of_work_factory
from tests.fakes.catalogue import fake_catalogue
from tests.fakes.clock import FakeClock
from tests.fakes.operations import FakeOperations

DAYS = 6
REPLICAS = 3


class Killed(BaseException):
    """As a process ends: no `except Exception` sees it."""


@dataclass
class Fate:
    """Kills whoever does something, one time in so many."""

    random: Random
    one_in: int = 9
    killed: int = field(default=0)

    def strike(self) -> None:
        if self.one_in and self.random.randrange(self.one_in) == 0:
            self.killed += 1
            raise Killed


class MortalUnit(PostgresUnitOfWork):
    """May die before its commit or after it."""

    fate: Fate

    async def commit(self) -> None:
        self.fate.strike()
        await super().commit()
        self.fate.strike()


class MortalOperations(FakeOperations):
    def __init__(self, real: FakeOperations, fate: Fate) -> None:
        super().__init__(**vars(real))
        self._fate = fate

    def _post(self, *given: Any, **more: Any) -> Any:
        self._fate.strike()
        posted = super()._post(*given, **more)
        self._fate.strike()
        return posted


@pytest.mark.parametrize("seed", range(4))
async def test_each_daily_is_posted_exactly_once(
    engine: AsyncEngine, seed: int
) -> None:
    random = Random(seed)
    fate = Fate(random)
    clock = FakeClock()
    operations = FakeOperations(own={"home": "general"})

    def mortal() -> MortalUnit:
        unit = MortalUnit(engine)
        unit.fate = fate
        return unit

    world = World(unit_of_work=mortal, now=clock, catalogue=fake_catalogue())

    async def replica() -> None:
        mortals = MortalOperations(operations, fate)
        poster = DailyPoster(world, {"web": mortals}, Metrics())
        with suppress(Killed):
            await Clockwork(world, poster).tick()

    community = await founded(engine, clock)
    for _ in range(DAYS):
        clock.advance(timedelta(days=1))
        fate.one_in = 9
        for _ in range(4):
            await asyncio.gather(*(replica() for _ in range(REPLICAS)))
            # Claims of the dead run out, and the platform forgets its keys.
            clock.advance(CLAIM + timedelta(seconds=random.randrange(30)))
            operations.forget_keys()
        fate.one_in = 0
        for _ in range(2):
            await asyncio.gather(*(replica() for _ in range(REPLICAS)))
            clock.advance(CLAIM)
        clock.advance(-6 * CLAIM)
    assert fate.killed > DAYS, "hardly anybody was killed"
    said = Counter(one.key for one in operations.said["general"].values())
    assert len(said) == 2 * DAYS
    assert set(said.values()) == {1}
    async with PostgresUnitOfWork(engine) as unit:
        posts = await unit.daily_posts.of_days(community.id, clock.now.date().min)
    assert [one.state for one in posts] == [PostState.POSTED] * (2 * DAYS)
    assert {one.key for one in posts} == set(said)
    assert all(one.thread for one in posts)
    assert len(operations.threads) == 2 * DAYS


async def founded(engine: AsyncEngine, clock: FakeClock) -> Community:
    async with unit_of_work_factory(engine)() as unit:
        for name, phase in (("ada", 1), ("ben", 7)):
            account = Account(platform="web", external_id=name, name=name)
            member, _ = await unit.members.enter(account, "home", clock.now)
            await unit.members.save(replace(member, phase=phase))
        await unit.commit()
    return member.community
