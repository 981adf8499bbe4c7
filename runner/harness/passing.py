"""Between the host and a child: what is passed on is not read, and leaves no trace.

Whatever a process lets go of stays in its memory, and in that of all that is forked
from it later. So nothing of a submission becomes an object here: it passes through
pages of its own, which are given back.
"""

import mmap
import os
from typing import Final

from runner.harness.frame import LENGTH, FrameError
from runner.harness.stream import PIECE_BYTES

IN: Final = 0
OUT: Final = 1


def say(*payloads: memoryview) -> None:
    """Frames to the host, at once as far as it goes: each write costs the engine a
    message.
    """
    parts = [
        part
        for payload in payloads
        for part in (memoryview(LENGTH.pack(len(payload))), payload)
    ]
    while parts:
        written = os.writev(OUT, parts)
        while parts and written >= len(parts[0]):
            written -= len(parts.pop(0))
        if parts:
            parts[0] = parts[0][written:]


def pass_frame(target: int) -> None:
    """One frame from the host to the child, by pieces."""
    with (
        mmap.mmap(-1, PIECE_BYTES, flags=mmap.MAP_PRIVATE) as piece,
        memoryview(piece) as view,
    ):
        _fill(view[: LENGTH.size])
        (left,) = LENGTH.unpack_from(view)
        there = offer(target, view[: LENGTH.size])
        while left:
            part = view[: min(left, PIECE_BYTES)]
            _fill(part)
            left -= len(part)
            there = there and offer(target, part)
            part.release()


def read_away(frames: int) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for _ in range(frames):
        pass_frame(nowhere)
    os.close(nowhere)


def offer(target: int, part: memoryview) -> bool:
    """False when the child is gone: the rest of its frame must still be read away."""
    try:
        while part:
            part = part[os.write(target, part) :]
    except BrokenPipeError:
        return False
    return True


def _fill(part: memoryview) -> None:
    while part:
        count = os.readv(IN, [part])
        if not count:
            raise FrameError
        part = part[count:]
