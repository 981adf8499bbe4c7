"""Cordada as it runs for a server: its real parts, joined to the fake Discord."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, replace

from pydantic import SecretStr

from bot.bootstrap import Parts, assemble, system_clock
from bot.chat.announce import Announcer
from bot.chat.command import CommandSpec, Platform
from bot.chat.discord.connection import Connection, DiscordSettings, connected
from bot.chat.discord.guilds import Guilds
from bot.chat.news import NewsPoster
from bot.chat.router import Router
from bot.chat.table import COMMANDS
from bot.services.ports.clock import Clock
from bot.services.ports.judging import Judge
from bot.settings import Settings
from challenges.challenge import Challenge, Kind
from tests.fakes.discord import FakeDiscord

CHANNEL = "cordada"


@dataclass(frozen=True, kw_only=True)
class Running:
    parts: Parts
    discord: Connection


@dataclass(kw_only=True)
class Installation:
    """What outlives a restart."""

    fake: FakeDiscord
    database_url: str
    table: Sequence[CommandSpec] = COMMANDS
    judge: Judge | None = None
    """None: the sandbox of processes."""
    concurrency: int = 1
    now: Clock = system_clock

    @asynccontextmanager
    async def running(self, *, judging: bool = True) -> AsyncIterator[Running]:
        settings = Settings(
            database_url=SecretStr(self.database_url),
            sandbox="process",
            submissions_per_minute=1000,
        )
        async with AsyncExitStack() as stack:
            parts = await stack.enter_async_context(assemble(settings, now=self.now))
            parts = replace(
                parts,
                judge=self.judge or parts.judge,
                router=Router(parts.world, self.table, parts.metrics),
            )
            discord = await stack.enter_async_context(self._joined(parts))
            parts.router.permissions[Platform.DISCORD] = discord.operations
            await discord.sync()
            await stack.enter_async_context(background(discord.serve()))
            await self.fake.gateway.until_ready()
            if judging:
                await stack.enter_async_context(self._worker(parts, discord))
            yield Running(parts=parts, discord=discord)

    @asynccontextmanager
    async def _joined(self, parts: Parts) -> AsyncIterator[Connection]:
        discord_settings = DiscordSettings(
            token=self.fake.token, channel_name=CHANNEL, guild_ready_timeout_s=0.01
        )
        guilds = Guilds(parts.world, "UTC")
        async with connected(
            parts.router, discord_settings, guilds=guilds, now=parts.world.now
        ) as discord:
            yield discord

    @asynccontextmanager
    async def _worker(self, parts: Parts, discord: Connection) -> AsyncIterator[None]:
        news = NewsPoster(parts.world, {Platform.DISCORD: discord.operations})
        announcer = Announcer(parts.world, {Platform.DISCORD: discord.chat}, news)
        queue = parts.judging_queue(announcer)
        async with background(queue.run_worker(self.concurrency)):
            yield
            await queue.stop()
            await news.settle()


@asynccontextmanager
async def background(work: Coroutine[None, None, None]) -> AsyncIterator[None]:
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def code_challenge(parts: Parts) -> Challenge:
    """One of functions that is open to everybody."""
    return next(
        one
        for one in parts.world.catalogue.all
        if one.kind is Kind.FUNCTION and not one.requires and one.phase == 1
    )
