"""Rate limits: a bucket for each route and major parameter, and one for all.

Wide open unless a test narrows one; the headers are always there. Windows run on the
event loop's clock, because discord.py sleeps on that.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from tests.fakes.discord.request import Request

MAJOR = ("channel_id", "guild_id", "webhook_id", "webhook_token")


@dataclass(frozen=True, kw_only=True)
class Limit:
    requests: int
    per_s: float


WIDE = Limit(requests=1_000_000, per_s=1.0)


@dataclass(kw_only=True)
class Window:
    limit: Limit
    ends_at: float
    used: int = 0

    @property
    def over(self) -> bool:
        return self.used > self.limit.requests


class Rates:
    def __init__(self) -> None:
        self.everywhere = WIDE
        self.routes: dict[str, Limit] = {}
        self._windows: dict[str, Window] = {}

    def count(self, request: Request, *, by_token: bool) -> tuple[Window, bool]:
        """The window that this request falls into, and whether it is everybody's."""
        if not by_token:
            everybody = self._window("", self.everywhere)
            everybody.used += 1
            if everybody.over:
                return everybody, True
        key = "+".join([request.where, *self._major(request)])
        window = self._window(key, self.routes.get(request.where, WIDE))
        window.used += 1
        return window, False

    def _major(self, request: Request) -> list[str]:
        return [request.params[name] for name in MAJOR if name in request.params]

    def _window(self, key: str, limit: Limit) -> Window:
        now = asyncio.get_running_loop().time()
        window = self._windows.get(key)
        if window is None or window.ends_at <= now or window.limit is not limit:
            window = Window(limit=limit, ends_at=now + limit.per_s)
            self._windows[key] = window
        return window


def left_s(window: Window) -> float:
    return max(0.0, window.ends_at - asyncio.get_running_loop().time())


def headers(where: str, window: Window) -> Mapping[str, str]:
    left = left_s(window)
    return {
        "X-RateLimit-Limit": str(window.limit.requests),
        "X-RateLimit-Remaining": str(max(0, window.limit.requests - window.used)),
        "X-RateLimit-Reset": f"{left:.3f}",
        "X-RateLimit-Reset-After": f"{left:.3f}",
        "X-RateLimit-Bucket": where.replace(" ", "").replace("/", "-").strip("-"),
    }
