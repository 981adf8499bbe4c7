"""From a command to a verdict on Slack, by the real slack-bolt over sockets."""

from collections.abc import AsyncIterator

import pytest

from bot.chat.slack.manifest import manifest
from bot.chat.table import COMMANDS
from tests.fakes.clock import FakeClock
from tests.fakes.slack import FakeSlack
from tests.integration.chat.slack.village import (
    SlackInstallation,
    Transport,
    Village,
)


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack(dict(manifest(COMMANDS)), FakeClock()) as fake:
        yield fake
        assert fake.violations == []


@pytest.fixture(params=["socket", "http"])
async def village(
    request: pytest.FixtureRequest, slack: FakeSlack
) -> AsyncIterator[Village]:
    transport: Transport = request.param
    async with SlackInstallation(slack=slack, transport=transport).running() as village:
        yield village


@pytest.mark.parametrize(
    ("locale", "command", "text", "title"),
    [
        ("es-ES", "/reto", "hoy", "Suma de la caja"),
        ("en-GB", "/challenge", "today", "Adding up the till"),
    ],
)
async def test_todays_challenge_is_shown(
    village: Village, *, locale: str, command: str, text: str, title: str
) -> None:
    bea = village.slack.add_person("bea", locale=locale)
    channel = village.slack.add_channel("general", bea, with_bot=False)
    seen = await bea.slash(command, text, channel)
    assert seen.kind == "ephemeral"
    assert title in seen.text
