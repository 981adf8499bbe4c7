from collections.abc import AsyncIterator, Iterator

import pytest
from structlog.testing import capture_logs
from structlog.typing import EventDict

from tests.acceptance.discord.installation import Installation
from tests.fakes.discord import Channel, FakeDiscord


@pytest.fixture
def logs() -> Iterator[list[EventDict]]:
    with capture_logs() as logs:
        yield logs


@pytest.fixture
async def fake(logs: list[EventDict]) -> AsyncIterator[FakeDiscord]:
    """A Discord on which nothing may go wrong, for the bot neither."""
    async with FakeDiscord() as fake:
        with fake.addressed():
            yield fake
    assert fake.violations == []
    assert fake.unacknowledged == []
    assert [one for one in logs if one["log_level"] in {"error", "critical"}] == []


@pytest.fixture
def general(fake: FakeDiscord) -> Channel:
    return fake.create_channel(fake.create_server(locale="es-ES"))


@pytest.fixture
def installation(
    fake: FakeDiscord, general: Channel, database_url: str
) -> Installation:
    return Installation(fake=fake, database_url=database_url)
