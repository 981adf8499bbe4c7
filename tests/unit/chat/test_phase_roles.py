"""The role of a member's phase, whatever dies or fails in between."""

from dataclasses import dataclass, field, replace

import pytest

from bot.chat.phase_roles import RoleGiver
from bot.domain.member import Member
from bot.domain.schedule import DailySettings
from bot.services.change_phase import choose_phase
from bot.services.daily_settings import DailyChange, change_dailies
from bot.services.enter import enter
from bot.services.ports.members import Account
from bot.services.world import World
from tests.fakes.clock import A_MONDAY, FakeClock
from tests.fakes.phases import catalogue_of_phases
from tests.fakes.storage.store import FakeStore
from tests.fakes.unit_of_work import fake_unit_of_work_factory

ROLES = {1: "learner", 2: "builder"}


class Trouble(Exception):
    def __init__(self, *, permanent: bool) -> None:
        super().__init__(permanent)
        self.permanent = permanent


@dataclass
class Server:
    """Fails as often as it is told to, after it has done what was asked."""

    had: set[tuple[str, str]] = field(default_factory=set)
    failures: list[Exception] = field(default_factory=list)
    calls: int = 0

    async def give_role(self, community: str, member: str, role: str) -> None:
        self.had.add((member, role))
        self._fail()

    async def take_role(self, community: str, member: str, role: str) -> None:
        self.had.discard((member, role))
        self._fail()

    def _fail(self) -> None:
        self.calls += 1
        if self.failures:
            raise self.failures.pop()


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


@pytest.fixture
def world(store: FakeStore) -> World:
    return World(
        unit_of_work=fake_unit_of_work_factory(store),
        now=FakeClock(),
        catalogue=catalogue_of_phases(),
    )


@pytest.fixture
async def ada(world: World, store: FakeStore) -> Member:
    account = Account(platform="discord", external_id="ada", name="Ada")
    member = await enter(world, account, "home")
    member = replace(member, phase=2)
    store.members[member.id] = member
    settings = DailySettings(
        community_id=member.community.id, changed_at=A_MONDAY, roles=ROLES
    )
    store.schedules[member.community.id] = settings
    return member


async def test_who_enters_and_who_moves_is_given_the_role_of_their_phase(
    world: World, ada: Member
) -> None:
    server = Server()
    give = RoleGiver(world, {"discord": server})
    await give()
    assert server.had == {("ada", "builder")}
    await choose_phase(world, ada, 1)
    await give()
    assert server.had == {("ada", "learner")}
    calls = server.calls
    await give()
    assert server.calls == calls


async def test_what_failed_is_done_again_until_it_is_done(
    world: World, ada: Member
) -> None:
    server = Server(failures=[Trouble(permanent=False) for _ in range(3)])
    give = RoleGiver(world, {"discord": server})
    for _ in range(5):
        await give()
    assert server.had == {("ada", "builder")}
    assert server.calls == 4


async def test_what_can_never_be_done_is_not_tried_for_ever(
    world: World, ada: Member
) -> None:
    server = Server(failures=[Trouble(permanent=True)])
    give = RoleGiver(world, {"discord": server})
    for _ in range(3):
        await give()
    assert server.calls == 1


async def test_roles_that_an_organiser_sets_come_to_everybody(
    world: World, ada: Member
) -> None:
    server = Server()
    give = RoleGiver(world, {"discord": server})
    await give()
    await change_dailies(world, ada, DailyChange(roles={2: "maker"}))
    await give()
    assert server.had == {("ada", "maker")}
    await change_dailies(world, ada, DailyChange(roles={2: ""}))
    await give()
    assert server.had == set()


async def test_without_roles_and_on_other_platforms_nothing_is_asked(
    world: World, ada: Member, store: FakeStore
) -> None:
    await RoleGiver(world, {"slack": Server()})()
    assert list(store.roles_asked) == [ada.id]
    store.schedules.clear()
    server = Server()
    await RoleGiver(world, {"discord": server})()
    assert (server.calls, store.roles_asked) == (0, {})
