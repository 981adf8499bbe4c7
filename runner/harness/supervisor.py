"""The process that the host talks to; it never runs a line of a submission itself.

    host ──► order, action, action, …          (frames on standard input)
         ◄── checked, ended, ended, …          (frames on standard output)

    supervisor ─┬─ fork: compile ─► exit status
                └─ fork for each action: own folder, session, limits, pipes

An action passes through in small pieces that are wiped: what a child finds in the
memory that it was forked with is the submission, never another case's data.
"""

import os
import stat
import time
from typing import Any, Final

from runner import codec
from runner.harness import kernel
from runner.harness.child import Errand, act, check
from runner.harness.erase import empty, erase
from runner.harness.frame import (
    LENGTH,
    MAX_ANSWER_BYTES,
    MAX_COLLECTED_BYTES,
    MAX_ORDER_BYTES,
    FrameError,
    framed,
    read_frame,
)
from runner.harness.watch import Bounds, watch

PIECE_BYTES: Final = 1 << 16

IN: Final = 0
OUT: Final = 1
SHARED_FOLDERS: Final = ("/tmp", "/dev/shm")


def main() -> None:
    kernel.adopt_orphans()
    kernel.hide_memory(hidden=True)
    order = codec.decode(
        read_frame(lambda count: os.read(IN, count), MAX_ORDER_BYTES), MAX_ORDER_BYTES
    )
    if not order["alone"]:
        # The bot may be killed without a word; a container goes with its engine.
        kernel.die_with_parent()
    _Supervisor(order).serve()


class _Supervisor:
    def __init__(self, order: dict[str, Any]) -> None:
        limits = order["limits"]
        self._alone: bool = order["alone"]
        self._collect: list[list[str]] = order["collect"]
        self._bounds = Bounds(
            cpu_time_s=limits["cpu_time_s"],
            wall_time_s=limits["wall_time_s"],
            ends_at=time.monotonic() + limits["total_wall_time_s"],
            output_bytes=limits["output_kib"] << 10,
            alone=self._alone,
        )
        self._errand = Errand(
            source=order["source"].removeprefix("\ufeff"),
            scenario=order["scenario"],
            data=order["data"],
            seed=order["seed"],
            cpu_time_s=limits["cpu_time_s"],
            memory_mib=limits["memory_mib"],
            file_size_kib=limits["file_size_kib"],
            processes=self._processes(limits["processes"]),
        )
        self._file_bytes: int = limits["file_size_kib"] << 10
        self._home = os.getcwd()

    def serve(self) -> None:
        checked = watch(lambda: check(self._errand), self._bounds)
        self._answer(checked)
        if checked["ended"] != "exit" or checked["exit_status"] != 0:
            return
        for number, names in enumerate(self._collect):
            self._answer(self._act(f"{self._home}/{number}", names))

    def _act(self, folder: str, names: list[str]) -> dict[str, Any]:
        os.mkdir(folder, 0o700)
        ended = watch(lambda: act(self._errand, folder), self._bounds, _pass_action)
        ended["files"] = self._collected(f"{folder}/work", names)
        if self._alone:
            for shared in SHARED_FOLDERS:
                empty(shared)
        else:
            erase(folder)
        return ended

    def _collected(self, work: str, names: list[str]) -> dict[str, bytes]:
        files: dict[str, bytes] = {}
        left = MAX_COLLECTED_BYTES
        for name in names:
            content = _regular_file(work, name, min(left, self._file_bytes))
            if content is not None:
                files[name] = content
                left -= len(content)
        return files

    def _processes(self, allowed: int) -> int | None:
        """The kernel counts a user's processes on the whole machine: those of others
        come on top. In a container the host bounds their number instead.
        """
        return None if self._alone else kernel.tasks_of_user() + allowed

    def _answer(self, ended: dict[str, Any]) -> None:
        payload = framed(codec.encode(ended, MAX_ANSWER_BYTES))
        while payload:
            payload = payload[os.write(OUT, payload) :]


def _pass_action(target: int) -> None:
    """One frame from the host to the child, by pieces; closes `target`."""
    piece = bytearray(PIECE_BYTES)
    view = memoryview(piece)
    _fill(view[: LENGTH.size])
    (left,) = LENGTH.unpack_from(piece)
    there = _write(target, view[: LENGTH.size])
    while left:
        part = view[: min(left, PIECE_BYTES)]
        _fill(part)
        left -= len(part)
        there = there and _write(target, part)
    piece[:] = bytes(PIECE_BYTES)
    os.close(target)


def _fill(part: memoryview) -> None:
    while part:
        count = os.readv(IN, [part])
        if not count:
            raise FrameError
        part = part[count:]


def _write(target: int, part: memoryview) -> bool:
    """False when the child is gone: the rest of its frame must still be read away."""
    try:
        while part:
            part = part[os.write(target, part) :]
    except BrokenPipeError:
        return False
    return True


def _regular_file(work: str, name: str, limit: int) -> bytes | None:
    """A file that the submission left, never what a planted link or pipe leads to."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
    *folders, last = name.split("/")
    try:
        here = os.open(work, flags | os.O_DIRECTORY)
        try:
            for folder in folders:
                there = os.open(folder, flags | os.O_DIRECTORY, dir_fd=here)
                os.close(here)
                here = there
            descriptor = os.open(last, flags, dir_fd=here)
        finally:
            os.close(here)
    except (OSError, ValueError):
        return None
    with open(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return None
        content = file.read(limit + 1)
    return content if len(content) <= limit else None
