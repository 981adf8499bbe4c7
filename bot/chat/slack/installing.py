"""Installing over the web: to Slack with a state, back with a code.

    /slack/install ─► slack.com asks the person ─► /slack/oauth_redirect ─► tokens kept

The state is good once and only in the browser that began: nobody can be made to finish
what another one started. slack-bolt has a flow of its own; this one differs in that a
state cannot be consumed twice at the same moment, that no code is ever logged, that
what is kept is sealed, and that its pages speak both languages under our own headers.
"""

import secrets
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import NoReturn
from urllib.parse import urlencode

import structlog
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.chat.slack.errors import SlackUnavailable
from bot.chat.slack.exchange import Exchange, ExchangeRefused
from bot.chat.slack.install_page import failed_page, installed_page
from bot.chat.slack.installed import InstalledWorkspaces
from bot.chat.slack.installed_workspace import InstalledWorkspace
from bot.chat.slack.manifest import INSTALL_PATH, REDIRECT_PATH
from bot.services.errors import StorageUnavailable
from bot.services.ports.clock import Clock
from bot.services.ports.installations import OAuthStates

AUTHORIZE_URL = "https://slack.com/oauth/v2/authorize"
COOKIE = "cordada_slack_install"
# Slack's codes live as long: docs.slack.dev/authentication/installing-with-oauth.
STATE_LIFE = timedelta(minutes=10)

Tell = Callable[[InstalledWorkspace], Awaitable[None]]

log = structlog.get_logger(__name__)


class InstallFailed(Exception):
    def __init__(self, reason: str, status: int) -> None:
        """`reason`: as in the texts, `slack_app.failed.<reason>`."""
        super().__init__(reason)
        self.reason = reason
        self.status = status


class Installing:
    def __init__(
        self,
        workspaces: InstalledWorkspaces,
        states: OAuthStates,
        exchange: Exchange,
        now: Clock,
        tell: Tell,
        *,
        scopes: Sequence[str],
    ) -> None:
        """`tell` hears of each workspace that has installed the bot, and may fail."""
        self._workspaces = workspaces
        self._tell = tell
        self._states = states
        self._exchange = exchange
        self._now = now
        self._scopes = scopes

    @property
    def routes(self) -> Sequence[Route]:
        return [
            Route(INSTALL_PATH, self._begin),
            Route(REDIRECT_PATH, self._finish),
        ]

    async def _begin(self, request: Request) -> Response:
        state = secrets.token_urlsafe(32)
        now = self._now()
        try:
            await self._states.issue(state, now, now + STATE_LIFE)
        except StorageUnavailable:
            return _page(request, InstallFailed("storage", 503))
        query = {
            "client_id": self._exchange.client_id,
            "scope": ",".join(self._scopes),
            "state": state,
        }
        response = RedirectResponse(f"{AUTHORIZE_URL}?{urlencode(query)}")
        response.set_cookie(
            COOKIE,
            state,
            max_age=int(STATE_LIFE.total_seconds()),
            path=REDIRECT_PATH,
            secure=True,
            httponly=True,
            # Slack's page sends the browser back: `strict` would leave it out.
            samesite="lax",
        )
        return response

    async def _finish(self, request: Request) -> Response:
        given = request.query_params
        try:
            await self._check_state(given.get("state"), request.cookies.get(COOKIE))
            made = await self._made(given.get("code"))
            await self._workspaces.add(made)
            await self._introduce(made)
        except InstallFailed as failed:
            return _page(request, failed)
        except StorageUnavailable:
            return _page(request, InstallFailed("storage", 503))
        language = request.headers.get("accept-language", "")
        response = HTMLResponse(installed_page(language, made.team_name, made.team))
        response.delete_cookie(COOKIE, path=REDIRECT_PATH)
        return response

    async def _introduce(self, made: InstalledWorkspace) -> None:
        try:
            await self._tell(made)
        except Exception:
            # The bot is in, and its first member makes the community all the same.
            log.warning("workspace_unknown", team=made.team, exc_info=True)

    async def _check_state(self, state: str | None, kept: str | None) -> None:
        """Raises InstallFailed."""
        if not state or not kept or not _is_same(state, kept):
            raise InstallFailed("state", 400)
        if not await self._states.consume(state, self._now()):
            raise InstallFailed("state", 400)

    async def _made(self, code: str | None) -> InstalledWorkspace:
        """Raises InstallFailed."""
        if code is None:
            raise InstallFailed("denied", 200)
        try:
            told = await self._exchange.of_code(code)
        except ExchangeRefused as error:
            _fail("code", 400, error)
        except SlackUnavailable as error:
            _fail("away", 503, error)
        if told.get("is_enterprise_install"):
            raise InstallFailed("organisation", 400)
        made = InstalledWorkspace(
            team=told["team"]["id"],
            team_name=told["team"]["name"],
            bot_user=told["bot_user_id"],
            scopes=tuple(told["scope"].split(",")),
            installer=told["authed_user"]["id"],
            bot_token=told["access_token"],
        )
        rotates = "refresh_token" in told
        return made.renewed(told, self._now()) if rotates else made


def _is_same(state: str, kept: str) -> bool:
    return secrets.compare_digest(
        state.encode(errors="replace"), kept.encode(errors="replace")
    )


def _fail(reason: str, status: int, error: Exception) -> NoReturn:
    log.warning("installation_failed", reason=reason, error=repr(error))
    raise InstallFailed(reason, status) from error


def _page(request: Request, failed: InstallFailed) -> Response:
    language = request.headers.get("accept-language", "")
    page = failed_page(language, failed.reason, again=INSTALL_PATH)
    return HTMLResponse(page, status_code=failed.status)
