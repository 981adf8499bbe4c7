"""The first process of a new pid namespace, which only waits: no memory for it.

The kernel ends a whole pid namespace with its first process. That can be no submission:
a first process cannot be stopped or ended by a signal of its own namespace, so none
would end as it does elsewhere. A fork of the zygote for it would cost as much as the
submission's own: some 1.5 ms, most of it the kernel's, to copy pages. So it is
made without memory of its own: it runs the C library's `pause` on the zygote's pages.

Nobody in the namespace reaches those pages through it. The zygote is hidden from other
processes (`kernel.hide_memory`), has capabilities that no submission has, and has no
handler for any signal, so the kernel delivers it none from within.
"""

import ctypes
import mmap
import os
import signal
from typing import Final

from runner.harness import kernel

CLONE_VM: Final = 0x100
STACK_BYTES: Final = 1 << 14

_libc: Final = ctypes.CDLL(None, use_errno=True)


class FirstProcess:
    """Starts it where the caller's children go; raises OSError."""

    def __init__(self) -> None:
        self._stack = mmap.mmap(-1, STACK_BYTES, flags=mmap.MAP_PRIVATE)
        bottom = ctypes.addressof(ctypes.c_char.from_buffer(self._stack))
        self._pid: int = _libc.clone(
            _libc.pause,
            ctypes.c_void_p(bottom + STACK_BYTES),
            CLONE_VM | signal.SIGCHLD,
            None,
        )
        if self._pid < 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), "clone")

    def is_ending(self) -> bool:
        """By somebody outside: no submission can do that."""
        return kernel.is_exiting(self._pid)

    def end(self) -> None:
        """Returns when nothing is left in its namespace."""
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
