"""In the supervisor: fork a child, listen to it, and end it when a bound is reached.

Nothing that the child says is read here, only counted and passed on.
"""

import contextlib
import fcntl
import os
import select
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from runner.harness import kernel
from runner.harness.child import ACTION, ALL_DESCRIPTORS, RESULT
from runner.harness.frame import MAX_RESULT_BYTES
from runner.harness.stream import Stream

TICK_S: Final = 0.05
"""How late the end of CPU time may be noticed."""
TICK_WITHOUT_PIDFD_S: Final = 0.005
CHILD_FAULT: Final = 70
"""EX_SOFTWARE: the harness itself failed in the child."""
FREE_DESCRIPTOR: Final = 64


@dataclass(frozen=True, kw_only=True)
class Bounds:
    cpu_time_s: float
    wall_time_s: float
    ends_at: float
    """Monotonic: when the whole job's time is over."""
    output_bytes: int
    alone: bool
    """True when every other process in sight belongs to the submission."""


class Watch:
    """One child after another, each heard through the same three streams."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self.stdout = Stream(bounds.output_bytes)
        self.stderr = Stream(bounds.output_bytes)
        self.result = Stream(MAX_RESULT_BYTES)
        self.streams = (self.stdout, self.stderr, self.result)

    def over(
        self, task: Callable[[], int], feed: Callable[[int], None]
    ) -> dict[str, Any]:
        """Fork; the child does `task` and exits with what it returns. How that ended.

        `feed` writes the child's action to the descriptor it is given.
        """
        oom_before = kernel.out_of_memory_kills()
        started_at = time.monotonic()
        pid = self._fork(task, feed)
        cause = _Listener(pid, self.streams, self._bounds, started_at).listen()
        status, usage = _end(pid, alone=self._bounds.alone)
        wall_time_s = time.monotonic() - started_at
        for stream in self.streams:
            stream.drain()
        cpu_time_s = usage.ru_utime + usage.ru_stime
        return {
            "ended": cause or self._cause(status, cpu_time_s, oom_before),
            "exit_status": os.waitstatus_to_exitcode(status),
            "stdout_truncated": self.stdout.truncated,
            "stderr_truncated": self.stderr.truncated,
            "cpu_time_s": cpu_time_s,
            "wall_time_s": wall_time_s,
            "peak_memory_kib": usage.ru_maxrss,
        }

    def wipe(self) -> None:
        for stream in self.streams:
            stream.wipe()

    def _fork(self, task: Callable[[], int], feed: Callable[[int], None]) -> int:
        action_out, action_in = os.pipe()
        pipes = [os.pipe() for _ in self.streams]
        pid = os.fork()
        if pid == 0:
            _become_child(task, action_out, [write for _, write in pipes])
        os.close(action_out)
        for stream, (read, write) in zip(self.streams, pipes, strict=True):
            os.close(write)
            stream.listen_to(read)
        feed(action_in)
        os.close(action_in)
        return pid

    def _cause(self, status: int, cpu_time_s: float, oom_before: int) -> str:
        killed_by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else None
        if killed_by == signal.SIGXCPU or cpu_time_s > self._bounds.cpu_time_s:
            return "cpu_time"
        if killed_by == signal.SIGKILL and kernel.out_of_memory_kills() > oom_before:
            return "memory"
        if any(stream.truncated for stream in self.streams):
            return "output"
        return "exit" if killed_by is None else "signal"


def _become_child(task: Callable[[], int], action: int, writes: list[int]) -> NoReturn:
    status = CHILD_FAULT
    try:
        os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        kernel.die_with_parent()
        kernel.hide_memory(hidden=False)
        nothing = os.open(os.devnull, os.O_RDONLY)
        # Copied past all numbers in use first, so that no target overwrites a source.
        sources = [
            fcntl.fcntl(number, fcntl.F_DUPFD, FREE_DESCRIPTOR)
            for number in (nothing, *writes, action)
        ]
        for target, source in enumerate(sources):
            os.dup2(source, target, inheritable=target < RESULT)
        os.closerange(ACTION + 1, ALL_DESCRIPTORS)
        status = task()
    finally:
        os._exit(status)


class _Listener:
    """Hears one child's pipes until it ends or reaches a bound."""

    def __init__(
        self, pid: int, streams: Sequence[Stream], bounds: Bounds, started_at: float
    ) -> None:
        self._pid = pid
        self._bounds = bounds
        self._wall_ends_at = started_at + bounds.wall_time_s
        self._by_descriptor = {stream.descriptor: stream for stream in streams}
        self._pidfd = _pidfd(pid)
        self._tick_s = TICK_S if self._pidfd is not None else TICK_WITHOUT_PIDFD_S
        self._look_at = started_at + self._tick_s
        self._poll = select.poll()
        for descriptor in (*self._by_descriptor, self._pidfd):
            if descriptor is not None:
                self._poll.register(descriptor, select.POLLIN)

    def listen(self) -> str | None:
        """The bound that ended it, or None when the child ended by itself."""
        try:
            while True:
                cause, left_s = self._reached()
                if cause is not None:
                    return cause
                if self._hear(min(left_s, self._tick_s)):
                    return None
        finally:
            if self._pidfd is not None:
                os.close(self._pidfd)

    def _reached(self) -> tuple[str | None, float]:
        """The bound reached, if one is; and how long none of time can be."""
        if any(stream.truncated for stream in self._by_descriptor.values()):
            return "output", 0.0
        ends_at = min(self._wall_ends_at, self._bounds.ends_at)
        left_s = ends_at - time.monotonic()
        if left_s <= 0:
            own = ends_at == self._wall_ends_at
            return ("wall_time" if own else "total_wall_time"), 0.0
        if self._cpu_time_is_over():
            return "cpu_time", 0.0
        return None, left_s

    def _cpu_time_is_over(self) -> bool:
        """Looked at once a tick: a program that prints much wakes us more often."""
        now = time.monotonic()
        if now < self._look_at:
            return False
        self._look_at = now + self._tick_s
        return _cpu_time_s(self._pid) > self._bounds.cpu_time_s

    def _hear(self, timeout_s: float) -> bool:
        """Read what there is; True when the child has ended."""
        for descriptor, _ in self._poll.poll(timeout_s * 1000):
            if descriptor == self._pidfd:
                return True
            stream = self._by_descriptor[descriptor]
            stream.take()
            if stream.ended:
                self._poll.unregister(descriptor)
        return self._pidfd is None and _has_ended(self._pid)


def _pidfd(pid: int) -> int | None:
    try:
        return os.pidfd_open(pid)
    except (AttributeError, OSError):
        return None


def _has_ended(pid: int) -> bool:
    options = os.WEXITED | os.WNOHANG | os.WNOWAIT
    return os.waitid(os.P_PID, pid, options) is not None


def _cpu_time_s(pid: int) -> float:
    everyone = {pid, *kernel.descendants(os.getpid())}
    return sum(kernel.cpu_time_s(one) for one in everyone)


def _end(pid: int, *, alone: bool) -> tuple[int, Any]:
    """The child's wait status and usage; whatever it started is gone as well."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    os.kill(pid, signal.SIGKILL)
    _, status, usage = os.wait4(pid, 0)
    kernel.kill_descendants(alone=alone)
    return status, usage
