"""What the harness asks of the kernel: bounds, process trees, out-of-memory counts.

Each works as far as the system has it: without /proc or prctl (macOS, gVisor) the rest
of the limits still hold.
"""

import contextlib
import ctypes
import os
import resource
import signal
import sys
import time
from collections.abc import Iterator
from typing import Final

PR_SET_PDEATHSIG: Final = 1
PR_SET_DUMPABLE: Final = 4
PR_CAPBSET_DROP: Final = 24
PR_SET_CHILD_SUBREAPER: Final = 36

CAPABILITY_VERSION: Final = 0x20080522
"""_LINUX_CAPABILITY_VERSION_3: two words a set."""
UNCOUNTING: Final = (21, 24)
"""CAP_SYS_ADMIN and CAP_SYS_RESOURCE: who has one starts as many as it likes."""
FIRST_STAND_IN: Final = 1 << 30
"""Above every user and every range of them that a distribution hands out."""

OPEN_FILES: Final = 128
"""Enough for a small server with its clients and a process pool."""
STACK_BYTES: Final = 16 << 20
"""Twice the usual: recursion in C (parsers, regular expressions) meets Python's own
limit before this one."""
RESCUE_BYTES: Final = 16 << 20
"""Address space kept back, so that a MemoryError can still be reported."""
READ_BYTES: Final = 1 << 14

IGNORED_BY_PYTHON: Final = frozenset({signal.SIGPIPE, signal.SIGXFSZ})

CPUCLOCK_SCHED: Final = 2
FLAGS: Final = 9
PF_EXITING: Final = 4

OOM_COUNTERS: Final = (
    "/sys/fs/cgroup/memory.events",
    "/sys/fs/cgroup/memory/memory.oom_control",
)
# Opened once: each opening makes a class, in every child anew.
_libc: Final = ctypes.CDLL(None, use_errno=True)


def prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        _libc.prctl(option, value, 0, 0, 0)


def hear_signals() -> None:
    """Nothing is ignored but what Python ignores: a bot that was started with nohup, or
    in a shell's background, would hand its deafness on.
    """
    for number in signal.valid_signals() - IGNORED_BY_PYTHON:
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)


def adopt_orphans() -> None:
    """A process that outlives its parent becomes ours to kill."""
    prctl(PR_SET_CHILD_SUBREAPER, 1)


def hide_memory(*, hidden: bool) -> None:
    """Keep other processes of the same user from reading or tracing this one."""
    prctl(PR_SET_DUMPABLE, int(not hidden))


def die_with_parent(number: int = signal.SIGKILL) -> None:
    prctl(PR_SET_PDEATHSIG, number)


def count_apart() -> None:
    """Under root, whose processes the kernel does not count, count as another's.

    Only the real user changes, a number of our own for each child: what root may read
    stays as it is. Against a submission that wants to get around it, only Docker helps.
    """
    if sys.platform != "linux" or os.getuid() != 0:
        return
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    # Effective, permitted and inheritable: the low words, then the high ones.
    sets = (ctypes.c_uint32 * 6)()
    if _libc.capget(header, sets) != 0:
        return
    for capability in UNCOUNTING:
        prctl(PR_CAPBSET_DROP, capability)
        for word in range(3):
            sets[word] &= ~(1 << capability) & 0xFFFFFFFF
    _libc.capset(header, sets)
    # In a container that maps few users there may be no such number.
    with contextlib.suppress(OSError):
        os.setresuid(FIRST_STAND_IN + os.getpid(), -1, -1)


def offer_to_the_oom_killer() -> None:
    """When the container is out of memory, this process dies, not the supervisor."""
    with contextlib.suppress(OSError):
        write("/proc/self/oom_score_adj", b"1000")


def bound_process(
    *, cpu_time_s: float, memory_mib: int, file_size_kib: int, processes: int | None
) -> None:
    """Limits for this process and what it starts; `processes` None leaves their number.

    CPU time is bounded in whole seconds here; the supervisor watches the fraction.
    """
    whole_s = int(cpu_time_s) + 1
    space = _address_space() + (memory_mib << 20)
    _lower(resource.RLIMIT_CORE, 0, 0)
    _lower(resource.RLIMIT_CPU, whole_s, whole_s + 1)
    _lower(resource.RLIMIT_FSIZE, file_size_kib << 10, file_size_kib << 10)
    _lower(resource.RLIMIT_NOFILE, OPEN_FILES, OPEN_FILES)
    _lower(resource.RLIMIT_STACK, STACK_BYTES, STACK_BYTES)
    if processes is not None:
        _lower(resource.RLIMIT_NPROC, processes, processes)
    if sys.platform == "linux":
        _lower(resource.RLIMIT_AS, space, space + RESCUE_BYTES)
        # gVisor has no such bound: its queues are those of one container.
        with contextlib.suppress(OSError, ValueError):
            _lower(resource.RLIMIT_MSGQUEUE, 0, 0)


