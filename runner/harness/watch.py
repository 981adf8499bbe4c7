"""In the supervisor: fork a child, listen to it, and end it when a bound is reached.

Nothing that the child says is read here, only counted and passed on.
"""

import contextlib
import fcntl
import os
import select
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn

from runner.harness import kernel
from runner.harness.child import ACTION, ALL_DESCRIPTORS, RESULT
from runner.harness.frame import MAX_RESULT_BYTES

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


@dataclass
class Stream:
    """One pipe from the child; what is past `limit` is dropped and remembered."""

    descriptor: int
    limit: int
    content: bytearray = field(default_factory=bytearray)
    truncated: bool = False
    ended: bool = False

    def take(self) -> None:
        """Read once; the descriptor does not block."""
        try:
            part = os.read(self.descriptor, 1 << 16)
        except BlockingIOError:
            return
        self.ended = not part
        room = self.limit - len(self.content)
        self.truncated = self.truncated or len(part) > room
        self.content += part[:room]

    def drain(self) -> None:
        """All that is in the pipe, once nobody writes to it."""
        while not self.ended and not self.truncated:
            before = len(self.content)
            self.take()
            if len(self.content) == before:
                break
        os.close(self.descriptor)


def watch(
    task: Callable[[], int], bounds: Bounds, feed: Callable[[int], None] | None = None
) -> dict[str, Any]:
    """Fork; the child does `task` and exits with what it returns. How that ended.

    `feed` writes the child's action to the descriptor it is given, and closes it.
    """
    oom_before = kernel.out_of_memory_kills()
    started_at = time.monotonic()
    action_out, action_in = os.pipe()
    pipes = [os.pipe() for _ in range(3)]
    pid = os.fork()
    if pid == 0:
        _become_child(task, action_out, [write for _, write in pipes])
    os.close(action_out)
    limits = (bounds.output_bytes, bounds.output_bytes, MAX_RESULT_BYTES)
    streams = []
    for (read, write), limit in zip(pipes, limits, strict=True):
        os.close(write)
        os.set_blocking(read, False)
        streams.append(Stream(read, limit))
    if feed is not None:
        feed(action_in)
    with contextlib.suppress(OSError):
        os.close(action_in)
    cause = _Listener(pid, streams, bounds, started_at).listen()
    status, usage = _end(pid, alone=bounds.alone)
    wall_time_s = time.monotonic() - started_at
    for stream in streams:
        stream.drain()
    cpu_time_s = usage.ru_utime + usage.ru_stime
    return {
        "ended": cause or _cause(status, cpu_time_s, streams, bounds, oom_before),
        "exit_status": os.waitstatus_to_exitcode(status),
        "stdout": bytes(streams[0].content),
        "stderr": bytes(streams[1].content),
        "stdout_truncated": streams[0].truncated,
        "stderr_truncated": streams[1].truncated,
        "result": bytes(streams[2].content),
        "cpu_time_s": cpu_time_s,
        "wall_time_s": wall_time_s,
        "peak_memory_kib": usage.ru_maxrss,
    }


def _become_child(task: Callable[[], int], action: int, writes: list[int]) -> NoReturn:
    status = CHILD_FAULT
    try:
        os.setsid()
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
        self, pid: int, streams: list[Stream], bounds: Bounds, started_at: float
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


def _cause(
    status: int,
    cpu_time_s: float,
    streams: list[Stream],
    bounds: Bounds,
    oom_before: int,
) -> str:
    killed_by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else None
    if killed_by == signal.SIGXCPU or cpu_time_s > bounds.cpu_time_s:
        return "cpu_time"
    if killed_by == signal.SIGKILL and kernel.out_of_memory_kills() > oom_before:
        return "memory"
    if any(stream.truncated for stream in streams):
        return "output"
    return "exit" if killed_by is None else "signal"
