"""Cordada as it runs for a workspace: its real parts, joined to the fake Slack."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial

from pydantic import SecretStr

from bot.bootstrap import Parts, assemble
from bot.chat.announce import Announcer
from bot.chat.command import CommandSpec, Platform
from bot.chat.communities import FoundCommunities
from bot.chat.news import NewsPoster
from bot.chat.router import Router
from bot.chat.slack.connection import SlackConnection, SlackSettings, connected
from bot.chat.table import COMMANDS
from bot.services.ports.judging import Judge
from bot.settings import Settings
from bot.storage.receipts import PostgresReceipts
from tests.acceptance.discord.installation import background
from tests.fakes.slack import FakeSlack
from tests.integration.chat.slack.village import Transport, heard


@dataclass(frozen=True, kw_only=True)
class RunningOnSlack:
    parts: Parts
    slack: SlackConnection


@dataclass(kw_only=True)
class SlackSite:
    """What outlives a restart. The clock is Slack's: it stands until it is moved."""

    slack: FakeSlack
    database_url: str
    table: Sequence[CommandSpec] = COMMANDS
    judge: Judge | None = None
    """None: the sandbox of processes."""
    transport: Transport = "socket"

    @asynccontextmanager
    async def running(self, *, judging: bool = True) -> AsyncIterator[RunningOnSlack]:
        settings = Settings(
            database_url=SecretStr(self.database_url),
            sandbox="process",
            submissions_per_minute=1000,
        )
        async with AsyncExitStack() as stack:
            parts = await stack.enter_async_context(
                assemble(settings, now=self.slack.clock)
            )
            parts = replace(
                parts,
                judge=self.judge or parts.judge,
                router=Router(parts.world, self.table, parts.metrics),
            )
            slack = await stack.enter_async_context(self._joined(parts))
            parts.router.permissions[Platform.SLACK] = slack.operations
            await stack.enter_async_context(heard(self.slack, slack))
            if judging:
                await stack.enter_async_context(self._worker(parts, slack))
            yield RunningOnSlack(parts=parts, slack=slack)

    @asynccontextmanager
    async def _joined(self, parts: Parts) -> AsyncIterator[SlackConnection]:
        is_http = self.transport == "http"
        secret = self.slack.application.signing_secret
        settings = SlackSettings(
            bot_token=self.slack.bot_token,
            app_token=None if is_http else self.slack.app_token,
            signing_secret=secret if is_http else None,
            base_url=self.slack.base_url,
        )
        communities = FoundCommunities(parts.world, Platform.SLACK, "UTC")
        async with connected(
            parts.router,
            settings,
            receipts=PostgresReceipts(parts.engine),
            now=self.slack.clock,
            found=partial(communities.found_by, language="es"),
            pause=self._pause,
        ) as slack:
            yield slack

    async def _pause(self, seconds: float) -> None:
        await self.slack.acknowledged()
        self.slack.advance(seconds)

    @asynccontextmanager
    async def _worker(
        self, parts: Parts, slack: SlackConnection
    ) -> AsyncIterator[None]:
        news = NewsPoster(parts.world, {Platform.SLACK: slack.operations})
        announcer = Announcer(parts.world, {Platform.SLACK: slack.chat}, news)
        queue = parts.judging_queue(announcer)
        async with background(queue.run_worker(1)):
            yield
            await queue.stop()
            await news.settle()
