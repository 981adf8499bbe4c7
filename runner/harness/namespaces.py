"""A place of its own for one submission: namespaces, fresh mounts, no privilege left.

    enter()     once, for the zygote: a user namespace, in which it has capabilities
    forswear()  once: nothing that is forked from here gains one, whatever it executes
    mounts()    what there is to mount, looked up once for all places
    unshare()   in the process of a place: namespaces of its own
    furnish()   own /tmp, /dev/shm and /proc, loopback up
    renounce()  all capabilities

Docker leaves `/proc` whole for the zygote (else the kernel would not let a fresh one be
mounted); what Docker would have covered is covered here, before a submission runs.
"""

import ctypes
import fcntl
import os
import socket
import struct
from collections.abc import Iterable
from typing import Final

from runner.harness import kernel

MS_RDONLY: Final = 1
MS_NOSUID: Final = 2
MS_NODEV: Final = 4
MS_NOEXEC: Final = 8
MS_REMOUNT: Final = 32
MS_BIND: Final = 4096
MS_REC: Final = 16384
MS_PRIVATE: Final = 1 << 18
NEW_USER: Final = 0x10000000
NEW_PIDS: Final = 0x20000000
"""Of the caller's children; it stays where it is."""
NEW_MOUNTS: Final = 0x00020000
NEW_PLACE: Final = NEW_MOUNTS | 0x4C000000
"""Network, IPC and UTS as well: CLONE_NEW… of sched.h."""

BARE: Final = MS_NOSUID | MS_NODEV | MS_NOEXEC

PR_CAPBSET_DROP: Final = 24
PR_SET_NO_NEW_PRIVS: Final = 38
PR_CAP_AMBIENT: Final = 47
PR_CAP_AMBIENT_CLEAR_ALL: Final = 4
CAPABILITY_VERSION_3: Final = 0x20080522

SIOCGIFFLAGS: Final = 0x8913
SIOCSIFFLAGS: Final = 0x8914
IFF_UP: Final = 1
INTERFACE: Final = struct.Struct("16sh22x")
"""struct ifreq: a name, then flags."""

SPACES: Final = (
    ("/tmp", "size=32m,nr_inodes=8192,mode=1777"),
    ("/dev/shm", "size=16m,nr_inodes=1024,mode=1777"),
)
COVERED: Final = (
    # A mount of the container's own IPC namespace: a message could wait there for
    # the next submission.
    "/dev/mqueue",
    "/proc/acpi",
    "/proc/asound",
    "/proc/interrupts",
    "/proc/kcore",
    "/proc/keys",
    "/proc/latency_stats",
    "/proc/sched_debug",
    "/proc/scsi",
    "/proc/timer_list",
    "/proc/timer_stats",
    "/sys/devices/virtual/powercap",
    "/sys/firmware",
)
READ_ONLY: Final = (
    "/proc/bus",
    "/proc/fs",
    "/proc/irq",
    "/proc/sys",
    "/proc/sysrq-trigger",
)
BESIDE_THE_ONLY_CASE: Final = 5
"""The outermost, the zygote, the first process, a supervisor that waits, and itself."""
BESIDE_ONE_OF_SEVERAL: Final = 6
"""The outermost, the zygote, its supervisor, a place of two that waits, and itself."""
PROCESSES_COUNTED_APART: Final = (5, 14)
"""The kernel from which RLIMIT_NPROC counts within a user namespace, not on the whole
machine."""

Mount = tuple[bytes, bytes, bytes | None, ctypes.c_ulong, bytes]
"""The words of mount(2)."""

_libc: Final = ctypes.CDLL(None, use_errno=True)


