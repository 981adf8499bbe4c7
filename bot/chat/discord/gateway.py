"""The connection to Discord: discord.py's, with no privileged intent.

Payloads go to the adapter as they come (`state.parsers` is discord.py's table of them):
the HTTP endpoint gets the same ones, and one parser reads both.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import discord
import structlog

from bot.chat.discord.adapter import DiscordChat, FoundGuild
from bot.chat.discord.errors import DiscordUnavailable, TokenRefused

log = structlog.get_logger(__name__)


class Gateway(discord.AutoShardedClient):
    def __init__(self, found: FoundGuild, **options: Any) -> None:
        # We never speak, and need not be told what speaking would take.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        # Below that it logs members' words and the tokens of interactions.
        logging.getLogger("discord").setLevel(logging.INFO)
        intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
        super().__init__(
            intents=intents,
            # We keep no state of Discord's: it would grow with the servers.
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            allowed_mentions=discord.AllowedMentions.none(),
            **options,
        )
        self._found = found
        self._meeting: set[asyncio.Future[None]] = set()

    @property
    def own_id(self) -> str:
        """Of the bot's user: not always the application's. Known after the login."""
        return str(self.user.id) if self.user else ""

    def join(self, chat: DiscordChat) -> None:
        """Before `connect`."""
        self._connection.parsers |= {
            "INTERACTION_CREATE": chat.hear_interaction,
            "MESSAGE_CREATE": chat.hear_message,
            "MESSAGE_UPDATE": chat.hear_edit,
        }

    async def on_guild_available(self, guild: discord.Guild) -> None:
        await self._meet(guild)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        await self._meet(guild)

    async def close(self) -> None:
        await super().close()
        # discord.py does not wait for its events: what they hold would end before them.
        if self._meeting:
            await asyncio.wait(self._meeting)

    async def _meet(self, guild: discord.Guild) -> None:
        locale = str(guild.preferred_locale)
        meeting = asyncio.ensure_future(self._found(str(guild.id), guild.name, locale))
        self._meeting.add(meeting)
        meeting.add_done_callback(self._meeting.discard)
        await meeting

    async def on_error(self, event_method: str, /, *_: Any, **__: Any) -> None:
        # discord.py calls it while it handles the error.
        log.exception("discord_event_failed", discord_event=event_method)  # noqa: LOG004


@asynccontextmanager
async def logged_in(gateway: Gateway, token: str) -> AsyncIterator[Gateway]:
    """Raises TokenRefused and DiscordUnavailable."""
    try:
        try:
            await gateway.login(token)
        except discord.LoginFailure as error:
            raise TokenRefused from error
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            raise DiscordUnavailable from error
        yield gateway
    finally:
        await gateway.close()
