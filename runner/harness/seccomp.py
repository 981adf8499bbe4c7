"""The system calls that a submission may not make, as a filter for the kernel.

    architecture is not the native one   the process is killed
    REFUSED                              "operation not permitted"
    clone with a new namespace           the same; clone3, whose flags a filter cannot
                                         read, does not exist (the C library then
                                         uses clone)
    socket of a family not in FAMILIES   "address family not supported"
    all else                             allowed; Docker's own filter stands outside

Built by hand of classic BPF (seccomp(2)), because the image holds no library for it.
"""

import ctypes
import errno
import os
import struct
from collections.abc import Iterator
from typing import Final

REFUSED: Final = {
    # name: (x86_64, aarch64); None where the architecture has no such call
    "acct": (163, 89),
    "add_key": (248, 217),
    "adjtimex": (159, 171),
    "bpf": (321, 280),
    "chroot": (161, 51),
    "clock_adjtime": (305, 266),
    "clock_settime": (227, 112),
    "delete_module": (176, 106),
    "fanotify_init": (300, 262),
    "finit_module": (313, 273),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fsopen": (430, 430),
    "fspick": (433, 433),
    "init_module": (175, 105),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "io_uring_setup": (425, 425),
    "ioperm": (173, None),
    "iopl": (172, None),
    "kcmp": (312, 272),
    "kexec_file_load": (320, 294),
    "kexec_load": (246, 104),
    "keyctl": (250, 219),
    "mbind": (237, 235),
    "memfd_secret": (447, 447),
    "migrate_pages": (256, 238),
    "modify_ldt": (154, None),
    "mount": (165, 40),
    "mount_setattr": (442, 442),
    "move_mount": (429, 429),
    "move_pages": (279, 239),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "open_tree": (428, 428),
    "perf_event_open": (298, 241),
    "personality": (135, 92),
    "pidfd_getfd": (438, 438),
    "pivot_root": (155, 41),
    "process_madvise": (440, 440),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "ptrace": (101, 117),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "reboot": (169, 142),
    "request_key": (249, 218),
    "set_mempolicy": (238, 237),
    "setdomainname": (171, 162),
    "sethostname": (170, 161),
    "setns": (308, 268),
    "settimeofday": (164, 170),
    "swapoff": (168, 225),
    "swapon": (167, 224),
    "syslog": (103, 116),
    "umount2": (166, 39),
    "unshare": (272, 97),
    "userfaultfd": (323, 282),
    "vhangup": (153, 58),
}
CLONE: Final = (56, 220)
CLONE3: Final = 435
SOCKET: Final = (41, 198)
SOCKETPAIR: Final = (53, 199)
FAMILIES: Final = (1, 2, 10)
"""AF_UNIX, AF_INET and AF_INET6, which reach loopback at most: no network is up."""
NEW_NAMESPACES: Final = 0x7E020080
"""Of clone's flags: user, pid, network, IPC, UTS, cgroup, mount and time."""
X32: Final = 0x40000000
ARCHITECTURES: Final = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

NUMBER_AT: Final = 0
ARCHITECTURE_AT: Final = 4
FIRST_ARGUMENT_AT: Final = 16
LOAD: Final = 0x20
IF_EQUAL: Final = 0x15
IF_AT_LEAST: Final = 0x35
IF_ANY_BIT: Final = 0x45
RETURN: Final = 0x06
INSTRUCTION: Final = struct.Struct("HBBI")

KILL: Final = 0x80000000
ALLOW: Final = 0x7FFF0000
FAIL: Final = 0x00050000

PR_SET_SECCOMP: Final = 22
SECCOMP_MODE_FILTER: Final = 2

_libc: Final = ctypes.CDLL(None, use_errno=True)


class UnknownArchitecture(OSError):
    """There is no table of system calls for this machine."""


def program(machine: str | None = None) -> bytes:
    """Instructions for this machine; raises UnknownArchitecture."""
    return b"".join(_instructions(machine or os.uname().machine))


def column(machine: str) -> int:
    """Where its numbers stand in the tables; raises UnknownArchitecture."""
    if machine not in ARCHITECTURES:
        raise UnknownArchitecture(errno.ENOSYS, "no table of system calls", machine)
    return list(ARCHITECTURES).index(machine)


def install(instructions: bytes) -> None:
    """For this process and all that it starts, for good. Raises OSError."""
    count = len(instructions) // INSTRUCTION.size
    held = ctypes.create_string_buffer(instructions, len(instructions))
    header = struct.pack("HxxxxxxP", count, ctypes.addressof(held))
    if _libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, header, 0, 0) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _instructions(machine: str) -> Iterator[bytes]:
    own = column(machine)
    yield _load(ARCHITECTURE_AT)
    yield _unless(ARCHITECTURES[machine], skip=0, otherwise=1)
    yield _return(KILL)
    yield _load(NUMBER_AT)
    if machine == "x86_64":
        yield INSTRUCTION.pack(IF_AT_LEAST, 0, 1, X32)
        yield _return(KILL)
    for numbers in REFUSED.values():
        number = numbers[own]
        if number is not None:
            yield _unless(number, skip=1, otherwise=0)
            yield _return(FAIL | errno.EPERM)
    yield _unless(CLONE3, skip=1, otherwise=0)
    yield _return(FAIL | errno.ENOSYS)
    yield _unless(CLONE[own], skip=4, otherwise=0)
    yield _load(FIRST_ARGUMENT_AT)
    yield INSTRUCTION.pack(IF_ANY_BIT, 0, 1, NEW_NAMESPACES)
    yield _return(FAIL | errno.EPERM)
    yield _return(ALLOW)
    for number in (SOCKET[own], SOCKETPAIR[own]):
        yield _unless(number, skip=len(FAMILIES) * 2 + 2, otherwise=0)
        yield _load(FIRST_ARGUMENT_AT)
        for family in FAMILIES:
            yield _unless(family, skip=1, otherwise=0)
            yield _return(ALLOW)
        yield _return(FAIL | errno.EAFNOSUPPORT)
    yield _return(ALLOW)


def _load(offset: int) -> bytes:
    return INSTRUCTION.pack(LOAD, 0, 0, offset)


def _unless(value: int, *, skip: int, otherwise: int) -> bytes:
    """Skip so many instructions unless the loaded word is `value`; `otherwise` those
    to skip when it is.
    """
    return INSTRUCTION.pack(IF_EQUAL, otherwise, skip, value)


def _return(action: int) -> bytes:
    return INSTRUCTION.pack(RETURN, 0, 0, action)
