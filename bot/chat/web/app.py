"""The web application: the chat, and what watches over the process."""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.chat.web.gate import SecurityHeaders

STATIC = Path(__file__).parent / "static"

Health = Callable[[], Awaitable[bool]]
Metrics = Callable[[], str]

# Prometheus' text format, version 0.0.4.
METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def build_app(
    routes: Sequence[BaseRoute], *, health: Health, metrics: Metrics
) -> Starlette:
    """`routes` are asked in their order; the chat's end at `/`."""

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
            Mount("/static", app=_Static(directory=STATIC)),
            *routes,
        ],
        middleware=[Middleware(SecurityHeaders)],
    )


class _Static(StaticFiles):
    """Asked again each time, so that an update is never half there."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        # Passed on as they came, whatever the next release adds.
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = "no-cache"
        return response