def mounts() -> tuple[Mount, ...]:
    """In order. A path that comes to be later, with a module of the kernel, is covered
    from the next container on; Docker's own list is no younger.
    """
    found = [_PRIVATE]
    for place, options in SPACES:
        found.append(_mount("tmpfs", place, "tmpfs", BARE, options))
    found.append(_PROC)
    for path in COVERED:
        if os.path.isdir(path):
            empty = "size=4k,nr_inodes=2"
            found.append(_mount("tmpfs", path, "tmpfs", BARE | MS_RDONLY, empty))
        elif os.path.exists(path):
            found.append(_mount("/dev/null", path, None, MS_BIND))
    for path in READ_ONLY:
        if os.path.exists(path):
            locked = MS_BIND | MS_REMOUNT | MS_RDONLY | BARE
            found.append(_mount(path, path, None, MS_BIND | MS_REC))
            found.append(_mount("none", path, None, locked))
    return tuple(found)


def enter() -> None:
    """As the user that it was; its next child will be the first process of its own pid
    namespace. Raises OSError.
    """
    uid, gid = os.getuid(), os.getgid()
    unshare(NEW_USER)
    # The kernel gives the files of a hidden process to root, and whoever gains
    # capabilities is hidden.
    kernel.hide_memory(hidden=False)
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{uid} {uid} 1"),
        ("gid_map", f"{gid} {gid} 1"),
    ):
        kernel.write(f"/proc/self/{name}", text.encode())
    unshare(NEW_PIDS)


def unshare(flags: int) -> None:
    """Raises OSError."""
    _checked(_libc.unshare(flags))


def mount_proc() -> None:
    """Of the caller's own pid namespace, for itself alone. Raises OSError."""
    unshare(NEW_MOUNTS)
    for mount in (_PRIVATE, _PROC):
        _checked(_libc.mount(*mount), mount[1])


def own_pids() -> int:
    """A descriptor for `join`, which is open for good."""
    return os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)


def join(pids: int) -> None:
    """There the next children come to be. Raises OSError."""
    _checked(_libc.setns(pids, NEW_PIDS))


def furnish(planned: Iterable[Mount]) -> None:
    """Raises OSError where the system refuses one of the mounts."""
    for mount in planned:
        _checked(_libc.mount(*mount), mount[1])
    _raise_loopback()
    os.chdir(SPACES[0][0])


def forswear() -> None:
    """Nothing gives a capability back, not even a program with set-user-id."""
    _prctl(PR_SET_NO_NEW_PRIVS, 1)
    _prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    with open("/proc/sys/kernel/cap_last_cap") as file:
        last = int(file.read())
    for capability in range(last + 1):
        _prctl(PR_CAPBSET_DROP, capability)


def renounce() -> None:
    """Raises OSError."""
    header = struct.pack("Ii", CAPABILITY_VERSION_3, 0)
    _checked(_libc.capset(header, bytes(24)))


def process_bound(allowed: int, beside: int) -> int | None:
    """For a case that may start so many, where others stand beside it; None where the
    kernel cannot tell them from other containers'.
    """
    release = os.uname().release.split(".")[:2]
    try:
        apart = tuple(map(int, release)) >= PROCESSES_COUNTED_APART
    except ValueError:
        return None
    return allowed + beside if apart else None


def _raise_loopback() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        asked = INTERFACE.pack(b"lo", 0)
        name, flags = INTERFACE.unpack(fcntl.ioctl(control, SIOCGIFFLAGS, asked))
        fcntl.ioctl(control, SIOCSIFFLAGS, INTERFACE.pack(name, flags | IFF_UP))


def _mount(
    source: str, target: str, kind: str | None, flags: int, options: str = ""
) -> Mount:
    return (
        source.encode(),
        target.encode(),
        kind.encode() if kind else None,
        ctypes.c_ulong(flags),
        options.encode(),
    )


def _prctl(option: int, value: int) -> None:
    zero = ctypes.c_ulong(0)
    _checked(_libc.prctl(option, ctypes.c_ulong(value), zero, zero, zero))


_PRIVATE: Final = _mount("none", "/", None, MS_REC | MS_PRIVATE)
_PROC: Final = _mount("proc", "/proc", "proc", BARE)


def _checked(result: int, path: bytes | None = None) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), path)
