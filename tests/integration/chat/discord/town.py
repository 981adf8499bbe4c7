"""Cordada on fakes, joined to the fake Discord by the real adapter and discord.py."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from bot.chat.announce import Announcer
from bot.chat.command import CommandSpec, Platform
from bot.chat.discord.connection import Connection, DiscordSettings, connected
from bot.chat.discord.guilds import Guilds
from bot.chat.news import NewsPoster
from bot.chat.operations import Operations
from bot.chat.router import Router
from bot.chat.table import COMMANDS
from bot.metrics import Metrics
from bot.services.judge_submission import judge_submission
from bot.services.world import World
from tests.fakes.catalogue import FakeJudge, fake_catalogue
from tests.fakes.discord import FakeDiscord, Message, Person, Seen
from tests.fakes.storage.store import FakeStore
from tests.fakes.unit_of_work import fake_unit_of_work_factory

CHANNEL = "cordada"


@dataclass
class Town:
    fake: FakeDiscord
    world: World
    store: FakeStore
    connection: Connection
    news: NewsPoster

    def newcomer(self, locale: str, name: str = "bea") -> Person:
        (server,) = self.fake.state.servers.values()
        channel = next(iter(server.channels.values()))
        return self.fake.join(channel, name, locale=locale)

    async def answered(self, person: Person, said: Message) -> Seen:
        """As it stands when nothing is on its way any more."""
        answer = await person.answer_to(said)
        await self.connection.chat.settle()
        return answer

    async def judge_all(self) -> None:
        """What a worker does with the queue."""
        chats = {Platform.DISCORD: self.connection.chat}
        announcer = Announcer(self.world, chats, self.news)
        while self.store.jobs:
            submission_id = self.store.jobs.pop(0)
            await judge_submission(self.world, FakeJudge(), submission_id)
            await announcer(submission_id)

    async def settle(self) -> None:
        """Until nothing is on its way, to a member or to a channel."""
        await self.connection.chat.settle()
        await self.news.settle()


@dataclass(kw_only=True)
class Installation:
    """What outlives a restart."""

    fake: FakeDiscord
    store: FakeStore = field(default_factory=FakeStore)
    table: Sequence[CommandSpec] = COMMANDS
    public_key: str | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Town]:
        world = World(
            unit_of_work=fake_unit_of_work_factory(self.store),
            now=self.fake.state.clock,
            catalogue=fake_catalogue(),
            submissions_per_minute=1000,
        )
        router = Router(world, self.table, Metrics())
        guilds = Guilds(world, "UTC")
        settings = DiscordSettings(
            token=self.fake.token,
            channel_name=CHANNEL,
            public_key=self.public_key,
            guild_ready_timeout_s=0.01,
        )
        async with connected(
            router, settings, guilds=guilds, now=self.fake.state.clock
        ) as connection:
            router.permissions[Platform.DISCORD] = connection.operations
            await connection.sync()
            serving = asyncio.create_task(connection.serve())
            if self.public_key is None:
                await self.fake.gateway.until_ready()
            places: dict[str, Operations] = {Platform.DISCORD: connection.operations}
            yield Town(
                self.fake, world, self.store, connection, NewsPoster(world, places)
            )
            serving.cancel()
            with suppress(asyncio.CancelledError):
                await serving
