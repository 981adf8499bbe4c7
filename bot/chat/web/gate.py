"""Keeps other sites out of a chat that asks for no password.

A page of another site can send requests to 127.0.0.1, or point a name of its own at it
(DNS rebinding). The first is refused by Origin, the second by Host.
"""

from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})

SAFE_METHODS = frozenset({"GET", "HEAD"})

# No `unsafe-inline` and no `data:` anywhere: what we serve is files of our own.
# `same-origin` and not `no-referrer`: with the latter, browsers send `Origin: null`
# with a form, which the gate would have to refuse.
SECURITY_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none';"
    " form-action 'self'; frame-ancestors 'none'; object-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class OwnSiteOnly:
    """ASGI middleware: 400 for a foreign Host, 403 for a foreign or missing Origin.

    `origin` is what browsers name when TLS ends before us.
    """

    def __init__(
        self, app: ASGIApp, hosts: Collection[str], *, origin: str | None = None
    ) -> None:
        self._app = app
        self._hosts = LOCAL_HOSTS | {host.strip("[]").lower() for host in hosts}
        self._origin = origin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        app = self._app
        if host_name(headers.get("host", "")) not in self._hosts:
            app = PlainTextResponse("Unknown host.", status_code=400)
        elif scope["method"] not in SAFE_METHODS and not self._is_ours(headers, scope):
            app = PlainTextResponse("Only from our own pages.", status_code=403)
        await app(scope, receive, send)

    def _is_ours(self, headers: Headers, scope: Scope) -> bool:
        asking = headers.get("origin", "")
        if self._origin is not None and is_own_origin(asking, self._origin):
            return True
        return is_own_origin(asking, f"{scope['scheme']}://{headers['host']}")


class SecurityHeaders:
    """ASGI middleware: on every answer, whatever made it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


def host_name(host: str) -> str:
    """Of a Host header, without its port; empty when it is none."""
    if set(host) & set("@/?#\\"):
        return ""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def is_own_origin(origin: str, own: str) -> bool:
    # `Origin` leaves a scheme's default port out, and so may `Host` or not.
    asking = _endpoint(origin)
    return asking is not None and asking == _endpoint(own)


def _endpoint(origin: str) -> tuple[str, str, int | None] | None:
    try:
        parts = urlsplit(origin)
        port = parts.port
    except ValueError:
        return None
    if parts.hostname is None:
        return None
    default = {"http": 80, "https": 443}.get(parts.scheme)
    return parts.scheme, parts.hostname, port or default
