"""Log in to Discord, register the commands, and stay: by the gateway or over HTTP."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import discord
from starlette.routing import BaseRoute

from bot.chat.discord.adapter import DiscordChat
from bot.chat.discord.api import Api
from bot.chat.discord.endpoint import endpoint
from bot.chat.discord.errors import TokenRefused
from bot.chat.discord.gateway import Gateway, logged_in
from bot.chat.discord.guilds import Guilds
from bot.chat.discord.router import DiscordRouter
from bot.chat.discord.sync import sync
from bot.chat.operations import Operations
from bot.services.ports.clock import Clock

# Of the ten seconds that engines give a container to end, half.
SETTLE_S = 5.0
# Discord's close code for a token that is not valid any more.
NOT_AUTHENTICATED = 4004


@dataclass(frozen=True, kw_only=True)
class DiscordSettings:
    token: str
    channel_name: str
    public_key: str | None = None
    """Given: interactions come over HTTP, and no gateway is opened."""
    guild_ready_timeout_s: float = 2.0
    """How long discord.py waits for the servers after it has connected."""


class Connection:
    def __init__(
        self,
        gateway: Gateway,
        chat: DiscordChat,
        router: DiscordRouter,
        settings: DiscordSettings,
    ) -> None:
        self.chat = chat
        self._gateway = gateway
        self._router = router
        self._settings = settings

    @property
    def operations(self) -> Operations:
        return self.chat.operations

    @property
    def routes(self) -> Sequence[BaseRoute]:
        key = self._settings.public_key
        return [] if key is None else [endpoint(self.chat, key)]

    async def sync(self) -> bool:
        """True when Discord's commands were not the table's."""
        api = Api(self._gateway.http)
        return await sync(api, str(self._gateway.application_id), self._router.table)

    async def serve(self) -> None:
        """Until cancelled, through every drop of the line; over HTTP, at once.

        Raises TokenRefused when the token was taken back meanwhile.
        """
        if self._settings.public_key is not None:
            return
        self._gateway.join(self.chat)
        try:
            await self._gateway.connect()
        except discord.ConnectionClosed as error:
            if error.code != NOT_AUTHENTICATED:
                raise
            raise TokenRefused from error


@asynccontextmanager
async def connected(
    router: DiscordRouter, settings: DiscordSettings, *, guilds: Guilds, now: Clock
) -> AsyncIterator[Connection]:
    """Logged in; nothing is heard before `serve`. Raises as `logged_in`."""
    timeout_s = settings.guild_ready_timeout_s
    client = Gateway(guilds.found, guild_ready_timeout=timeout_s)
    async with logged_in(client, settings.token) as gateway:
        chat = DiscordChat(
            router,
            Api(gateway.http),
            own_id=gateway.own_id,
            channel_name=settings.channel_name,
            home=guilds.home,
            now=now,
            found=guilds.found if settings.public_key else None,
        )
        try:
            yield Connection(gateway, chat, router, settings)
        finally:
            # Who has asked is answered, even by a process that was told to end.
            await chat.settle(SETTLE_S)
