"""How we stand with Slack: whether it knows our tokens, and what they do not let us."""

from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.slack.api import is_away
from bot.chat.slack.errors import NotInstalled, SlackTokenRefused, SlackUnavailable
from bot.chat.slack.installed import InstalledWorkspaces
from bot.chat.slack.scopes import lacking

CONNECTIONS = "connections:write"


@dataclass(frozen=True, kw_only=True)
class SlackStanding:
    name: str
    """Of the workspace, or of the application's token."""
    team: str = ""
    lacking: tuple[str, ...] = ()
    """Scopes that were not granted there."""
    is_gone: bool = False
    """It has removed the application, and we were not told."""

    @property
    def is_well(self) -> bool:
        return not self.lacking and not self.is_gone


async def standing(client: AsyncWebClient, bot_token: str) -> SlackStanding:
    """Raises SlackTokenRefused and SlackUnavailable."""
    told = await asked("slack_bot_token", client.auth_test(token=bot_token))
    # Slack tells with each answer what the token may do.
    granted = told.headers.get("x-oauth-scopes", "").split(",")
    return SlackStanding(
        team=str(told["team_id"]),
        name=str(told["team"]),
        lacking=lacking({one.strip() for one in granted}),
    )


async def standing_for_sockets(client: AsyncWebClient, app_token: str) -> SlackStanding:
    """Of the application's token. Raises as `standing`."""
    name = "Socket Mode"
    try:
        opening = client.apps_connections_open(app_token=app_token)
        await asked("slack_app_token", opening)
    except SlackTokenRefused as error:
        if error.told == "missing_scope":
            return SlackStanding(name=name, lacking=(CONNECTIONS,))
        raise
    return SlackStanding(name=name)


async def all_standings(
    client: AsyncWebClient, workspaces: InstalledWorkspaces
) -> list[SlackStanding]:
    """Of all that installed the bot. Raises SlackUnavailable."""
    found = []
    for one in await workspaces.all():
        try:
            found.append(await standing(client, await workspaces.token(one.team)))
        except (NotInstalled, SlackTokenRefused):
            gone = SlackStanding(
                team=one.team, name=one.team_name, lacking=(), is_gone=True
            )
            found.append(gone)
    return found


async def asked(setting: str, asking: Awaitable[Any]) -> Any:
    """With the token of that setting. Raises as `standing`."""
    try:
        return await asking
    except SlackApiError as error:
        if is_away(error):
            raise SlackUnavailable from error
        told = str(error.response.get("error", ""))
        raise SlackTokenRefused(setting, told) from error
    except (SlackClientError, ClientError, OSError) as error:
        raise SlackUnavailable from error
