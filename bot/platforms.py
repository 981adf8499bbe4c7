"""The chat platforms that the settings ask for, beside the web chat."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING, Protocol

from pydantic import SecretStr
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.routing import BaseRoute

from bot.bootstrap import Parts
from bot.chat.announce import ChatAdapter
from bot.chat.command import Platform
from bot.chat.communities import FoundCommunities
from bot.chat.operations import Operations
from bot.errors import UnsafeSandbox
from bot.settings import Settings
from bot.storage.installations import PostgresInstallations, PostgresOAuthStates
from bot.storage.receipts import PostgresReceipts

if TYPE_CHECKING:
    from bot.chat.discord.connection import Connection
    from bot.chat.slack.connection import SlackConnection
    from bot.chat.slack.oauth import SlackOAuth


class Joined(Protocol):
    """A platform that we are connected to, with nothing heard yet."""

    @property
    def chat(self) -> ChatAdapter: ...

    @property
    def routes(self) -> Sequence[BaseRoute]:
        """What it asks for over HTTP."""
        ...

    @property
    def operations(self) -> Operations: ...

    async def sync(self) -> object:
        """Tells the platform of what it should know before anybody is heard."""
        ...

    async def serve(self) -> None:
        """Until cancelled; at once, when everything comes by the routes."""
        ...


@asynccontextmanager
async def joined(parts: Parts) -> AsyncIterator[Mapping[Platform, Joined]]:
    """Those with a token. Raises what `joined_discord` and `joined_slack` say."""
    async with AsyncExitStack() as stack:
        found: dict[Platform, Joined] = {}
        if discord := await stack.enter_async_context(joined_discord(parts)):
            found[Platform.DISCORD] = discord
        if slack := await stack.enter_async_context(joined_slack(parts)):
            found[Platform.SLACK] = slack
        for platform, one in found.items():
            parts.router.permissions[platform] = one.operations
        yield found


@asynccontextmanager
async def joined_discord(parts: Parts) -> "AsyncIterator[Connection | None]":
    """Logged in, with nothing heard yet; None without a token.

    Raises TokenRefused, DiscordUnavailable and UnsafeSandbox.
    """
    settings = parts.settings
    if settings.discord_token is None:
        yield None
        return
    if not parts.locks_in:
        raise UnsafeSandbox("Discord", "discord_token")
    # Half a second to import, for those alone who use it.
    from bot.chat.discord.connection import DiscordSettings, connected  # noqa: PLC0415
    from bot.chat.discord.guilds import Guilds  # noqa: PLC0415

    guilds = Guilds(parts.world, settings.time_zone)
    discord_settings = DiscordSettings(
        token=settings.discord_token.get_secret_value(),
        channel_name=settings.discord_channel,
        public_key=settings.discord_public_key,
    )
    async with connected(
        parts.router, discord_settings, guilds=guilds, now=parts.world.now
    ) as connection:
        yield connection


@asynccontextmanager
async def joined_slack(parts: Parts) -> "AsyncIterator[SlackConnection | None]":
    """Ready, with nothing heard yet; None without a token.

    Raises SlackTokenRefused, SlackUnavailable, NoWayIn and UnsafeSandbox.
    """
    settings = parts.settings
    if not settings.is_on_slack:
        yield None
        return
    if not parts.locks_in:
        one = settings.slack_bot_token is not None
        raise UnsafeSandbox("Slack", "slack_bot_token" if one else "slack_client_id")
    # As Discord's.
    from bot.chat.slack.connection import SlackSettings, connected  # noqa: PLC0415

    slack_settings = SlackSettings(
        bot_token=_told(settings.slack_bot_token),
        oauth=slack_oauth(settings, parts.engine),
        app_token=_told(settings.slack_app_token),
        signing_secret=_told(settings.slack_signing_secret),
        channel_name=settings.slack_channel,
    )
    communities = FoundCommunities(parts.world, Platform.SLACK, settings.time_zone)

    found = partial(communities.found_by, language=settings.language)
    async with connected(
        parts.router,
        slack_settings,
        receipts=PostgresReceipts(parts.engine),
        now=parts.world.now,
        found=found,
    ) as connection:
        yield connection


def slack_oauth(settings: Settings, engine: AsyncEngine) -> "SlackOAuth | None":
    """None where one workspace is served, or none."""
    secret = settings.slack_client_secret
    if settings.slack_client_id is None or secret is None:
        return None
    from bot.chat.slack.oauth import SlackOAuth  # noqa: PLC0415

    return SlackOAuth(
        client_id=settings.slack_client_id,
        client_secret=secret.get_secret_value(),
        token_key=_told(settings.slack_token_key),
        hears_channels=settings.slack_hears_channels,
        installations=PostgresInstallations(engine),
        states=PostgresOAuthStates(engine),
    )


def _told(secret: SecretStr | None) -> str | None:
    return None if secret is None else secret.get_secret_value()
