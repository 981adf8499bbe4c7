"""What the kernel counts of the whole container, for the zygote alone."""

import os
from typing import Final

from runner.harness.kernel import OOM_COUNTERS, READ_BYTES, oom_kills_in

TASKS: Final = (
    "/sys/fs/cgroup/pids.current",
    "/sys/fs/cgroup/pids/pids.current",
)


class ContainerCounts:
    """Keeps the files open: to open one takes ten times as long as to read it."""

    def __init__(self) -> None:
        self._oom = _opened(*OOM_COUNTERS)
        self._tasks = _opened(*TASKS)

    def out_of_memory_kills(self) -> int:
        return oom_kills_in(_content(self._oom))

    def tasks(self) -> int:
        """Processes and threads, wherever they hide; 0 where nobody counts them."""
        return int(_content(self._tasks) or 0)


def _opened(*paths: str) -> int | None:
    for path in paths:
        try:
            return os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            continue
    return None


def _content(descriptor: int | None) -> str:
    if descriptor is None:
        return ""
    return os.pread(descriptor, READ_BYTES, 0).decode()
