"""The process that the host talks to; it never runs a line of a submission itself.

    host ──► order, action, action, …          (frames on standard input)
         ◄── checked, ended, ended, …          (frames on standard output)

    supervisor ─┬─ fork for each action: own folder, session, limits, pipes
                └─ fork: compile, to tell why the first action did not begin

An action passes through in pieces, an answer through streams, and both are wiped: what
a child finds in the memory that it was forked with is the submission, never another
case's data.
"""

import contextlib
import importlib
import os
import signal
import time
from typing import Any, Final

from runner import codec
from runner.harness import ipc, kernel, namespaces
from runner.harness.child import Errand, act, check
from runner.harness.collecting import collected
from runner.harness.erase import empty, erase
from runner.harness.frame import (
    LENGTH,
    MAX_ORDER_BYTES,
    STARTED,
    FrameError,
    read_frame,
)
from runner.harness.member_file import MemberFile
from runner.harness.stream import PIECE_BYTES
from runner.harness.watch import Bounds, Watch

COMPILED: Final = {
    "ended": "exit",
    "exit_status": 0,
    "stdout_truncated": False,
    "stderr_truncated": False,
    "cpu_time_s": 0.0,
    "wall_time_s": 0.0,
    "peak_memory_kib": 0,
}
"""How a check ends that found nothing; the first case has done its work."""
NOT_RUN: Final = {**COMPILED, "ended": "not_run", "files": []}
OVER_TIME: Final = frozenset({"cpu_time", "wall_time"})

IN: Final = 0
OUT: Final = 1
HARNESS_PROCESSES: Final = 2
"""The supervisor and the case itself."""
SHARED_FOLDERS: Final = ("/tmp", "/dev/shm")


def main(*, own_namespaces: bool = False) -> None:
    """Serve one order. With `own_namespaces` this is the first process of them, and
    another order may stand behind this one on standard input.
    """
    kernel.adopt_orphans()
    kernel.hide_memory(hidden=True)
    # The one signal that Python handles by itself: a child could interrupt us with it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A bot that was started with nohup would hand its deafness on.
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    order = codec.decode(
        read_frame(lambda count: os.read(IN, count), MAX_ORDER_BYTES), MAX_ORDER_BYTES
    )
    if not order["alone"]:
        # The bot may be killed without a word; a container goes with its engine.
        signal.signal(signal.SIGTERM, _end_everything)
        kernel.die_with_parent(signal.SIGTERM)
    _Supervisor(order, own_namespaces=own_namespaces).serve()


def _end_everything(number: int, frame: object) -> None:
    """Told to stop, or orphaned: nothing that a submission started is left behind."""
    del number, frame
    kernel.kill_descendants(alone=False)
    os._exit(os.EX_TEMPFAIL)


