"""A child of the harness: forked, led away from everything else, and heard by pipes."""

import fcntl
import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NoReturn

from runner.harness import kernel

RESULT: Final = 3
ACTION: Final = 4
KEPT: Final = 5
ALL_DESCRIPTORS: Final = 4096
FREE_DESCRIPTOR: Final = 64
CHILD_FAULT: Final = 70
"""EX_SOFTWARE: the harness itself failed in the child."""


@dataclass(frozen=True, kw_only=True)
class Forked:
    pid: int
    action: int
    """What is written here, the child reads from its ACTION."""
    outputs: tuple[int, int, int]
    """Its stdout, stderr and RESULT are read here."""


def forked(task: Callable[[], int], kept: Sequence[int] = ()) -> Forked:
    """The child does `task` and exits with what that returns. It has no descriptors but
    its pipes, and from KEPT on those that are `kept`.
    """
    action_out, action_in = os.pipe()
    pipes = [os.pipe() for _ in range(3)]
    pid = os.fork()
    if pid == 0:
        writes = [write for _, write in pipes]
        _become_child(task, [*writes, action_out, *kept])
    os.close(action_out)
    for _, write in pipes:
        os.close(write)
    stdout, stderr, result = (read for read, _ in pipes)
    return Forked(pid=pid, action=action_in, outputs=(stdout, stderr, result))


def _become_child(task: Callable[[], int], descriptors: Sequence[int]) -> NoReturn:
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
            for number in (nothing, *descriptors)
        ]
        for target, source in enumerate(sources):
            os.dup2(source, target, inheritable=target < RESULT)
        os.closerange(len(sources), ALL_DESCRIPTORS)
        status = task()
    finally:
        os._exit(status)
