"""The web application: the chat, and what watches over the process."""

from collections.abc import Awaitable, Callable, Sequence

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.chat.web.chat import WebChat
from bot.chat.web.gate import SecurityHeaders

Health = Callable[[], Awaitable[bool]]
Metrics = Callable[[], str]

# Prometheus' text format, version 0.0.4.
METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def build_app(
    chat: WebChat,
    *,
    health: Health,
    metrics: Metrics,
    routes: Sequence[BaseRoute] = (),
) -> Starlette:
    """`routes` come before the chat's: what stands outside its guard."""

    async def healthz(_: Request) -> Response:
        if await health():
            return PlainTextResponse("ok")
        return PlainTextResponse("not ready", status_code=503)

    async def metrics_page(_: Request) -> Response:
        return Response(metrics(), media_type=METRICS_TYPE)

    return Starlette(
        routes=[
            # Asked by orchestrators and Prometheus under names that we cannot know.
            Route("/healthz", healthz),
            Route("/metrics", metrics_page),
            *routes,
            *chat.routes,
        ],
        middleware=[Middleware(SecurityHeaders)],
    )
