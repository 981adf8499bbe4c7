"""Warm containers that wait for submissions; what one costs to start, nobody awaits.

    run ──► queue, first come first served ──► a slot's thread ──► its warm container
                                                  │ the answer goes out first; then
                                                  └ whole again? else closed, a new one

Each slot owns one container and judges one submission at a time, so slots bound both. A
container serves `submissions_per_container`, then goes; at once when anything was odd.
A submission that needs more room than a warm container has goes to the cold sandbox.
"""

import asyncio
import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from enum import StrEnum
from typing import Final, Protocol

from runner.errors import SandboxFault
from runner.sandbox import Outcome, Sandbox, Work

SLOTS: Final = 4
SUBMISSIONS_PER_CONTAINER: Final = 100
"""Each submission has namespaces of its own, so a new container adds little; a hundred
make the cost of one unmeasurable beside theirs."""
LONGEST_STAY_S: Final = 1800.0
"""A container's age, so that one whose runner died can be told from one in use."""


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


class PooledSandbox:
    name = "docker"

    def __init__(
        self,
        opened: Callable[[], Warm],
        cold: Sandbox,
        fits: Callable[[Work], bool],
        *,
        slots: int = SLOTS,
        submissions_per_container: int = SUBMISSIONS_PER_CONTAINER,
    ) -> None:
        """Blocks until the first container stands. Raises SandboxFault if none does."""
        first = opened()
        self.mode = first.mode
        self.why = first.why
        self._cold = cold
        self._fits = fits
        self._queue: queue.SimpleQueue[_Errand | None] = queue.SimpleQueue()
        most = 1 if self.mode is Mode.SINGLE_USE else submissions_per_container
        self._slots = [
            _Slot(opened, self._queue, most, first if number == 0 else None)
            for number in range(slots)
        ]
        for slot in self._slots:
            slot.start()

    async def run(self, work: Work) -> Sequence[Outcome]:
        if not self._fits(work):
            return await self._cold.run(work)
        errand = _Errand(work)
        self._queue.put(errand)
        done = asyncio.wrap_future(errand.future)
        try:
            return await asyncio.shield(done)
        except asyncio.CancelledError:
            errand.leave()
            # Its end is awaited, however it ends.
            await asyncio.gather(done, return_exceptions=True)
            raise

    async def close(self) -> None:
        """What waits is still judged."""
        for _ in self._slots:
            self._queue.put(None)
        for slot in self._slots:
            await asyncio.to_thread(slot.join)
        await self._cold.close()


class _Errand:
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
        return True

    def fail(self, fault: Exception) -> None:
        told = fault if isinstance(fault, SandboxFault) else SandboxFault(repr(fault))
        self.future.set_exception(told)


class _Slot(threading.Thread):
    def __init__(
        self,
        opened: Callable[[], Warm],
        errands: "queue.SimpleQueue[_Errand | None]",
        most: int,
        first: Warm | None,
    ) -> None:
        # A daemon: whoever forgets to close the pool can still leave.
        super().__init__(name="sandbox-slot", daemon=True)
        self._opened = opened
        self._errands = errands
        self._most = most
        self._warm = first
        self._served = 0

    def run(self) -> None:
        while True:
            self._refill()
            try:
                errand = self._errands.get(timeout=LONGEST_STAY_S / 2)
            except queue.Empty:
                self._retire()
                continue
            if errand is None:
                return self._retire()
            if errand.future.set_running_or_notify_cancel():
                self._serve(errand)

    def _refill(self) -> SandboxFault | None:
        if self._warm is not None:
            return None
        try:
            self._warm, self._served = self._opened(), 0
        except SandboxFault as fault:
            # The engine may be back by the next submission, which is told if not.
            return fault
        return None

    def _serve(self, errand: _Errand) -> None:
        fault = self._refill()
        if self._warm is None:
            return errand.fail(fault or SandboxFault("no container"))
        self._served += 1
        well = errand.judge(self._warm)
        if not well or self._served >= self._most or not self._warm.whole():
            self._retire()
        return None

    def _retire(self) -> None:
        if self._warm is not None:
            self._warm.close()
            self._warm = None
