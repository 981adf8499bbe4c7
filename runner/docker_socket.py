"""The socket to an attached container: one thread may read while another writes.

A TLS socket can not be shared so; a thread of its own stands between it and us:

    host ◄──► near │ far ◄── relay ──► TLS ◄──► engine
"""

import contextlib
import select
import socket
import ssl
import threading
from typing import Any, Final, Protocol

BUFFER_BYTES: Final = 1 << 16
RELAY: Final = "sandbox-relay"
ATTACHED: Final = {"stdin": 1, "stdout": 1, "stderr": 1, "stream": 1}


class Closes(Protocol):
    def close(self) -> None: ...


def attach(api: Any, container: str) -> socket.socket:
    stream = api.attach_socket(container, ATTACHED)
    # The package wraps the socket, and closing the wrapper leaves it open.
    attached: socket.socket = getattr(stream, "_sock", stream)
    if attached is not stream:
        stream.close()
    if not isinstance(attached, ssl.SSLSocket):
        return attached
    # Over TLS it is bare, and the answer that it came with would keep it open.
    return relayed(attached, getattr(attached, "_response", attached))


def relayed(tls: ssl.SSLSocket, answer: Closes) -> socket.socket:
    near, far = socket.socketpair()
    ends = (tls, answer, far)
    threading.Thread(target=_relay, args=ends, name=RELAY, daemon=True).start()
    return near


def _relay(tls: ssl.SSLSocket, answer: Closes, far: socket.socket) -> None:
    """Until either end is closed; what the engine said last still arrives."""
    out, back = bytearray(), bytearray()
    with contextlib.suppress(OSError), contextlib.closing(answer), tls, far:
        for end in (tls, far):
            end.settimeout(0)
        while True:
            heard = _take(far, out)
            told = _take(tls, back)
            if not told:
                far.settimeout(None)
                far.sendall(back)
                return
            if not heard:
                return
            _give(tls, out)
            _give(far, back)
            if not _await(tls, far, out, back):
                return


def _take(source: socket.socket, into: bytearray) -> bool:
    """False at its end."""
    while len(into) < BUFFER_BYTES:
        try:
            data = source.recv(BUFFER_BYTES)
        except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return True
        if not data:
            return False
        into += data
    return True


def _give(target: socket.socket, data: bytearray) -> None:
    with contextlib.suppress(
        BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError
    ):
        while data:
            del data[: target.send(data)]


def _await(
    tls: ssl.SSLSocket, far: socket.socket, out: bytearray, back: bytearray
) -> bool:
    """False when nobody is left on our side."""
    poll = select.poll()
    poll.register(tls, _events(read=len(back) < BUFFER_BYTES, write=bool(out)))
    poll.register(far, _events(read=len(out) < BUFFER_BYTES, write=bool(back)))
    # What TLS has unwrapped already shows on no descriptor.
    waits_ms = 0 if tls.pending() and len(back) < BUFFER_BYTES else None
    return (far.fileno(), select.POLLHUP) not in (
        (number, events & select.POLLHUP) for number, events in poll.poll(waits_ms)
    )


def _events(*, read: bool, write: bool) -> int:
    return select.POLLIN * read | select.POLLOUT * write
