"""Where a child's output lies until the host has it; wiped before the next child.

Memory that the supervisor only lets go of would be found again by a later fork, in
which another case runs.
"""

import mmap
import os
from typing import Final

PIECE_BYTES: Final = 1 << 16


class Stream:
    """One pipe from a child; what is past `limit` is dropped and remembered."""

    def __init__(self, limit: int) -> None:
        # One byte more than counts, to see that there was more. Pages of it cost
        # nothing until something is written there, neither here nor at a fork.
        self._buffer = mmap.mmap(-1, limit + 1, flags=mmap.MAP_PRIVATE)
        self._limit = limit
        self._used = 0
        self.descriptor = -1
        self.truncated = False
        self.ended = False

    def listen_to(self, descriptor: int) -> None:
        os.set_blocking(descriptor, False)
        self.descriptor = descriptor
        self.truncated = self.ended = False

    def take(self) -> int:
        """Read once, at most a piece; how many bytes came, 0 when none are there."""
        room = memoryview(self._buffer)[self._used : self._used + PIECE_BYTES]
        try:
            count = os.readv(self.descriptor, [room])
        except BlockingIOError:
            return 0
        self.ended = count == 0
        self._used += count
        if self._used > self._limit:
            self._used = self._limit
            self.truncated = True
        return count

    def drain(self) -> None:
        """All that is left in the pipe, once nobody writes to it."""
        while not self.truncated and self.take():
            pass
        os.close(self.descriptor)

    def content(self) -> memoryview:
        return memoryview(self._buffer)[: self._used]

    def close(self) -> None:
        """Its pages are the kernel's again."""
        self._buffer.close()

    def wipe(self) -> None:
        if not self._used:
            return
        used = min(self._used + 1, len(self._buffer))
        self._buffer[:used] = bytes(used)
        self._used = 0
