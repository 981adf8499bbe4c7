"""What `cordada slack check` asks, and what it tells an organiser."""

from collections.abc import Sequence

from slack_sdk.web.async_client import AsyncWebClient

from bot.bootstrap import system_clock
from bot.bootstrap_database import opened_database
from bot.chat.slack.checkup import (
    CONNECTIONS,
    SlackStanding,
    all_standings,
    standing,
    standing_for_sockets,
)
from bot.chat.slack.scopes import reason_key
from bot.chat.texts import texts_in
from bot.platforms import slack_oauth
from bot.settings import Settings

ADD = (
    "Add them on the page OAuth & Permissions of your application at"
    " https://api.slack.com/apps, or paste what `cordada slack manifest` prints under"
    " App Manifest, and install the application again."
)
GENERATE = (
    "Generate another token under App-Level Tokens, on the page Basic Information of"
    " your application at https://api.slack.com/apps, for CORDADA_SLACK_APP_TOKEN."
)


async def standings(
    settings: Settings, client: AsyncWebClient | None = None
) -> Sequence[SlackStanding]:
    """In each workspace. Raises SlackTokenRefused and SlackUnavailable."""
    client = client or AsyncWebClient()
    if settings.slack_bot_token is None:
        return await _of_all(settings, client)
    found = await standing(client, settings.slack_bot_token.get_secret_value())
    if settings.slack_app_token is None:
        return [found]
    app_token = settings.slack_app_token.get_secret_value()
    return [found, await standing_for_sockets(client, app_token)]


def told(found: SlackStanding) -> str:
    if found.is_gone:
        return f"{found.name}: has removed the application."
    if not found.lacking:
        return f"{found.name}: every scope is there."
    texts = texts_in("en")
    lines = [
        f"  {one}, {texts(reason_key(one))}" if one != CONNECTIONS else f"  {one}"
        for one in found.lacking
    ]
    advice = GENERATE if CONNECTIONS in found.lacking else ADD
    return "\n".join([f"{found.name}: scopes are missing.", *lines, advice])


async def _of_all(
    settings: Settings, client: AsyncWebClient
) -> Sequence[SlackStanding]:
    async with opened_database(settings) as (_, engine):
        oauth = slack_oauth(settings, engine)
        if oauth is None:
            return []
        workspaces = oauth.opened(client, system_clock).workspaces
        return await all_standings(client, workspaces)
