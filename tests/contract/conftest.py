"""Each test here runs on the fake and on the real adapter: they promise the same."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.services.ports.installations import Installations, OAuthStates
from bot.services.ports.transcript import Transcript
from bot.services.ports.unit_of_work import UnitOfWorkFactory
from bot.storage.database import create_engine
from bot.storage.installations import PostgresInstallations, PostgresOAuthStates
from bot.storage.transcript import PostgresTranscript
from bot.storage.unit_of_work import unit_of_work_factory
from tests.fakes.clock import FakeClock
from tests.fakes.installations import FakeInstallations, FakeOAuthStates
from tests.fakes.storage.store import FakeStore
from tests.fakes.transcript import FakeTranscript
from tests.fakes.unit_of_work import fake_unit_of_work_factory


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(params=["memory", "postgres"])
async def engine(request: pytest.FixtureRequest) -> AsyncIterator[AsyncEngine | None]:
    if request.param == "memory":
        yield None
        return
    engine = create_engine(request.getfixturevalue("database_url"))
    yield engine
    await engine.dispose()


@pytest.fixture
def unit_of_work(engine: AsyncEngine | None) -> UnitOfWorkFactory:
    if engine is None:
        return fake_unit_of_work_factory(FakeStore())
    return unit_of_work_factory(engine)


@pytest.fixture
def transcript(engine: AsyncEngine | None, clock: FakeClock) -> Transcript:
    if engine is None:
        return FakeTranscript(clock)
    return PostgresTranscript(engine, clock)


@pytest.fixture
def installations(engine: AsyncEngine | None) -> Installations:
    return FakeInstallations() if engine is None else PostgresInstallations(engine)


@pytest.fixture
def oauth_states(engine: AsyncEngine | None) -> OAuthStates:
    return FakeOAuthStates() if engine is None else PostgresOAuthStates(engine)
