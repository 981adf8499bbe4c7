"""The Web API: a method's name in the path, arguments as a form or as JSON."""

import base64
import json
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.fakes.slack.errors import FATE, Json, Refused, TooMany
from tests.fakes.slack.methods.request import Handler, Request
from tests.fakes.slack.oauth import OAuth
from tests.fakes.slack.reference import TIERS, Method
from tests.fakes.slack.state import Call, State
from tests.fakes.slack.world import Token

# Any method may answer these: docs.slack.dev/apis/web-api#responses.
COMMON = frozenset(
    [
        "account_inactive",
        "fatal_error",
        "internal_error",
        "invalid_arguments",
        "invalid_auth",
        "missing_scope",
        "not_allowed_token_type",
        "not_authed",
        "ratelimited",
        "request_timeout",
        "service_unavailable",
        "token_expired",
        "token_revoked",
        "unknown_method",
    ]
)
NESTED = ("attachments", "blocks", "files", "metadata", "view")
FLAGS = ("link_names", "reply_broadcast", "unfurl_links", "unfurl_media")
FALSE = ("0", "false", 0, False)
# What the SDK adds of its own accord.
TOLERATED = frozenset({"team_id"})


@dataclass(kw_only=True)
class WebApi:
    state: State
    oauth: OAuth
    handlers: dict[str, Handler]

    async def handle(self, request: web.Request) -> web.Response:
        name = request.match_info["method"]
        arguments: Json = {}
        try:
            arguments = await self._arguments(request, name)
            body = {"ok": True, **self._answer(request, name, arguments)}
        except Refused as refused:
            return self._refusal(name, arguments, refused)
        except Exception as fault:
            # Ours, or an argument that nobody thought of: never a silent 500.
            self.state.violate("fake_failed", name, repr(fault))
            raise
        self.state.calls.append(Call(method=name, arguments=arguments))
        self.state.bell.ring()
        return web.json_response(body, headers=self._scopes(request))

    def _scopes(self, request: web.Request) -> dict[str, str]:
        """What the token may do, as Slack says with each answer."""
        header = request.headers.get("Authorization", "")
        token = self.state.tokens.get(header.removeprefix("Bearer "))
        return {"X-OAuth-Scopes": ",".join(sorted(token.scopes))} if token else {}

    def _refusal(self, name: str, arguments: Json, refused: Refused) -> web.Response:
        call = Call(method=name, arguments=arguments, error=refused.error)
        self.state.calls.append(call)
        self.state.bell.ring()
        if refused.error not in FATE:
            self.state.violate(refused.error, name, refused)
        self._check_name(name, refused.error)
        if isinstance(refused, TooMany):
            headers = {"Retry-After": str(refused.retry_after_s)}
            return web.json_response(refused.body(), status=429, headers=headers)
        return web.json_response(refused.body())

    def _check_name(self, name: str, error: str) -> None:
        """The fake itself answers only what the reference knows."""
        method = self.state.reference.methods.get(name)
        if method and method.errors is not None and error not in method.errors | COMMON:
            self.state.violate("error_not_in_reference", name, error)

    async def _arguments(self, request: web.Request, name: str) -> Json:
        method = self.state.reference.methods.get(name)
        arguments: Json = dict(request.query)
        if request.content_type == "application/json":
            if method and not method.takes_json:
                raise Refused("invalid_arguments", [f"{name} takes no JSON"])
            arguments |= await request.json()
        else:
            arguments |= dict(await request.post())
        for key in NESTED:
            if isinstance(arguments.get(key), str):
                arguments[key] = _decoded(key, arguments[key])
        for key in FLAGS:
            if key in arguments:
                arguments[key] = arguments[key] not in FALSE
        return {key: value for key, value in arguments.items() if value is not None}

    def _answer(self, request: web.Request, name: str, arguments: Json) -> Json:
        method = self.state.reference.methods.get(name)
        if method is None:
            raise Refused("unknown_method")
        if name == "oauth.v2.access":
            return self.oauth.access(arguments, _basic(request))
        token = self._token(request, arguments, name)
        if faults := self.state.faults.get(name):
            raise faults.pop(0)
        self._pace(method, token)
        asked = Request(
            state=self.state, method=method, arguments=arguments, token=token
        )
        if name != "apps.connections.open":
            asked.need(method.scopes)
        self._check_arguments(method, arguments)
        return self.handlers[name](asked)

    def _token(self, request: web.Request, arguments: Json, name: str) -> Token:
        header = request.headers.get("Authorization", "")
        text = header.removeprefix("Bearer ") or str(arguments.pop("token", ""))
        arguments.pop("token", None)
        if not text:
            raise Refused("not_authed")
        token = self.state.valid_token(text)
        if (token.kind == "app") != (name == "apps.connections.open"):
            raise Refused("not_allowed_token_type")
        return token

    def _pace(self, method: Method, token: Token) -> None:
        team = token.workspace.id if token.workspace else "app"
        key = f"{method.name} {team}"
        if self.state.buckets.was_told(key):
            self.state.violate("called_before_retry_after", method.name)
        a_minute = TIERS[method.tier]
        self.state.buckets.take(key, size=a_minute, per_s=a_minute / 60)

    def _check_arguments(self, method: Method, arguments: Json) -> None:
        if missing := sorted(method.required - arguments.keys()):
            problems = [f"missing required field: {name}" for name in missing]
            raise Refused("invalid_arguments", problems)
        if method.arguments is not None:
            for name in sorted(arguments.keys() - method.arguments - TOLERATED):
                self.state.violate("unknown_argument", method.name, name)


def _decoded(name: str, text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        error = "invalid_blocks_format" if name == "blocks" else "invalid_arguments"
        raise Refused(error) from None


def _basic(request: web.Request) -> tuple[str, str] | None:
    header = request.headers.get("Authorization", "")
    if not header.startswith("Basic "):
        return None
    name, _, secret = base64.b64decode(header[6:]).decode().partition(":")
    return name, secret
