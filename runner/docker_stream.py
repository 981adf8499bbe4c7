"""The engine's stream of an attached container, which mixes its two outputs."""

import struct
from collections.abc import Iterator
from typing import Final

STREAM_HEADER: Final = struct.Struct("!BxxxI")
STDOUT: Final = 1


class Demultiplexer:
    """Standard output alone, out of the engine's stream of both."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[bytes]:
        self._buffer += data
        while len(self._buffer) >= STREAM_HEADER.size:
            stream, length = STREAM_HEADER.unpack_from(self._buffer)
            end = STREAM_HEADER.size + length
            if len(self._buffer) < end:
                return
            if stream == STDOUT:
                yield bytes(self._buffer[STREAM_HEADER.size : end])
            del self._buffer[:end]
