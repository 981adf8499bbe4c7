"""Process 1 of a warm container's own namespaces: keeps places ready for what comes.

    outermost ─ zygote ─┬─ first process, which only waits    for a submission of one
                        └─ the case, beside it                case: the zygote watches
                        │
                        └─ supervisor, the first process      for one of several cases:
                             └─ case, case, …                 one supervisor watches

    POOLED (a frame to the host): both places stand, all before them is gone
    preface, order, action, …     from the host: which kind comes, and the bounds
    ended, streams                to the host, as any supervisor answers

A place has namespaces, mounts and a filter of its own. One of each kind stands, so that
no submission waits for its place to be made; the other kind's, which holds nothing and
only waits, is then out of its sight and reach.

The memory that places are forked from holds nothing of any submission. Of what the host
sends the zygote reads the preface, which is numbers; an order passes through, and an
answer is heard, in pages that it gives back before the next fork.

Where the system refuses such places, the zygote is the supervisor of one order itself.
"""

import contextlib
import gc
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, NoReturn

from runner import codec
from runner.harness import kernel, namespaces, seccomp, supervisor
from runner.harness.child import act_alone
from runner.harness.container_counts import ContainerCounts
from runner.harness.first_process import FirstProcess
from runner.harness.forked import (
    ACTION,
    ALL_DESCRIPTORS,
    KEPT,
    RESULT,
    Forked,
    forked,
)
from runner.harness.frame import (
    POOLED,
    PREFACE,
    SINGLE_USE,
    Preface,
    read_exactly,
)
from runner.harness.lasting import make_lasting
from runner.harness.passing import IN, OUT, offer, pass_frame, say
from runner.harness.rehearsal import rehearse
from runner.harness.watch import Bounds, Watch

ARGUMENT: Final = "zygote"
WELL: Final = 0
NOT_WELL: Final = 1
STANDS: Final = b"\0"
BEGIN: Final = b"\1"
REASON_BYTES: Final = 500


class NoPlace(Exception):
    """With the system's word for it."""


class PlaceDied(Exception):
    """Not of anything that a submission can do."""


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """What all places have in common, worked out once."""

    mounts: tuple[namespaces.Mount, ...]
    refusals: bytes
    """A filter of system calls, as `seccomp.install` takes it."""
    files: list[str]
    """In the container's own writable folders, before any submission."""
    tasks: int
    """In the container, before any place."""
    own_pids: int
    """A descriptor of the zygote's pid namespace."""
    container: ContainerCounts

    def is_as_it_was(self, waiting: int) -> bool:
        """Once a place is gone, and so many processes of the other wait."""
        tasks = self.container.tasks()
        return tasks in (0, self.tasks + waiting) and _files() == self.files


def apart() -> str:
    """Go on in a child in new namespaces, of which it is the first process and has all
    the capabilities; or go on as before, and return why that is refused.

    Called before anything is loaded: what waits outside holds no pages of it.
    """
    try:
        namespaces.enter()
        zygote = os.fork()
    except OSError as refusal:
        return str(refusal)
    if zygote:
        os._exit(os.waitstatus_to_exitcode(os.waitpid(zygote, 0)[1]) & 0xFF)
    return ""


def main(refused: str) -> NoReturn:
    """`refused` is what `apart` returned."""
    if refused:
        _serve_once(refused)
    # Python's one handler of a signal; and hidden, see `first_process`.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    kernel.hide_memory(hidden=True)
    try:
        namespaces.mount_proc()
        namespaces.forswear()
        container = ContainerCounts()
        plan = _Plan(
            mounts=namespaces.mounts(),
            refusals=seccomp.program(),
            files=_files(),
            container=container,
            tasks=container.tasks(),
            own_pids=namespaces.own_pids(),
        )
        rehearse()
        gc.collect()
        make_lasting()
        # What is frozen is not touched by later collections: shared by all forks.
        gc.freeze()
        places = {one: _Place(plan, one_case=one) for one in (True, False)}
    except (NoPlace, OSError) as refusal:
        _serve_once(str(refusal))
    while True:
        killed_before = container.out_of_memory_kills()
        _tell(POOLED, "")
        preface = _heard()
        place = places.pop(preface.one_case)
        well = place.serve(preface)
        killed = container.out_of_memory_kills() > killed_before
        [waiting] = places.values()
        if not well or killed or not plan.is_as_it_was(waiting.tasks):
            sys.exit(NOT_WELL)
        places[preface.one_case] = _Place(plan, one_case=preface.one_case)


