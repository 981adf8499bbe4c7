"""Uvicorn inside our own process, started and stopped by the composition root."""

import asyncio
import errno
import socket
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from bot.chat.web.errors import NoFreePort

# Streams end by themselves when the chat closes; this is for a stuck client.
GRACE_S = 2
PORTS_TRIED = 50
BACKLOG = 128
# EACCES: a port that only root may take.
TAKEN = frozenset({errno.EADDRINUSE, errno.EACCES})


class WebServer:
    """Serves on the first free port from the wanted one up.

    `before_stop` ends what would keep connections open: `WebChat.close`.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        host: str,
        port: int,
        before_stop: Callable[[], Awaitable[None]],
    ) -> None:
        self._app = app
        self._host = host
        self._wanted = port
        self._before_stop = before_stop
        self._server: _Server | None = None
        self._serving: asyncio.Task[None] | None = None
        self.port = port

    async def start(self) -> None:
        """Returns when it accepts connections; `port` is then the real one.

        Raises NoFreePort.
        """
        listener = first_free(self._host, self._wanted)
        self.port = listener.getsockname()[1]
        config = uvicorn.Config(
            self._app,
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE_S,
        )
        self._server = _Server(config)
        self._serving = asyncio.create_task(self._server.serve(sockets=[listener]))
        ready = asyncio.create_task(self._server.ready.wait())
        await asyncio.wait({ready, self._serving}, return_when=asyncio.FIRST_COMPLETED)
        if not ready.done():
            ready.cancel()
            await self._serving

    async def stop(self) -> None:
        if self._server is None or self._serving is None:
            return
        await self._before_stop()
        self._server.should_exit = True
        await self._serving
        self._server = self._serving = None


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        # The composition root handles signals: the database stops after us.
        yield


def first_free(host: str, wanted: int) -> socket.socket:
    """A listening socket. Raises NoFreePort, or OSError for a host that is not ours."""
    last = min(wanted + PORTS_TRIED - 1, 65535)
    for port in range(wanted, last + 1):
        try:
            return _listening(host, port)
        except OSError as error:
            if error.errno not in TAKEN:
                raise
    raise NoFreePort(host, wanted, last)


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        # A port whose last connections are still closing is free all the same.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        # Listening now, not only bound: two processes that start together must not
        # both think the port theirs.
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    listener.settimeout(0)  # asyncio serves only sockets that do not block.
    return listener
