"""A slot: one warm container after another, and the thread that judges in it.

    a container stands ──► take whose turn it is ──► judge ──► answer ──► whole again?
           ▲                                                                │
           └──────────── open a new one ◄── close it ◄── no, odd, or old ───┘

A container is opened before a submission is taken, so that no answer waits for one.
Only when no slot has any does a slot take one and open for it: somebody must be told.
"""

import contextlib
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, InvalidStateError
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol

from runner.errors import RunnerError, SandboxFault
from runner.sandbox import Outcome, Work
from runner.turns import Closed, Turns

LONGEST_STAY_S: Final = 1800.0
"""A container's age, so that one whose runner died can be told from one in use."""
RETRY_S: Final = 1.0
"""An engine that opens nothing is asked again by each slot that has none."""
LIMIT_KILLS: Final = frozenset(
    {"cpu_time", "wall_time", "total_wall_time", "memory", "output"}
)
"""Endings after which a container goes: whoever fought a limit fought the harness. A
second of the engine's time for it is less than the submission took."""


class Mode(StrEnum):
    POOLED = "pooled"
    """A container serves many submissions, each in namespaces of its own."""
    SINGLE_USE = "single_use"
    """The system refuses such namespaces: a container serves one, and goes."""


class Warm(Protocol):
    """A container that waits for a submission; used by one thread but for `leave`."""

    mode: Mode
    why: str
    """For the mode: the system's own words, empty when it refused nothing."""

    def converse(self, work: Work) -> Sequence[Outcome]:
        """Raises SandboxFault; then the container is only good to be closed."""
        ...

    def whole(self) -> bool:
        """Waits until the last submission is gone; False when it must be closed."""
        ...

    def leave(self) -> None:
        """From another thread: stop listening."""
        ...

    def close(self) -> None: ...


class Turn:
    """A submission on its way through the pool, and who awaits it."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.future: Future[Sequence[Outcome]] = Future()
        self._lock = threading.Lock()
        self._warm: Warm | None = None
        self._left = False

    def leave(self) -> None:
        """Nobody awaits it any more; from another thread than the slot's."""
        if self.future.cancel():
            return
        with self._lock:
            self._left = True
            if self._warm is not None:
                self._warm.leave()

    def judge(self, warm: Warm) -> bool:
        """In the slot's thread; False when the container must go."""
        with self._lock:
            self._warm = warm
            if self._left:
                warm.leave()
        try:
            outcomes = warm.converse(self.work)
        except Exception as fault:  # noqa: BLE001 - whoever waits must be told
            self.fail(fault)
            return False
        self.future.set_result(outcomes)
        return not any(outcome.ending in LIMIT_KILLS for outcome in outcomes)

    def fail(self, fault: Exception) -> None:
        told = fault if isinstance(fault, RunnerError) else SandboxFault(repr(fault))
        # It may have been left in the meantime.
        with contextlib.suppress(InvalidStateError):
            self.future.set_exception(told)


@dataclass(frozen=True, kw_only=True)
class Shared:
    """What the slots of a pool have in common."""

    opened: Callable[[], Warm]
    turns: Turns[Turn]
    most: int
    """Submissions for each container."""
    now: Callable[[], float]
    """Monotonic seconds."""
    took: Callable[[float], None]
    """Told the seconds of each submission."""
    standing: set["Slot"] = field(default_factory=set)
    """Those that have a container."""


class Slot(threading.Thread):
    def __init__(self, shared: Shared, first: Warm | None) -> None:
        # A daemon: whoever forgets to close the pool can still leave.
        super().__init__(name="sandbox-slot", daemon=True)
        self._shared = shared
        self._warm: Warm | None = None
        self._served = 0
        self._leaves_at = 0.0
        if first is not None:
            self._stand(first)

    def run(self) -> None:
        turns = self._shared.turns
        while True:
            if self._refill() is not None and self._shared.standing:
                if turns.closed_within(RETRY_S):
                    return None
                continue
            try:
                turn = turns.take(max(0.0, self._leaves_at - self._shared.now()))
            except TimeoutError:
                self._retire()
                continue
            except Closed:
                return self._retire()
            if turn.future.set_running_or_notify_cancel():
                self._serve(turn)

    def _refill(self) -> SandboxFault | None:
        if self._warm is not None:
            return None
        try:
            self._stand(self._shared.opened())
        except SandboxFault as fault:
            # The engine may be back by the next submission, which is told if not.
            self._leaves_at = self._shared.now() + RETRY_S
            return fault
        return None

    def _stand(self, warm: Warm) -> None:
        self._warm = warm
        self._served = 0
        self._leaves_at = self._shared.now() + LONGEST_STAY_S / 2
        self._shared.standing.add(self)

    def _serve(self, turn: Turn) -> None:
        fault = self._refill()
        if self._warm is None:
            return turn.fail(fault or SandboxFault("no container"))
        began_at = self._shared.now()
        well = turn.judge(self._warm)
        ended_at = self._shared.now()
        self._shared.took(ended_at - began_at)
        self._served += 1
        is_old = self._served >= self._shared.most or ended_at >= self._leaves_at
        if not well or is_old or not self._warm.whole():
            self._retire()
        return None

    def _retire(self) -> None:
        self._shared.standing.discard(self)
        if self._warm is not None:
            self._warm.close()
            self._warm = None
