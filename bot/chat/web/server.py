"""The web chat's server, started and stopped by the composition root."""

import errno
import socket
from collections.abc import Awaitable, Callable

from starlette.types import ASGIApp

from bot.chat.web.errors import NoFreePort
from runner.uvicorn_inside import UvicornInside

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
        self._server: UvicornInside | None = None
        self.port = port

    async def start(self) -> None:
        """Returns when it accepts connections; `port` is then the real one.

        Raises NoFreePort.
        """
        listener = first_free(self._host, self._wanted)
        self.port = listener.getsockname()[1]
        self._server = UvicornInside(self._app)
        await self._server.start(listener)

    async def stop(self) -> None:
        if self._server is None:
            return
        # The composition root handles signals: the database stops after us.
        await self._before_stop()
        await self._server.stop()
        self._server = None


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
    return listener
