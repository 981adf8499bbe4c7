"""Process 1 of a warm container: keeps a place ready for the next submission.

    zygote ── fork ──► door ── fork ──► supervisor, process 1 of its own namespaces
      │                 └ new namespaces      └ reads one order, answers, ends
      ├─ standing (a frame to the host): the next place stands, all before it is gone
      └─ awaits the door's end, then makes the next place, or ends when all is not well

The zygote itself never reads a byte of the host's, so that the memory that places are
forked from holds nothing of any submission. The end of a supervisor ends its whole pid
namespace: the kernel kills what is left in it before the door hears of it.

Where the system refuses such places, the zygote is the supervisor of one order itself.
"""

import gc
import os
import sys
from typing import Final, NoReturn

from runner import codec
from runner.harness import kernel, namespaces, seccomp, supervisor
from runner.harness.frame import POOLED, SINGLE_USE, framed

ARGUMENT: Final = "zygote"
WELL: Final = 0
NOT_WELL: Final = 1
REASON_BYTES: Final = 500


class _NoPlace(Exception):
    """`why` is the system's word for it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def main() -> NoReturn:
    kernel.hide_memory(hidden=True)
    gc.collect()
    # What is frozen is not touched by later collections, so stays shared by all forks.
    gc.freeze()
    try:
        door = _place()
    except _NoPlace as refusal:
        _serve_once(refusal.why)
    while True:
        killed_before = kernel.out_of_memory_kills()
        _tell(POOLED, "")
        _, status = os.waitpid(door, 0)
        if status != WELL or kernel.out_of_memory_kills() > killed_before:
            sys.exit(NOT_WELL)
        door = _place()


def _place() -> int:
    """The door's process, once the supervisor behind it waits for its order."""
    told, tell = os.pipe()
    door = os.fork()
    if door == 0:
        os.close(told)
        _open(tell)
    os.close(tell)
    with open(told, "rb", buffering=0) as pipe:
        word = pipe.read(REASON_BYTES)
    if word != b"\0":
        os.waitpid(door, 0)
        raise _NoPlace(word.decode(errors="replace") or "the door fell shut")
    return door


def _open(tell: int) -> NoReturn:
    """In the door."""
    status = NOT_WELL
    try:
        # The kernel gives the files of a hidden process to root.
        kernel.hide_memory(hidden=False)
        kernel.die_with_parent()
        namespaces.enter()
        inner = os.fork()
        if inner == 0:
            _supervise(tell)
        os.close(tell)
        kernel.hide_memory(hidden=True)
        _, status = os.waitpid(inner, 0)
    except Exception as fault:  # noqa: BLE001 - told to the host, whatever it is
        _explain(tell, fault)
    finally:
        os._exit(WELL if status == 0 else NOT_WELL)


def _supervise(tell: int) -> NoReturn:
    """In the first process of the new namespaces."""
    status = NOT_WELL
    try:
        namespaces.furnish()
        namespaces.renounce()
        seccomp.install(seccomp.program())
        os.write(tell, b"\0")
        os.close(tell)
        tell = -1
        supervisor.main(own_namespaces=True)
        status = WELL
    except Exception as fault:
        if tell < 0:
            raise
        _explain(tell, fault)
    finally:
        os._exit(status)


def _explain(tell: int, fault: Exception) -> None:
    os.write(tell, f"{type(fault).__name__}: {fault}".encode()[:REASON_BYTES])


def _serve_once(why: str) -> NoReturn:
    try:
        seccomp.install(seccomp.program())
    except OSError as fault:
        # Docker's own filter still stands around it.
        why = f"{why}; no filter: {fault}"
    _tell(SINGLE_USE, why)
    supervisor.main()
    sys.exit(WELL)


def _tell(mode: str, why: str) -> None:
    message = framed(codec.encode({"mode": mode, "why": why}))
    while message:
        message = message[os.write(supervisor.OUT, message) :]
