"""Frames (a length in four bytes, big-endian, then that many bytes), and their bounds.

Host and harness agree on what stands here; both import it.
"""

import struct
from collections.abc import Callable
from typing import Final, NamedTuple

LENGTH: Final = struct.Struct("!I")

STARTED: Final = b"\x01"
"""What a child sends when the harness has done its part: else the fault is ours."""
COMPILED: Final = b"\x02"
"""What it sends next, unless the source does not compile."""
BEGUN: Final = STARTED + COMPILED
"""Nobody can take it back: only then the submission runs."""

MAX_ORDER_BYTES: Final = 64 << 20
"""Source and data files of a job; far above what a challenge may hold."""
MAX_ACTION_BYTES: Final = 64 << 20
MAX_RESULT_BYTES: Final = 2 << 20
"""A value at its largest (`codec.MAX_BYTES`) with room for what is said about it."""
MAX_COLLECTED_BYTES: Final = 4 << 20
MAX_FRAME_BYTES: Final = 8 << 20
"""One frame of an answer: a result, a stream or a collected file at its largest."""


POOLED: Final = "pooled"
"""A zygote's word: it makes a new place for each submission."""
SINGLE_USE: Final = "single_use"
"""A zygote's word: the system refuses it such places, so it serves one submission."""
MAX_WORD_BYTES: Final = 4096


class Preface(NamedTuple):
    """What a zygote is told before an order, which it does not read."""

    one_case: bool
    cpu_time_s: float
    wall_time_s: float
    total_wall_time_s: float
    output_bytes: int


PREFACE: Final = struct.Struct("!?dddI")


class FrameError(Exception):
    """The stream ended within a frame, or a frame is longer than allowed."""


def framed(payload: bytes) -> bytes:
    return LENGTH.pack(len(payload)) + payload


def read_frame(read: Callable[[int], bytes], max_bytes: int) -> bytes:
    """`read` gives up to that many bytes, and none at the end; raises FrameError."""
    (length,) = LENGTH.unpack(read_exactly(read, LENGTH.size))
    if length > max_bytes:
        raise FrameError
    return read_exactly(read, length)


def read_exactly(read: Callable[[int], bytes], count: int) -> bytes:
    """Raises FrameError."""
    parts = []
    while count:
        part = read(min(count, 1 << 20))
        if not part:
            raise FrameError
        parts.append(part)
        count -= len(part)
    return b"".join(parts)
