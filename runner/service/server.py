"""The runner's server, which drains before it stops."""

import socket
from typing import Final

from starlette.types import ASGIApp

from runner.errors import RunnerError
from runner.service.desk import Desk
from runner.uvicorn_inside import UvicornInside

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
        self._server: UvicornInside | None = None
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
        self.port = listener.getsockname()[1]
        self._server = UvicornInside(self._app, timeout_keep_alive=KEEP_ALIVE_S)
        await self._server.start(listener)

    async def stop(self) -> None:
        """Still listens while it drains, so that who comes is told to go elsewhere."""
        if self._server is None:
            return
        await self._desk.drain(self._drain_s)
        await self._server.stop()
        self._server = None
