"""Join Slack and stay: by Socket Mode, over signed HTTP, or both."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
import structlog
from slack_bolt.adapter.starlette.async_handler import (
    to_async_bolt_request,
    to_starlette_response,
)
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.chat.operations import Operations
from bot.chat.slack.adapter import FoundWorkspace, SlackChat
from bot.chat.slack.api import Pause, SlackApi
from bot.chat.slack.bolt import bolt_app
from bot.chat.slack.checkup import asked, standing
from bot.chat.slack.errors import NoWayIn
from bot.chat.slack.installed_workspace import InstalledWorkspace
from bot.chat.slack.manifest import EVENTS_PATH
from bot.chat.slack.oauth import SlackOAuth
from bot.chat.slack.people import actor_from
from bot.chat.slack.router import SlackRouter
from bot.chat.slack.socket_mode import SideBySide
from bot.chat.slack.workspaces import OneWorkspace
from bot.services.ports.clock import Clock
from bot.services.ports.receipts import Receipts

log = structlog.get_logger(__name__)

SLACK = "https://slack.com/api/"
# Of the ten seconds that engines give a container to end, half.
SETTLE_S = 5.0
# A view at its largest has 250 kB, and three characters for each byte on its way.
MOST_BYTES = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class SlackSettings:
    bot_token: str | None = None
    """Of the one workspace."""
    oauth: SlackOAuth | None = None
    """Given in its place: for all workspaces that install the bot over the web."""
    app_token: str | None = None
    """Given: what happens comes over Socket Mode."""
    signing_secret: str | None = None
    """Given: what happens may come over HTTP, signed."""
    channel_name: str = "cordada"
    base_url: str = SLACK


class SlackConnection:
    def __init__(
        self,
        chat: SlackChat,
        app: AsyncApp,
        settings: SlackSettings,
        installing: Sequence[BaseRoute],
    ) -> None:
        """`installing`: the routes by which workspaces install the bot."""
        self.chat = chat
        self._app = app
        self._settings = settings
        self._installing = installing

    @property
    def operations(self) -> Operations:
        return self.chat.operations

    @property
    def routes(self) -> Sequence[BaseRoute]:
        if self._settings.signing_secret is None:
            return []
        return [events_route(self._app), *self._installing]

    async def sync(self) -> None:
        """Slack knows the commands from the application's manifest."""

    async def serve(self) -> None:
        """Until cancelled, through every drop of the line; over HTTP, at once."""
        token = self._settings.app_token
        if token is None:
            return
        handler = SideBySide(self._app, token, self._app.client)
        # slack-bolt leaves both of these without types.
        try:
            await handler.connect_async()  # type: ignore[no-untyped-call]
            await asyncio.Event().wait()
        finally:
            await handler.acknowledged(SETTLE_S)
            await self.chat.settle(SETTLE_S)
            await handler.close_async()  # type: ignore[no-untyped-call]


def events_route(app: AsyncApp) -> Route:
    """Where Slack speaks to us; slack-bolt looks at the signature and its age."""

    async def events(request: Request) -> Response:
        body = b""
        async for piece in request.stream():
            body += piece
            if len(body) > MOST_BYTES:
                return Response("too large", status_code=413)
        answer = await app.async_dispatch(to_async_bolt_request(request, body))
        return to_starlette_response(answer)

    return Route(EVENTS_PATH, events, methods=["POST"])


@asynccontextmanager
async def connected(
    router: SlackRouter,
    settings: SlackSettings,
    *,
    receipts: Receipts,
    now: Clock,
    found: FoundWorkspace | None = None,
    pause: Pause = asyncio.sleep,
) -> AsyncIterator[SlackConnection]:
    """Ready; nothing is heard before `serve`, or before its `routes` are mounted.

    Raises SlackTokenRefused, SlackUnavailable and NoWayIn.
    """
    if settings.app_token is None and settings.signing_secret is None:
        raise NoWayIn
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(base_url=settings.base_url, session=session)
        if settings.app_token is not None:
            await _check(client, settings.app_token)
        many = settings.oauth and settings.oauth.opened(client, now)
        known = many.workspaces if many else await _one(client, settings)
        api = SlackApi(client, session, known, now=now, pause=pause)
        chat = SlackChat(
            router,
            api,
            channel_name=settings.channel_name,
            receipts=receipts,
            now=now,
            found=found,
        )
        app = bolt_app(chat, client, settings.signing_secret or "", known)

        async def tell(made: InstalledWorkspace) -> None:
            if found is not None:
                told = await api.user(made.team, made.installer)
                installer = actor_from(made.installer, told, "")
                await found(made.team, made.team_name, installer)

        installing = many.routes(tell) if many else ()
        try:
            yield SlackConnection(chat, app, settings, installing)
        finally:
            # Who has asked is answered, even by a process that was told to end.
            await chat.settle(SETTLE_S)


async def _check(client: AsyncWebClient, app_token: str) -> None:
    """slack-sdk would try for ever with a token that is none."""
    await asked("slack_app_token", client.apps_connections_open(app_token=app_token))


async def _one(client: AsyncWebClient, settings: SlackSettings) -> OneWorkspace:
    token = settings.bot_token or ""
    found = await standing(client, token)
    if found.lacking:
        # All that does not need them works: an organiser adds them when they can.
        log.warning("slack_scopes_missing", workspace=found.name, scopes=found.lacking)
    return OneWorkspace(team=found.team, bot_token=token)