def _files() -> list[str]:
    return [name for folder, _ in namespaces.SPACES for name in os.listdir(folder)]


class _Place:
    """Stands when it is made; raises NoPlace."""

    def __init__(self, plan: _Plan, *, one_case: bool) -> None:
        self.one_case = one_case
        self._plan = plan
        self._first: FirstProcess | None = None
        try:
            namespaces.unshare(namespaces.NEW_PIDS)
            try:
                if one_case:
                    self._first = FirstProcess()
                self._child = forked(partial(_stand, plan, one_case), (IN, OUT))
            finally:
                namespaces.join(plan.own_pids)
        except OSError as refusal:
            raise NoPlace(str(refusal)) from refusal
        word = os.read(self._child.outputs[-1], REASON_BYTES)
        if word != STANDS:
            self.end()
            raise NoPlace(word.decode(errors="replace") or "the place fell down")

    @property
    def tasks(self) -> int:
        """While it waits."""
        return 2 if self.one_case else 1

    def serve(self, preface: Preface) -> bool:
        """False when it ended as no place does by itself."""
        if self.one_case:
            _watch(self._child, preface, self._end, self._plan.container)
            return True
        offer(self._child.action, memoryview(BEGIN))
        _, status = os.waitpid(self._child.pid, 0)
        self._close()
        return status == WELL

    def end(self) -> None:
        """Returns when nothing is left of it."""
        self._end(self._child.pid)
        self._close()

    def _end(self, pid: int) -> tuple[int, Any]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        _, status, usage = os.wait4(pid, 0)
        if self._first is not None:
            # Whoever kills that one kills the case with it.
            killed = os.waitstatus_to_exitcode(status) == -signal.SIGKILL
            if killed and self._first.is_ending():
                raise PlaceDied
            self._first.end()
        return status, usage

    def _close(self) -> None:
        for descriptor in (self._child.action, *self._child.outputs):
            os.close(descriptor)


def _watch(
    child: Forked,
    preface: Preface,
    end: Callable[[int], tuple[int, Any]],
    container: ContainerCounts,
) -> None:
    """The one case, from its order to its answer."""
    bounds = Bounds(
        cpu_time_s=preface.cpu_time_s,
        wall_time_s=preface.wall_time_s,
        ends_at=time.monotonic() + preface.total_wall_time_s,
        output_bytes=preface.output_bytes,
    )
    watch = Watch(bounds, container.out_of_memory_kills)
    # Making the place is not the submission's time.
    ended = watch.over(child, _pass_order, end, spent_s=kernel.cpu_clock_s(child.pid))
    told = codec.encode({**ended, "files": [], "too_large": []})
    say(memoryview(told), *(stream.content() for stream in watch.streams))
    watch.close()


def _pass_order(target: int) -> None:
    offer(target, memoryview(BEGIN))
    for _ in ("order", "action"):
        pass_frame(target)


def _stand(plan: _Plan, one_case: bool) -> int:  # noqa: FBT001 - by `partial`
    """In the place's own process."""
    try:
        namespaces.unshare(namespaces.NEW_PLACE)
        namespaces.furnish(plan.mounts)
        namespaces.renounce()
        seccomp.install(plan.refusals)
    except OSError as fault:
        os.write(RESULT, str(fault).encode()[:REASON_BYTES])
        return NOT_WELL
    os.write(RESULT, STANDS)
    if os.read(ACTION, 1) != BEGIN:
        return NOT_WELL
    if one_case:
        # The channel to the host, which only a supervisor may have.
        os.closerange(KEPT, ALL_DESCRIPTORS)
        return act_alone()
    os.dup2(KEPT, IN)
    os.dup2(KEPT + 1, OUT)
    os.closerange(RESULT, ALL_DESCRIPTORS)
    supervisor.main(own_namespaces=True)
    return WELL


def _heard() -> Preface:
    told = read_exactly(lambda count: os.read(IN, count), PREFACE.size)
    return Preface(*PREFACE.unpack(told))


def _serve_once(why: str) -> NoReturn:
    try:
        namespaces.renounce()
        seccomp.install(seccomp.program())
    except OSError as fault:
        # Docker's own filter still stands around it.
        why = f"{why}; no filter: {fault}"
    _tell(SINGLE_USE, why)
    _heard()
    supervisor.main()
    sys.exit(WELL)


def _tell(mode: str, why: str) -> None:
    say(memoryview(codec.encode({"mode": mode, "why": why})))
