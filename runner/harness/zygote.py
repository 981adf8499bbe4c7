"""Process 1 of a warm container: keeps a place ready for the next submission.

    zygote ── clone ──► supervisor, process 1 of its own namespaces
      │                      └ reads one order, answers, ends
      ├─ standing (a frame to the host): the next place stands, all before it is gone
      └─ awaits its end, then makes the next place, or ends when all is not well: the
         supervisor failed, memory ran out, a process or a file outlived the place

The zygote itself never reads a byte of the host's, so that the memory that places are
forked from holds nothing of any submission. The end of a supervisor ends its whole pid
namespace: the kernel kills what is left in it before the zygote hears of it.

Where the system refuses such places, the zygote is the supervisor of one order itself.
"""

import gc
import os
import sys
from dataclasses import dataclass
from typing import Final, NoReturn

from runner import codec
from runner.harness import kernel, namespaces, seccomp, supervisor
from runner.harness.clone import clone_apart
from runner.harness.frame import POOLED, SINGLE_USE, framed
from runner.harness.lasting import make_lasting
from runner.harness.rehearsal import rehearse

ARGUMENT: Final = "zygote"
WELL: Final = 0
NOT_WELL: Final = 1
STANDS: Final = b"\0"
REASON_BYTES: Final = 500


class _NoPlace(Exception):
    """With the system's word for it."""


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """What all places have in common, worked out once."""

    uid: int
    gid: int
    mounts: tuple[namespaces.Mount, ...]
    refusals: bytes
    """A filter of system calls, as `seccomp.install` takes it."""
    files: list[str]
    """In the container's own writable folders, before any submission."""


def main() -> NoReturn:
    kernel.hide_memory(hidden=True)
    try:
        plan = _Plan(
            uid=os.getuid(),
            gid=os.getgid(),
            mounts=namespaces.mounts(),
            refusals=seccomp.program(),
            files=_files(),
        )
        rehearse()
        gc.collect()
        make_lasting()
        # What is frozen is not touched by later collections: shared by all forks.
        gc.freeze()
        place = _place(plan)
    except (_NoPlace, seccomp.UnknownArchitecture) as refusal:
        _serve_once(str(refusal))
    while True:
        killed_before = kernel.out_of_memory_kills()
        _tell(POOLED, "")
        _, status = os.waitpid(place, 0)
        killed = kernel.out_of_memory_kills() > killed_before
        if status != WELL or killed or _has_children() or _files() != plan.files:
            sys.exit(NOT_WELL)
        place = _place(plan)


def _files() -> list[str]:
    return [name for folder, _ in namespaces.SPACES for name in os.listdir(folder)]


def _has_children() -> bool:
    """As process 1 it is the parent of whatever outlived its own."""
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return False
    return True


def _place(plan: _Plan) -> int:
    """The supervisor's process, once it waits for its order."""
    told, tell = os.pipe()
    try:
        supervising = clone_apart()
    except OSError as refusal:
        raise _NoPlace(str(refusal)) from refusal
    if supervising == 0:
        _supervise(plan, tell)
    os.close(tell)
    word = os.read(told, REASON_BYTES)
    os.close(told)
    if word != STANDS:
        os.waitpid(supervising, 0)
        raise _NoPlace(word.decode(errors="replace") or "the place fell down")
    return supervising


def _supervise(plan: _Plan, tell: int) -> NoReturn:
    """In the first process of the new namespaces."""
    status = NOT_WELL
    try:
        kernel.die_with_parent()
        # The kernel gives the files of a hidden process to root, and it must write some
        # of its own.
        kernel.hide_memory(hidden=False)
        namespaces.settle(plan.uid, plan.gid)
        namespaces.furnish(plan.mounts)
        namespaces.renounce()
        seccomp.install(plan.refusals)
        os.write(tell, STANDS)
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
