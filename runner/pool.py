"""Warm containers that wait for submissions; what one costs to start, nobody awaits.

    run ──► turns: members one after another ──► a slot's thread ──► its warm container
       └──► SandboxFull, when too many wait         └ the answer goes out first; then
                                                      the container is made whole or new

Each slot owns one container and judges one submission at a time, so slots bound both. A
container serves `submissions_per_container`, then goes; at once when anything was odd.
A submission that needs more room than a warm container has goes to the cold sandbox.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import Final

from runner.errors import SandboxFault, SandboxFull
from runner.sandbox import Outcome, Sandbox, Work
from runner.slot import LONGEST_STAY_S, Mode, Shared, Slot, Turn, Warm
from runner.turns import Closed, Turns

__all__ = [
    "LONGEST_STAY_S",
    "SHORTEST_WAIT_S",
    "SLOTS",
    "SUBMISSIONS_PER_CONTAINER",
    "WAITING_ROOM",
    "Mode",
    "PooledSandbox",
]

SLOTS: Final = 4
SUBMISSIONS_PER_CONTAINER: Final = 500
"""Each has namespaces of its own, and a container goes at once when anything is odd:
this bounds only what would add up unseen. A new container takes as long as some forty
small submissions (`cordada bench runner`, alone on two processors: 109 ms each with one
to a container, 12.4 with ten, 3.3 with a hundred, 2.9 with so many): less than a tenth
of the whole."""
WAITING_ROOM: Final = 256
"""At the least pace seen on two cores, the last of so many waits some ten seconds."""
SHORTEST_WAIT_S: Final = 1.0
LONGEST_REST_S: Final = 60.0


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
        waiting_room: int = WAITING_ROOM,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Blocks until the first container stands. Raises SandboxFault if none does."""
        first = opened()
        self.mode = first.mode
        self.why = first.why
        self._cold = cold
        self._fits = fits
        self._pace = _Pace(slots)
        self._waiting_room = waiting_room
        self._gone_to_cold = 0
        self._turns: Turns[Turn] = Turns(waiting_room)
        single_use = self.mode is Mode.SINGLE_USE
        shared = Shared(
            opened=opened,
            turns=self._turns,
            most=1 if single_use else submissions_per_container,
            now=now,
            took=self._pace.took,
        )
        self._slots = [
            Slot(shared, first if number == 0 else None) for number in range(slots)
        ]
        for slot in self._slots:
            slot.start()

    async def run(self, work: Work) -> Sequence[Outcome]:
        """SandboxFull may also come later, when others have a better claim to wait."""
        if not self._fits(work):
            return await self._run_cold(work)
        turn = Turn(work)
        try:
            without_room = self._turns.put(work.fair_key, turn)
        except Closed:
            raise SandboxFault("the pool is closed") from None
        if without_room is not None:
            without_room.fail(SandboxFull(self._pace.wait_s(self._waiting_room)))
        done = asyncio.wrap_future(turn.future)
        try:
            return await asyncio.shield(done)
        except asyncio.CancelledError:
            self._turns.discard(work.fair_key, turn)
            turn.leave()
            # Its end is awaited, however it ends.
            await asyncio.gather(done, return_exceptions=True)
            raise

    async def settled(self) -> None:
        """Returns when every slot waits for a submission, with a container that stands.

        Raises TimeoutError.
        """
        slots = len(self._slots)
        if not await asyncio.to_thread(self._turns.taken_up_by, slots, LONGEST_REST_S):
            raise TimeoutError

    async def close(self) -> None:
        """What waits is still judged."""
        self._turns.close()
        for slot in self._slots:
            await asyncio.to_thread(slot.join)
        await self._cold.close()

    async def _run_cold(self, work: Work) -> Sequence[Outcome]:
        if self._gone_to_cold >= self._waiting_room:
            raise SandboxFull(self._pace.wait_s(self._gone_to_cold))
        self._gone_to_cold += 1
        try:
            return await self._cold.run(work)
        finally:
            self._gone_to_cold -= 1


class _Pace:
    """How long a submission takes lately, to tell who is refused when to come again."""

    def __init__(self, slots: int) -> None:
        self._slots = slots
        self._recent_s = 0.0

    def took(self, elapsed_s: float) -> None:
        self._recent_s += (elapsed_s - self._recent_s) / 16

    def wait_s(self, waiting: int) -> float:
        return max(SHORTEST_WAIT_S, waiting * self._recent_s / self._slots)
