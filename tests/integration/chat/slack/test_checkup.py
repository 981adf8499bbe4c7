"""An organiser is told exactly what is missing, and where."""

import pytest
from pydantic import SecretStr
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.slack.checkup import all_standings
from bot.chat.slack.errors import SlackTokenRefused, SlackUnavailable
from bot.chat.slack.manifest import manifest as own_manifest
from bot.chat.table import COMMANDS
from bot.settings import Settings
from bot.slack_check import standings, told
from tests.fakes.slack import FakeSlack
from tests.fakes.slack.errors import Json
from tests.fakes.slack.world import Token
from tests.integration.chat.slack.bureau import open_bureau


@pytest.fixture
def manifest() -> Json:
    return dict(own_manifest(COMMANDS, url="https://bot.example"))


@pytest.fixture
def client(slack: FakeSlack) -> AsyncWebClient:
    return AsyncWebClient(base_url=slack.base_url)


def settings(bot: str, app: str | None = None) -> Settings:
    secret = None if app is None else SecretStr(app)
    return Settings(slack_bot_token=SecretStr(bot), slack_app_token=secret)


def narrower(slack: FakeSlack, *without: str) -> str:
    scopes = slack.application.scopes - set(without)
    token = Token(text="xoxb-few", kind="bot", workspace=slack.workspace, scopes=scopes)
    slack.state.tokens[token.text] = token
    return token.text


async def test_where_all_is_well_it_says_so(
    slack: FakeSlack, client: AsyncWebClient
) -> None:
    found = await standings(settings(slack.bot_token, slack.app_token), client)
    assert list(map(told, found)) == [
        "Py Madrid: every scope is there.",
        "Socket Mode: every scope is there.",
    ]


async def test_a_scope_that_is_missing_is_named_with_its_reason(
    slack: FakeSlack, client: AsyncWebClient
) -> None:
    token = narrower(slack, "files:read", "usergroups:write")
    (found,) = await standings(settings(token), client)
    assert not found.is_well
    assert "files:read, to judge a file or a snippet" in told(found)
    assert "OAuth & Permissions" in told(found)
    assert "usergroups" not in told(found)


async def test_a_token_that_slack_does_not_know_is_told_by_its_setting(
    slack: FakeSlack, client: AsyncWebClient
) -> None:
    for given, setting in (
        (settings("xoxb-guess"), "slack_bot_token"),
        (settings(slack.bot_token, "xapp-guess"), "slack_app_token"),
    ):
        with pytest.raises(SlackTokenRefused) as refused:
            await standings(given, client)
        assert refused.value.setting == setting
    slack.take_violations()


async def test_a_slack_in_trouble_says_nothing_of_a_token(
    slack: FakeSlack, client: AsyncWebClient
) -> None:
    slack.fail_next("auth.test", "internal_error")
    with pytest.raises(SlackUnavailable):
        await standings(settings(slack.bot_token), client)


async def test_of_many_workspaces_the_one_that_left_unheard_is_told(
    slack: FakeSlack, client: AsyncWebClient
) -> None:
    async with open_bureau(slack) as bureau:
        for name in ("Py Lima", "Py Bogotá"):
            place = slack.add_workspace(name)
            await bureau.install(slack.add_person("eva", workspace=place))
        for token in slack.state.tokens.values():
            token.revoked |= token.workspace is place
        found = await all_standings(client, bureau.process())
    assert sorted(map(told, found)) == [
        "Py Bogotá: has removed the application.",
        "Py Lima: every scope is there.",
    ]
