"""The chat platforms that the settings ask for, beside the web chat."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.bootstrap import Parts
from bot.chat.discord.errors import UnsafeSandbox

if TYPE_CHECKING:
    from bot.chat.discord.connection import Connection


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
        raise UnsafeSandbox
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