class _Supervisor:
    def __init__(self, order: dict[str, Any], *, own_namespaces: bool) -> None:
        limits = order["limits"]
        self._alone: bool = order["alone"]
        self._own_namespaces = own_namespaces
        self._collect: list[list[str]] = order["collect"]
        self._patience: int = order["patience"]
        bounds = Bounds(
            cpu_time_s=limits["cpu_time_s"],
            wall_time_s=limits["wall_time_s"],
            ends_at=time.monotonic() + limits["total_wall_time_s"],
            output_bytes=limits["output_kib"] << 10,
            alone=self._alone,
        )
        self._errand = Errand(
            submission=MemberFile(
                order["file"], order["source"].removeprefix("\ufeff")
            ),
            scenario=order["scenario"],
            data=order["data"],
            seed=order["seed"],
            cpu_time_s=limits["cpu_time_s"],
            memory_mib=limits["memory_mib"],
            file_size_kib=limits["file_size_kib"],
            processes=self._processes(limits["processes"]),
        )
        for library in order["preload"]:
            # Forked warm; where it is missing the case says so.
            with contextlib.suppress(ImportError):
                importlib.import_module(library)
        self._file_bytes: int = limits["file_size_kib"] << 10
        self._watch = Watch(bounds)
        self._home = os.getcwd()

    def serve(self) -> None:
        """The first case says whether the source compiles. Only where it does not is it
        compiled once more, alone, to tell why: a fork less for all others.
        """
        for number, names in enumerate(self._collect):
            if not self._patience:
                return self._pass_over(len(self._collect) - number)
            folder = f"{self._home}/{number}"
            os.mkdir(folder, 0o700)
            ended = self._act(folder)
            if number == 0 and not self._told_compiled():
                return self._read_away(len(self._collect) - 1)
            self._tell(ended, folder, names)
            self._clear(folder, is_last=number == len(self._collect) - 1)
            self._patience -= ended["ended"] in OVER_TIME
        return None

    def _act(self, folder: str) -> dict[str, Any]:
        return self._watch.over(lambda: act(self._errand, folder), _pass_action)

    def _told_compiled(self) -> bool:
        """After the first case, whose answer is not sent yet."""
        if self._watch.result.content():
            told = (codec.encode(COMPILED), b"", b"", STARTED)
            _say(*(memoryview(payload) for payload in told))
            return True
        # What little the case said is let go: it had not begun.
        self._watch.wipe()
        checked = self._watch.over(lambda: check(self._errand), _nothing)
        self._answer(checked, [])
        return bool(checked["ended"] == "exit" and checked["exit_status"] == 0)

    def _tell(self, ended: dict[str, Any], folder: str, names: list[str]) -> None:
        files, too_large = collected(f"{folder}/work", names, self._file_bytes)
        told = {**ended, "files": list(files), "too_large": too_large}
        self._answer(told, list(files.values()))
        for content in files.values():
            content[:] = bytes(len(content))

    def _clear(self, folder: str, *, is_last: bool) -> None:
        if self._own_namespaces and is_last:
            # All of it goes with the namespaces.
            return
        if self._alone:
            ipc.remove_all()
            for shared in SHARED_FOLDERS:
                empty(shared)
        else:
            erase(folder)

    def _pass_over(self, actions: int) -> None:
        """What loops once loops again: the member is not kept waiting for the rest."""
        self._read_away(actions)
        not_run = memoryview(codec.encode(NOT_RUN))
        nothing = memoryview(b"")
        for _ in range(actions):
            _say(not_run, *[nothing] * len(self._watch.streams))

    def _read_away(self, actions: int) -> None:
        """Where another order may stand behind these actions."""
        if not self._own_namespaces:
            return
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for _ in range(actions):
            _pass_action(nowhere)
        os.close(nowhere)

    def _processes(self, allowed: int) -> int | None:
        """The kernel counts a user's processes on the whole machine: those of others
        come on top. In a container the host bounds their number instead, unless the
        container was made before the job was known.
        """
        if self._own_namespaces:
            apart = namespaces.processes_are_counted_apart()
            return allowed + HARNESS_PROCESSES if apart else None
        if self._alone:
            return None
        # Root's children count apart, each for itself.
        return allowed if os.getuid() == 0 else kernel.tasks_of_user() + allowed

    def _answer(self, ended: dict[str, Any], files: list[bytearray]) -> None:
        """What was measured, then the three streams and the files, each a frame."""
        _say(
            memoryview(codec.encode(ended)),
            *(stream.content() for stream in self._watch.streams),
            *(memoryview(content) for content in files),
        )
        self._watch.wipe()


def _say(*payloads: memoryview) -> None:
    """At once as far as it goes: each write costs the engine a message to the host."""
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


def _nothing(target: int) -> None:
    del target


def _pass_action(target: int) -> None:
    """One frame from the host to the child, by pieces."""
    piece = bytearray(PIECE_BYTES)
    view = memoryview(piece)
    _fill(view[: LENGTH.size])
    (left,) = LENGTH.unpack_from(piece)
    there = _offer(target, view[: LENGTH.size])
    while left:
        part = view[: min(left, PIECE_BYTES)]
        _fill(part)
        left -= len(part)
        there = there and _offer(target, part)
    piece[:] = bytes(PIECE_BYTES)


def _fill(part: memoryview) -> None:
    while part:
        count = os.readv(IN, [part])
        if not count:
            raise FrameError
        part = part[count:]


def _offer(target: int, part: memoryview) -> bool:
    """False when the child is gone: the rest of its frame must still be read away."""
    try:
        _write(target, part)
    except BrokenPipeError:
        return False
    return True


def _write(target: int, part: memoryview) -> None:
    while part:
        part = part[os.write(target, part) :]
