"""Installing by OAuth: a code for the browser, tokens for the code, new for old."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from aiohttp import ClientResponse, ClientSession

from tests.fakes.slack.errors import Json, Refused
from tests.fakes.slack.state import State
from tests.fakes.slack.world import Account, Token, Workspace

# docs.slack.dev/authentication/installing-with-oauth: a code lives ten minutes.
CODE_LIFE = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class Grant:
    workspace: Workspace
    account: Account
    scopes: frozenset[str]
    redirect_uri: str
    made_at: datetime


@dataclass(kw_only=True)
class OAuth:
    state: State
    _grants: dict[str, Grant] = field(default_factory=dict)

    def new_token(self, workspace: Workspace, scopes: frozenset[str]) -> Token:
        """With a life and a refresh token where tokens rotate."""
        life = self.state.token_life
        token = Token(
            text=self.state.new_id("xoxe.xoxb-" if life else "xoxb-"),
            kind="bot",
            workspace=workspace,
            scopes=scopes,
            expires_at=self.state.clock() + life if life else None,
            refresh=self.state.new_id("xoxe-") if life else None,
        )
        self.state.tokens[token.text] = token
        return token

    async def install(
        self,
        session: ClientSession,
        install_url: str,
        account: Account,
        workspace: Workspace,
        *,
        deny: bool = False,
        state: str | None = None,
        redirect_url: str | None = None,
    ) -> tuple[int, str]:
        """A person's way in the browser: the application's page, our consent, back.

        `state` forges the one that the application gave. Returns the status and the
        text of the page that the person ends on.
        """
        page = await session.get(install_url, allow_redirects=False)
        asked = parse_qs(urlsplit(await _link(page)).query)
        scopes = frozenset(asked["scope"][0].split(","))
        if extra := scopes - self.state.application.scopes:
            self.state.violate("scopes_not_in_manifest", install_url, sorted(extra))
        if asked["client_id"] != [self.state.application.client_id]:
            self.state.violate("client_id", install_url, asked["client_id"])
        redirect = asked.get("redirect_uri", [redirect_url or ""])[0]
        code = self.state.new_id("code-")
        self._grants[code] = Grant(
            workspace=workspace,
            account=account,
            scopes=scopes,
            redirect_uri=redirect,
            made_at=self.state.clock(),
        )
        query = {"error": "access_denied"} if deny else {"code": code}
        query["state"] = state if state is not None else asked.get("state", [""])[0]
        # A browser would not send a Secure cookie to a plain loopback address.
        cookies = "; ".join(f"{one.key}={one.value}" for one in page.cookies.values())
        headers = {"Cookie": cookies}
        async with session.get(redirect, params=query, headers=headers) as end:
            return end.status, await end.text()

    def access(self, arguments: Json, basic: tuple[str, str] | None) -> Json:
        """`oauth.v2.access`."""
        application = self.state.application
        given = (arguments.get("client_id"), arguments.get("client_secret"))
        client_id, secret = basic or given
        if client_id != application.client_id:
            raise Refused("invalid_client_id")
        if secret != application.client_secret:
            raise Refused("bad_client_secret")
        match arguments.get("grant_type"):
            case "refresh_token":
                return self._refresh(str(arguments.get("refresh_token")))
            case None | "" | "authorization_code":
                return self._exchange(arguments)
            case _:
                raise Refused("invalid_grant_type")

    def _exchange(self, arguments: Json) -> Json:
        grant = self._grants.pop(str(arguments.get("code")), None)
        if grant is None or self.state.clock() - grant.made_at > CODE_LIFE:
            raise Refused("invalid_code")
        redirect = arguments.get("redirect_uri")
        if redirect and redirect != grant.redirect_uri:
            raise Refused("bad_redirect_uri")
        token = self.new_token(grant.workspace, grant.scopes)
        return self._told(token, grant.workspace) | {
            "authed_user": {"id": grant.account.id}
        }

    def _refresh(self, refresh: str) -> Json:
        """The old pair is worth nothing from then on."""
        for token in self.state.tokens.values():
            if token.refresh == refresh and not token.revoked and token.workspace:
                token.revoked = True
                new = self.new_token(token.workspace, token.scopes)
                return self._told(new, token.workspace)
        raise Refused("invalid_refresh_token")

    def _told(self, token: Token, workspace: Workspace) -> Json:
        told: Json = {
            "app_id": self.state.application.id,
            "team": {"id": workspace.id, "name": workspace.name},
            "enterprise": None,
            "is_enterprise_install": False,
            "access_token": token.text,
            "token_type": "bot",
            "scope": ",".join(sorted(token.scopes)),
            "bot_user_id": workspace.bot.id,
        }
        if token.refresh and self.state.token_life:
            seconds = int(self.state.token_life.total_seconds())
            told |= {"refresh_token": token.refresh, "expires_in": seconds}
        return told


async def _link(page: ClientResponse) -> str:
    """Where the application sends people: a redirect, or the link on its page."""
    if location := page.headers.get("Location"):
        return location
    found = re.search(
        r'href="(https://slack\.com/oauth/v2/authorize[^"]+)"', await page.text()
    )
    if found is None:
        raise AssertionError("no way to Slack on the page")
    return found[1].replace("&amp;", "&")
