"""What the kernel keeps of System V after its processes are gone.

It has names for all of a namespace, so one case would find what another left. POSIX
queues, which would stay as well, are refused by a bound (see `kernel.bound_process`).
"""

import ctypes
from collections.abc import Callable
from typing import Final

REMOVE: Final = 0
"""IPC_RMID, the same on every Linux."""
TABLES: Final = "/proc/sysvipc"


def remove_all() -> None:
    """Whatever is there; call it where nobody else's can be."""
    libc = ctypes.CDLL(None)
    _each("shm", lambda number: libc.shmctl(number, REMOVE, None))
    _each("msg", lambda number: libc.msgctl(number, REMOVE, None))
    _each("sem", lambda number: libc.semctl(number, 0, REMOVE))


def _each(kind: str, remove: Callable[[int], object]) -> None:
    try:
        with open(f"{TABLES}/{kind}") as table:
            rows = table.read().splitlines()[1:]
    except OSError:
        return
    for row in rows:
        remove(int(row.split()[1]))
