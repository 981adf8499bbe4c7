"""What is asked of Discord once, without staying."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.chat.discord.api import Api
from bot.chat.discord.gateway import Gateway, logged_in
from bot.chat.discord.permissions import invite_link
from bot.chat.discord.sync import sync
from bot.chat.table import COMMANDS


async def invitation(token: str) -> str:
    """Raises TokenRefused and DiscordUnavailable, as `synchronised`."""
    async with _visiting(token) as gateway:
        return invite_link(str(gateway.application_id))


async def synchronised(token: str) -> bool:
    """True when Discord's commands were not the table's."""
    async with _visiting(token) as gateway:
        return await sync(Api(gateway.http), str(gateway.application_id), COMMANDS)


@asynccontextmanager
async def _visiting(token: str) -> AsyncIterator[Gateway]:
    async def found(*_: str) -> None:
        pass

    async with logged_in(Gateway(found), token) as gateway:
        yield gateway
