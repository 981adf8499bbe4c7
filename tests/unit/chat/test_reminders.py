"""Reminders, from the wish to the message, on fakes."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.chat.reminders import BETWEEN_TWO_S, Reminding
from bot.services.change_settings import Change, change_settings
from bot.services.enter import enter
from bot.services.ports.members import Account
from bot.services.today import today
from bot.services.world import World
from tests.fakes.catalogue import RIGHT, fake_catalogue
from tests.fakes.clock import FakeClock
from tests.fakes.operations import FakeOperations
from tests.fakes.storage.store import FakeStore
from tests.fakes.unit_of_work import fake_unit_of_work_factory
from tests.unit.services.conftest import Play

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@dataclass
class Evening:
    clock: FakeClock = field(default_factory=lambda: FakeClock(NOON))
    store: FakeStore = field(default_factory=FakeStore)
    operations: FakeOperations = field(default_factory=FakeOperations)
    pauses: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.world = World(
            unit_of_work=fake_unit_of_work_factory(self.store),
            now=self.clock,
            catalogue=fake_catalogue(),
            submissions_per_minute=100,
        )

    async def pass_time(self, by: timedelta) -> None:
        """Two replicas look every quarter of an hour."""
        until = self.clock.now + by
        while self.clock.now < until:
            self.clock.advance(HOUR / 4)
            for _ in range(2):
                await Reminding(self.world, {"web": self.operations}, self._pause)()

    async def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)

    async def join(self, name: str, zone: str, *, solved: bool) -> None:
        account = Account(
            platform="web", external_id=name, name=name.title(), time_zone=zone
        )
        member = await enter(self.world, account, "home")
        member = await change_settings(self.world, member, Change(reminded=True))
        if solved:
            daily = await today(self.world, member)
            await Play(self.world, self.store)(member, RIGHT, daily.challenge.id)

    def told(self, name: str) -> list[str]:
        return self.operations.told.get(name, [])


@pytest.fixture
def evening() -> Evening:
    return Evening()


async def test_each_is_reminded_once_in_their_own_evening(evening: Evening) -> None:
    await evening.join("ada", "UTC", solved=True)
    await evening.join("ben", "America/Bogota", solved=True)
    await evening.pass_time(30 * HOUR)
    assert evening.told("ada") == []
    # The next day neither solves anything: eight in the evening, each where they are.
    await evening.pass_time(2 * HOUR + HOUR / 4)
    (told,) = evening.told("ada")
    assert "1-day streak" in told
    assert evening.told("ben") == []
    await evening.pass_time(6 * HOUR)
    assert (len(evening.told("ada")), len(evening.told("ben"))) == (1, 1)


async def test_who_has_nothing_to_lose_is_left_alone(evening: Evening) -> None:
    await evening.join("ada", "UTC", solved=False)
    await evening.pass_time(48 * HOUR)
    assert evening.told("ada") == []


async def test_who_refuses_messages_is_not_asked_again(evening: Evening) -> None:
    await evening.join("ada", "UTC", solved=True)
    evening.operations.closed.add("ada")
    await evening.pass_time(36 * HOUR)
    assert [one.reminded for one in evening.store.members.values()] == [False]
    evening.operations.closed.clear()
    await evening.pass_time(48 * HOUR)
    assert evening.told("ada") == []


async def test_many_are_told_one_after_another(evening: Evening) -> None:
    for n in range(5):
        await evening.join(f"m{n}", "UTC", solved=True)
    await evening.pass_time(36 * HOUR)
    assert evening.pauses == [BETWEEN_TWO_S] * 5


async def test_nobody_is_reminded_who_did_not_ask(evening: Evening) -> None:
    await evening.join("ada", "UTC", solved=True)
    for member in evening.store.members.values():
        await change_settings(evening.world, replace(member), Change(reminded=False))
    await evening.pass_time(48 * HOUR)
    assert evening.told("ada") == []
