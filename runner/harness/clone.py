"""Fork into new namespaces with one system call, and no process in between.

`os.unshare` gives a new pid namespace to children only, so a process would have to
stand between the zygote and each place: a third fork for every submission. clone(2)
makes its child the first process of all of them; Python has no word for that, but
tells how to fork around it (PyOS_BeforeFork and its companions).

The C library does not hear of it. It keeps the number of its own thread, which in the
child stays the parent's: only locks look at that, which one thread never waits for.
What the child forks later is forked by the library and has all in order.
"""

import ctypes
import os
import signal
from typing import Any, Final

from runner.harness import seccomp

NAMESPACES: Final = 0x7C020000
"""User, pid, network, IPC, UTS and mount: CLONE_NEW… of sched.h."""

# It keeps the interpreter's lock over the call, as os.fork does.
_held: Final[Any] = ctypes.PyDLL(None, use_errno=True)


def clone_apart() -> int:
    """As os.fork, but the child is the first process of new namespaces.

    Raises OSError where the system refuses it.
    """
    number = seccomp.CLONE[seccomp.column(os.uname().machine)]
    _held.PyOS_BeforeFork()
    pid = int(_held.syscall(number, NAMESPACES | signal.SIGCHLD, 0, 0, 0, 0))
    if pid == 0:
        _held.PyOS_AfterFork_Child()
        return 0
    _held.PyOS_AfterFork_Parent()
    if pid < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), "clone")
    return pid
