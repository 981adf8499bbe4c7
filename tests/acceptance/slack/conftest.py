from collections.abc import AsyncIterator, Iterator

import pytest
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bot.chat.slack.manifest import manifest
from bot.chat.table import COMMANDS
from tests.acceptance.slack.installation import SlackSite
from tests.fakes.clock import FakeClock
from tests.fakes.slack import FakeSlack


@pytest.fixture
def logs() -> Iterator[list[EventDict]]:
    with capture_logs() as logs:
        yield logs


@pytest.fixture
async def slack(logs: list[EventDict]) -> AsyncIterator[FakeSlack]:
    """A Slack on which nothing may go wrong, for the bot neither."""
    async with FakeSlack(dict(manifest(COMMANDS)), FakeClock()) as fake:
        yield fake
    assert fake.violations == []
    failures = [
        sight.text
        for screen in fake.state.screens.values()
        for sight in screen.sights
        if sight.kind == "failure"
    ]
    assert failures == []
    assert [one for one in logs if one["log_level"] in {"error", "critical"}] == []


@pytest.fixture
def site(slack: FakeSlack, database_url: str) -> SlackSite:
    return SlackSite(slack=slack, database_url=database_url)