def release_rescue_memory() -> None:
    """Called on MemoryError: the address space kept back may now be used."""
    with contextlib.suppress(OSError, ValueError):
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def _lower(limit: int, soft: int, hard: int) -> None:
    _, highest = resource.getrlimit(limit)
    if highest != resource.RLIM_INFINITY:
        soft, hard = min(soft, highest), min(hard, highest)
    resource.setrlimit(limit, (soft, hard))


def _address_space() -> int:
    """What this process has mapped before a line of the submission runs."""
    pages = _read("/proc/self/statm").split()
    return int(pages[0]) * resource.getpagesize() if pages else 64 << 20


def tasks_of_user() -> int:
    """Processes and threads of this user: the kernel's bound counts them together."""
    uid, total = os.getuid(), 0
    for name in _listed("/proc"):
        if name.isdigit():
            with contextlib.suppress(OSError):
                if os.stat(f"/proc/{name}").st_uid == uid:
                    total += len(_listed(f"/proc/{name}/task"))
    return total


def descendants(pid: int) -> Iterator[int]:
    """Children, then theirs. A subreaper's orphans are among its children."""
    for task in _listed(f"/proc/{pid}/task"):
        for child in _read(f"/proc/{pid}/task/{task}/children").split():
            yield int(child)
            yield from descendants(int(child))


def cpu_time_s(pid: int) -> float:
    """User and system time of a live process and of its reaped children."""
    return sum(map(int, _stat(pid)[14:18])) / os.sysconf("SC_CLK_TCK")


def is_exiting(pid: int) -> bool:
    """Also while it waits for others to be gone; and when it is gone itself."""
    told = _stat(pid)
    return len(told) <= FLAGS or bool(int(told[FLAGS]) & PF_EXITING)


def _stat(pid: int) -> list[str]:
    """Numbered as in proc(5), without the name; nothing of one that is gone."""
    told = _read(f"/proc/{pid}/stat").rpartition(")")[2].split()
    return ["", "", "", *told]


def cpu_clock_s(pid: int) -> float:
    """As exact as the kernel has it, of a live process alone; see clock_getres(2)."""
    return time.clock_gettime(~pid << 3 | CPUCLOCK_SCHED)


def kill_descendants(*, alone: bool) -> None:
    """Nothing that a submission started is left; `alone` as the first process of a
    container, where one call reaches all.

    A process that forks faster than it is found is stopped first, then killed.
    """
    give_up_at = time.monotonic() + 5
    while time.monotonic() < give_up_at:
        if alone:
            _signal(-1, signal.SIGKILL)
        else:
            found = list(descendants(os.getpid()))
            # A group dies as one, however fast it forks. None of theirs is ours: each
            # child began a session, and no group spans two.
            for group in {_group(pid) for pid in found}:
                _signal(-group, signal.SIGKILL)
            for order in (signal.SIGSTOP, signal.SIGKILL):
                for pid in found:
                    _signal(pid, order)
        if not _reap():
            return


def _reap() -> bool:
    """True while there are children left."""
    try:
        while True:
            pid, _ = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                time.sleep(0.0005)
                return True
    except ChildProcessError:
        return False


def _group(pid: int) -> int:
    """Its own where it is gone already: no other group is hit."""
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return pid


def _signal(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, number)


def out_of_memory_kills() -> int:
    """How often the kernel killed a process of this container for memory."""
    return sum(oom_kills_in(_read(path)) for path in OOM_COUNTERS)


def oom_kills_in(counters: str) -> int:
    for line in counters.splitlines():
        name, _, count = line.partition(" ")
        if name == "oom_kill":
            return int(count)
    return 0


def write(path: str, content: bytes) -> None:
    """Into one of the kernel's files, which take what they get at once."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
    try:
        os.write(descriptor, content)
    finally:
        os.close(descriptor)


def _read(path: str) -> str:
    """Without a file of Python's, which costs as much as the kernel's answer."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return ""
    try:
        parts = list(iter(lambda: os.read(descriptor, READ_BYTES), b""))
    except OSError:
        return ""
    finally:
        os.close(descriptor)
    return b"".join(parts).decode("utf-8", "replace")


def _listed(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []
