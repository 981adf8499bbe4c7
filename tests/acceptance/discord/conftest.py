from collections.abc import AsyncIterator

import pytest

from tests.acceptance.discord.installation import Installation
from tests.fakes.discord import Channel, FakeDiscord


@pytest.fixture
async def fake() -> AsyncIterator[FakeDiscord]:
    """A Discord on which nothing may go wrong."""
    async with FakeDiscord() as fake:
        with fake.addressed():
            yield fake
    assert fake.violations == []
    assert fake.unacknowledged == []


@pytest.fixture
def general(fake: FakeDiscord) -> Channel:
    return fake.create_channel(fake.create_server(locale="es-ES"))


@pytest.fixture
def installation(
    fake: FakeDiscord, general: Channel, database_url: str
) -> Installation:
    return Installation(fake=fake, database_url=database_url)
