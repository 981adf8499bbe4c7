"""Cordada on fakes, joined to the fake Slack by the real adapter and slack-bolt."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

from starlette.applications import Starlette

from bot.chat.announce import Announcer
from bot.chat.command import CommandSpec, Platform
from bot.chat.communities import FoundCommunities
from bot.chat.news import NewsPoster
from bot.chat.router import Router
from bot.chat.slack.connection import (
    SlackConnection,
    SlackSettings,
    connected,
)
from bot.chat.slack.manifest import EVENTS_PATH
from bot.chat.table import COMMANDS
from bot.chat.web.server import WebServer
from bot.metrics import Metrics
from bot.services.judge_submission import judge_submission
from bot.services.world import World
from tests.fakes.catalogue import FakeJudge, fake_catalogue
from tests.fakes.receipts import FakeReceipts
from tests.fakes.slack import FakeSlack
from tests.fakes.storage.store import FakeStore
from tests.fakes.unit_of_work import fake_unit_of_work_factory

Transport = Literal["socket", "http"]


@dataclass
class Village:
    slack: FakeSlack
    world: World
    store: FakeStore
    connection: SlackConnection

    async def judge_all(self) -> None:
        """What a worker does with the queue."""
        chat = self.connection.chat
        news = NewsPoster(self.world, {Platform.SLACK: chat.operations})
        announcer = Announcer(self.world, {Platform.SLACK: chat}, news)
        while self.store.jobs:
            submission_id = self.store.jobs.pop(0)
            await judge_submission(self.world, FakeJudge(), submission_id)
            await announcer(submission_id)
        await news.settle()


@dataclass(kw_only=True)
class SlackInstallation:
    """What outlives a restart."""

    slack: FakeSlack
    store: FakeStore = field(default_factory=FakeStore)
    receipts: FakeReceipts = field(default_factory=FakeReceipts)
    table: Sequence[CommandSpec] = COMMANDS
    transport: Transport = "socket"

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Village]:
        world = World(
            unit_of_work=fake_unit_of_work_factory(self.store),
            now=self.slack.clock,
            catalogue=fake_catalogue(),
            submissions_per_minute=1000,
        )
        router = Router(world, self.table, Metrics())
        settings = SlackSettings(
            bot_token=self.slack.bot_token,
            app_token=self.slack.app_token if self.transport == "socket" else None,
            signing_secret=self.slack.application.signing_secret
            if self.transport == "http"
            else None,
            base_url=self.slack.base_url,
        )
        communities = FoundCommunities(world, Platform.SLACK, "UTC")

        async with (
            connected(
                router,
                settings,
                receipts=self.receipts,
                now=self.slack.clock,
                found=partial(communities.found_by, language="es"),
                pause=self._pause,
            ) as connection,
            heard(self.slack, connection),
        ):
            router.permissions[Platform.SLACK] = connection.operations
            yield Village(self.slack, world, self.store, connection)

    async def _pause(self, seconds: float) -> None:
        await self.slack.acknowledged()
        self.slack.advance(seconds)


@asynccontextmanager
async def heard(slack: FakeSlack, connection: SlackConnection) -> AsyncIterator[None]:
    """By the transport that the connection's settings say."""
    serving = asyncio.create_task(connection.serve())
    try:
        if connection.routes:
            async with served(connection) as url:
                slack.use_http(url)
                yield
        else:
            await slack.socket.connected(slack.socket.opened + 1)
            yield
    finally:
        serving.cancel()
        with suppress(asyncio.CancelledError):
            await serving


@asynccontextmanager
async def served(connection: SlackConnection) -> AsyncIterator[str]:
    """Its routes on loopback, by the server that the bot itself uses."""
    server = WebServer(
        Starlette(routes=list(connection.routes)),
        host="127.0.0.1",
        port=0,
        before_stop=_at_once,
    )
    await server.start()
    try:
        yield f"http://127.0.0.1:{server.port}{EVENTS_PATH}"
    finally:
        await server.stop()


async def _at_once() -> None:
    pass
