"""Uvicorn inside our own process, which handles signals and drains before it stops."""

import asyncio
import socket
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

import uvicorn
from starlette.types import ASGIApp

from runner.errors import RunnerError
from runner.service.desk import Desk

GRACE_S: Final = 2
"""After the drain every answer is made, and at most being sent."""
KEEP_ALIVE_S: Final = 30
"""Longer than our client keeps one: it never sends into a connection just closed."""


class PortTaken(RunnerError):
    """By another process, or not ours to take."""

    def __init__(self, host: str, port: int, why: str) -> None:
        super().__init__(host, port, why)
        self.host = host
        self.port = port
        self.why = why


class RunnerServer:
    def __init__(
        self, app: ASGIApp, desk: Desk, *, host: str, port: int, drain_s: float
    ) -> None:
        """Port 0 takes one that is free."""
        self._app = app
        self._desk = desk
        self._host = host
        self._drain_s = drain_s
        self._server: _Uvicorn | None = None
        self._serving: asyncio.Task[None] | None = None
        self.port = port

    @property
    def url(self) -> str:
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self.port}"

    async def start(self) -> None:
        """Returns when it accepts connections. Raises PortTaken."""
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        try:
            listener = socket.create_server((self._host, self.port), family=family)
        except OSError as fault:
            raise PortTaken(self._host, self.port, str(fault.strerror)) from fault
        listener.settimeout(0)  # asyncio serves only sockets that do not block.
        self.port = listener.getsockname()[1]
        config = uvicorn.Config(
            self._app,
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_keep_alive=KEEP_ALIVE_S,
            timeout_graceful_shutdown=GRACE_S,
        )
        self._server = _Uvicorn(config)
        self._serving = asyncio.create_task(self._server.serve(sockets=[listener]))
        ready = asyncio.create_task(self._server.ready.wait())
        await asyncio.wait({ready, self._serving}, return_when=asyncio.FIRST_COMPLETED)
        if not ready.done():
            ready.cancel()
            await self._serving

    async def stop(self) -> None:
        """Still listens while it drains, so that who comes is told to go elsewhere."""
        if self._server is None or self._serving is None:
            return
        await self._desk.drain(self._drain_s)
        self._server.should_exit = True
        await self._serving
        self._server = self._serving = None


class _Uvicorn(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        # Ours drain first.
        yield
