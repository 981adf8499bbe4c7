import os
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.fakes.discord import FakeDiscord
from tests.fakes.discord.description import Description
from tests.fakes.discord.person import Person
from tests.fakes.discord.world import Channel
from tests.integration.chat.discord.api import Api
from tests.integration.chat.discord.tiny_bot import Running, TinyBot

ROOT = Path(__file__).parents[4]


@pytest.fixture(scope="session")
def description() -> Description:
    """Skipped without the platforms' contracts; CI names where they are."""
    named = os.environ.get("CORDADA_CONTRACTS")
    path = Path(named or ROOT.parent / "shared/contracts") / "discord-openapi.json"
    if not path.exists():
        if named:
            pytest.fail(f"no description of Discord's API in {named}")
        pytest.skip("no description of Discord's API on this machine")
    return Description.read(path)


@pytest.fixture
async def fake(description: Description) -> AsyncIterator[FakeDiscord]:
    """A Discord on which nothing may go wrong: a test that breaks a rule says so."""
    async with FakeDiscord(description=description) as fake:
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
