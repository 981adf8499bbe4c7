"""Listen to a child, and end it when a bound is reached.

Nothing that the child says is read here, only counted and passed on.
"""

import os
import select
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from runner.harness import kernel
from runner.harness.forked import Forked
from runner.harness.frame import MAX_RESULT_BYTES
from runner.harness.stream import Stream

TICK_S: Final = 0.05
"""How late the end of CPU time may be noticed."""
TICK_WITHOUT_PIDFD_S: Final = 0.005


@dataclass(frozen=True, kw_only=True)
class Bounds:
    cpu_time_s: float
    wall_time_s: float
    ends_at: float
    """Monotonic: when the whole job's time is over."""
    output_bytes: int


class Watch:
    """One child after another, each heard through the same three streams."""

    def __init__(
        self,
        bounds: Bounds,
        oom_kills: Callable[[], int] = kernel.out_of_memory_kills,
    ) -> None:
        self._bounds = bounds
        self._oom_kills = oom_kills
        self.stdout = Stream(bounds.output_bytes)
        self.stderr = Stream(bounds.output_bytes)
        self.result = Stream(MAX_RESULT_BYTES)
        self.streams = (self.stdout, self.stderr, self.result)

    def over(
        self,
        child: Forked,
        feed: Callable[[int], None],
        end: Callable[[int], tuple[int, Any]],
        *,
        spent_s: float = 0.0,
    ) -> dict[str, Any]:
        """How it ended. `feed` writes the child's action to the descriptor it is given;
        `end` ends the child and whatever it started, and returns its wait status and
        usage, of which `spent_s` is not the submission's.
        """
        oom_before = self._oom_kills()
        started_at = time.monotonic()
        for stream, output in zip(self.streams, child.outputs, strict=True):
            stream.listen_to(output)
        feed(child.action)
        os.close(child.action)
        cause = _Listener(child.pid, self.streams, self._bounds, started_at).listen()
        status, usage = end(child.pid)
        wall_time_s = time.monotonic() - started_at
        for stream in self.streams:
            stream.drain()
        cpu_time_s = max(0.0, usage.ru_utime + usage.ru_stime - spent_s)
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

    def close(self) -> None:
        for stream in self.streams:
            stream.close()

    def _cause(self, status: int, cpu_time_s: float, oom_before: int) -> str:
        killed_by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else None
        if killed_by == signal.SIGXCPU or cpu_time_s > self._bounds.cpu_time_s:
            return "cpu_time"
        if killed_by == signal.SIGKILL and self._oom_kills() > oom_before:
            return "memory"
        if any(stream.truncated for stream in self.streams):
            return "output"
        return "exit" if killed_by is None else "signal"


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
