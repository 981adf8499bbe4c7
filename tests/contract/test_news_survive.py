"""News of a process that dies anywhere are posted all the same, and once."""

from asyncio import CancelledError
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import pytest

from bot.chat.news import NewsPoster
from bot.chat.operations import Channel, Posted
from bot.domain.member import Member
from bot.domain.news import CLAIM, IN_ONE_MESSAGE, STALE
from bot.services.ports.unit_of_work import UnitOfWorkFactory
from bot.services.world import World
from tests.contract.given import a_member
from tests.contract.test_news import news_of, put
from tests.fakes.catalogue import fake_catalogue
from tests.fakes.clock import FakeClock
from tests.fakes.operations import FakeOperations, NotAllowed

COUNT = IN_ONE_MESSAGE + 2
# More steps than it takes to post two messages.
ALL_STEPS = 40


@dataclass
class Life:
    """Ends before its last step."""

    steps: int

    def step(self) -> None:
        if self.steps == 0:
            raise CancelledError
        self.steps -= 1


class MortalUnit:
    def __init__(self, unit: Any, life: Life) -> None:
        self._unit, self._life = unit, life

    async def __aenter__(self) -> Self:
        self._life.step()
        await self._unit.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._unit.__aexit__(kind, error, trace)

    async def commit(self) -> None:
        self._life.step()
        await self._unit.commit()
        self._life.step()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._unit, name)


class MortalPlatform(FakeOperations):
    life = Life(ALL_STEPS)

    async def own_channel(self, community: str) -> Channel | None:
        self.life.step()
        return await super().own_channel(community)

    async def post_once(self, *given: Any, **named: Any) -> Posted:
        self.life.step()
        posted = await super().post_once(*given, **named)
        # A platform forgets a key in time, and is then asked to look.
        self.forget_keys()
        self.life.step()
        return posted


def mortal(unit_of_work: UnitOfWorkFactory, clock: FakeClock, life: Life) -> World:
    def begin() -> Any:
        return MortalUnit(unit_of_work(), life)

    return World(unit_of_work=begin, now=clock, catalogue=fake_catalogue())


async def post(poster: NewsPoster, member: Member) -> None:
    poster.wake(member.community)
    await poster.settle()


@pytest.mark.parametrize("steps", range(20))
async def test_a_death_at_any_step_loses_none_and_doubles_none(
    unit_of_work: UnitOfWorkFactory, clock: FakeClock, steps: int
) -> None:
    ada = await a_member(unit_of_work)
    await put(unit_of_work, *(news_of(ada, second) for second in range(COUNT)))
    discord = MortalPlatform(own={ada.community.external_id: "general"})
    discord.life = Life(steps)
    world = mortal(unit_of_work, clock, discord.life)
    await post(NewsPoster(world, {"web": discord}), ada)
    discord.life = Life(ALL_STEPS)
    clock.advance(CLAIM)
    world = mortal(unit_of_work, clock, discord.life)
    survivor = NewsPoster(world, {"web": discord})
    await survivor.sweep()
    await survivor.settle()
    told = [one.text for one in discord.said["general"].values()]
    assert [text.count("Ada") for text in told] == [IN_ONE_MESSAGE, 2]
    async with unit_of_work() as unit:
        assert await unit.news.waiting(clock() + CLAIM) == []


async def test_what_a_channel_never_takes_is_let_go(
    unit_of_work: UnitOfWorkFactory, clock: FakeClock
) -> None:
    ada = await a_member(unit_of_work)
    world = World(unit_of_work=unit_of_work, now=clock, catalogue=fake_catalogue())
    discord = FakeOperations(own={"home": "general"}, mute={"general"})
    await put(unit_of_work, news_of(ada))
    await post(NewsPoster(world, {"web": discord}), ada)
    async with unit_of_work() as unit:
        assert await unit.news.waiting(clock() + CLAIM) == []


async def test_while_a_platform_is_away_they_wait_for_a_day(
    unit_of_work: UnitOfWorkFactory,
    clock: FakeClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ada = await a_member(unit_of_work)
    world = World(unit_of_work=unit_of_work, now=clock, catalogue=fake_catalogue())
    discord = FakeOperations(own={"home": "general"}, mute={"general"})
    monkeypatch.setattr(NotAllowed, "permanent", False)
    poster = NewsPoster(world, {"web": discord})
    await put(unit_of_work, news_of(ada))
    await post(poster, ada)
    discord.mute.clear()
    await poster.sweep()
    await poster.settle()
    assert discord.said.get("general", {}) == {}
    clock.advance(CLAIM)
    await poster.sweep()
    await poster.settle()
    assert len(discord.said["general"]) == 1
    await put(unit_of_work, news_of(ada))
    clock.advance(STALE)
    await poster.sweep()
    await poster.settle()
    assert len(discord.said["general"]) == 1
