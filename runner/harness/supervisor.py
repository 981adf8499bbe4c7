"""The process that the host talks to; it never runs a line of a submission itself.

    host ──► order, action, action, …          (frames on standard input)
         ◄── ended, ended, …                   (frames on standard output)

    supervisor ── fork for each action: own folder, session, limits, pipes

An action passes through in pieces, an answer through streams, and both are wiped: what
a child finds in the memory that it was forked with is the submission, never another
case's data.
"""

import contextlib
import importlib
import os
import signal
import time
from functools import partial
from typing import Any, Final

from runner import codec
from runner.harness import ipc, kernel, namespaces
from runner.harness.child import Errand, act
from runner.harness.collecting import collected
from runner.harness.erase import empty, erase
from runner.harness.forked import forked
from runner.harness.frame import BEGUN, MAX_ORDER_BYTES, read_frame
from runner.harness.passing import IN, pass_frame, read_away, say
from runner.harness.watch import Bounds, Watch

NOT_RUN: Final = {
    "ended": "not_run",
    "exit_status": 0,
    "stdout_truncated": False,
    "stderr_truncated": False,
    "cpu_time_s": 0.0,
    "wall_time_s": 0.0,
    "peak_memory_kib": 0,
    "files": [],
}
OVER_TIME: Final = frozenset({"cpu_time", "wall_time"})

SHARED_FOLDERS: Final = ("/tmp", "/dev/shm")


def main(*, own_namespaces: bool = False) -> None:
    """Serve one order. With `own_namespaces` this is the first process of them, and
    another order may stand behind this one on standard input.
    """
    kernel.adopt_orphans()
    kernel.hide_memory(hidden=True)
    kernel.hear_signals()
    # The one signal that Python handles by itself: a child could interrupt us with it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
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
        )
        self._errand = Errand.of(order, self._processes(limits["processes"]))
        for library in order["preload"]:
            # Forked warm; where it is missing the case says so.
            with contextlib.suppress(ImportError):
                importlib.import_module(library)
        self._file_bytes: int = limits["file_size_kib"] << 10
        self._watch = Watch(bounds)
        self._home = os.getcwd()

    def serve(self) -> None:
        """The first case says whether the source compiles; if not, it is the last."""
        for number, names in enumerate(self._collect):
            left = len(self._collect) - number
            if not self._patience:
                return self._pass_over(left)
            folder = f"{self._home}/{number}"
            os.mkdir(folder, 0o700)
            ended = self._act(folder)
            begun = self._watch.result.content()[: len(BEGUN)] == BEGUN
            self._tell(ended, folder, names)
            if number == 0 and not begun:
                return self._read_away(left - 1)
            self._clear(folder, is_last=left == 1)
            self._patience -= ended["ended"] in OVER_TIME
        return None

    def _act(self, folder: str) -> dict[str, Any]:
        child = forked(lambda: act(self._errand, folder))
        return self._watch.over(child, pass_frame, partial(end, alone=self._alone))

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
            say(not_run, *[nothing] * len(self._watch.streams))

    def _read_away(self, actions: int) -> None:
        """Where another order may stand behind these actions."""
        if self._own_namespaces:
            read_away(actions)

    def _processes(self, allowed: int) -> int | None:
        """The kernel counts a user's processes on the whole machine: those of others
        come on top. In a container the host bounds their number instead, unless the
        container was made before the job was known.
        """
        if self._own_namespaces:
            beside = namespaces.BESIDE_ONE_OF_SEVERAL
            return namespaces.process_bound(allowed, beside)
        if self._alone:
            return None
        # Root's children count apart, each for itself.
        return allowed if os.getuid() == 0 else kernel.tasks_of_user() + allowed

    def _answer(self, ended: dict[str, Any], files: list[bytearray]) -> None:
        """What was measured, then the three streams and the files, each a frame."""
        say(
            memoryview(codec.encode(ended)),
            *(stream.content() for stream in self._watch.streams),
            *(memoryview(content) for content in files),
        )
        self._watch.wipe()


def end(pid: int, *, alone: bool) -> tuple[int, Any]:
    """The child's wait status and usage; whatever it started is gone as well."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    os.kill(pid, signal.SIGKILL)
    _, status, usage = os.wait4(pid, 0)
    kernel.kill_descendants(alone=alone)
    return status, usage
