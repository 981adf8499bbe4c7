from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.fakes.discord import FakeDiscord
from tests.fakes.discord.description import Description
from tests.fakes.discord.person import Person
from tests.fakes.discord.world import Channel
from tests.integration.chat.discord.api import Api
from tests.integration.chat.discord.tiny_bot import Running, TinyBot


@pytest.fixture(scope="session")
def description() -> Description:
    """Skipped without the platforms' contracts; CI names where they are."""
    description = Description.at_hand()
    if description is None:
        pytest.skip("no description of Discord's API on this machine")
    return description


@pytest.fixture
async def fake(description: Description) -> AsyncIterator[FakeDiscord]:
    """A Discord on which nothing may go wrong: a test that breaks a rule says so."""
    async with FakeDiscord() as fake:
        with fake.addressed():
            yield fake
    assert fake.violations == []


@pytest.fixture
def general(fake: FakeDiscord) -> Channel:
    return fake.create_channel(fake.create_server(locale="es-ES"))


@pytest.fixture
def ana(fake: FakeDiscord, general: Channel) -> Person:
    return fake.join(general, "ana", locale="es-ES")


@pytest.fixture
async def api(fake: FakeDiscord) -> AsyncIterator[Api]:
    async with aiohttp.ClientSession() as session:
        yield Api(session, fake)


@pytest.fixture
async def bot(fake: FakeDiscord, general: Channel) -> AsyncIterator[TinyBot]:
    async with Running(TinyBot(), fake.token) as bot:
        yield bot
