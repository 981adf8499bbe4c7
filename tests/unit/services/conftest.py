"""A small community on fakes."""

from dataclasses import replace

import pytest

from bot.domain.member import Member
from bot.domain.submission import Submission
from bot.services.enter import enter
from bot.services.judge_submission import judge_submission
from bot.services.ports.members import Account
from bot.services.submit import NewSubmission, submit
from bot.services.world import World
from tests.fakes.catalogue import FakeJudge, fake_catalogue
from tests.fakes.clock import FakeClock
from tests.fakes.storage.store import FakeStore
from tests.fakes.unit_of_work import fake_unit_of_work_factory

ADA = Account(platform="web", external_id="ada", name="Ada")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


@pytest.fixture
def world(store: FakeStore, clock: FakeClock) -> World:
    return World(
        unit_of_work=fake_unit_of_work_factory(store),
        now=clock,
        catalogue=fake_catalogue(),
        submissions_per_minute=3,
    )


@pytest.fixture
async def ada(world: World) -> Member:
    return await enter(world, ADA, "home")


class Play:
    """Hands in and judges in one step."""

    def __init__(self, world: World, store: FakeStore) -> None:
        self.world = world
        self.store = store
        self.judge = FakeJudge()

    async def __call__(
        self, member: Member, source: str, challenge_id: str = "add-up"
    ) -> Submission:
        answer = NewSubmission(challenge_id=challenge_id, source=source, place={})
        accepted = await submit(self.world, member, answer)
        await judge_submission(self.world, self.judge, accepted.submission.id)
        return self.store.submissions[accepted.submission.id]


@pytest.fixture
def play(world: World, store: FakeStore) -> Play:
    return Play(replace(world, submissions_per_minute=100), store)
