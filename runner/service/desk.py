"""Where jobs are taken in: so many at a time, none once the runner is leaving.

judge ──► room? ──► waits for its turn to run ──► the judge ──► report
            └ full, draining: refused, nothing was begun
"""

import asyncio
import time
from contextlib import nullcontext
from typing import Final, Protocol

from runner.errors import SandboxFull
from runner.job import Job
from runner.report import Report
from runner.service.metrics import RunnerMetrics
from runner.service.refusal import JobRefused, RefusalCode

RETRY_AFTER_S: Final = 1.0
"""Most jobs are done within it, so that a place is likely free again."""


class Judging(Protocol):
    async def judge(self, job: Job) -> Report: ...


class Desk:
    def __init__(
        self,
        judge: Judging,
        metrics: RunnerMetrics,
        *,
        most: int | None,
        at_once: int | None,
    ) -> None:
        """`most` jobs are held, `at_once` of them given to the judge; None where the
        sandbox says itself when it is full.
        """
        self._judge = judge
        self._metrics = metrics
        self._most = most
        self._turn = nullcontext() if at_once is None else asyncio.Semaphore(at_once)
        self._held: set[asyncio.Task[Report]] = set()
        self._empty = asyncio.Event()
        self._empty.set()
        self.is_draining = False

    def check_room(self) -> None:
        """Raises JobRefused."""
        if self.is_draining:
            raise JobRefused(RefusalCode.DRAINING, retry_after_s=RETRY_AFTER_S)
        if self._most is not None and len(self._held) >= self._most:
            raise JobRefused(RefusalCode.FULL, retry_after_s=RETRY_AFTER_S)

    async def judge(self, job: Job) -> Report:
        """Raises JobRefused. Cancelled, it takes the job down with it."""
        self.check_room()
        began_s = time.monotonic()
        judging = asyncio.create_task(self._judged(job))
        self._hold(judging)
        try:
            report = await judging
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise
            # By `drain`, not by the client, who may ask another runner.
            raise JobRefused(
                RefusalCode.DRAINING, retry_after_s=RETRY_AFTER_S
            ) from None
        except SandboxFull as full:
            raise JobRefused(
                RefusalCode.FULL, retry_after_s=full.retry_after_s
            ) from None
        finally:
            self._release(judging)
        self._metrics.count(report, time.monotonic() - began_s)
        return report

    async def drain(self, within_s: float) -> None:
        """From now on nothing is taken; returns when all that was taken is answered."""
        self.is_draining = True
        try:
            async with asyncio.timeout(within_s):
                await self._empty.wait()
        except TimeoutError:
            for judging in self._held:
                judging.cancel()
            await self._empty.wait()

    async def _judged(self, job: Job) -> Report:
        async with self._turn:
            return await self._judge.judge(job)

    def _hold(self, judging: asyncio.Task[Report]) -> None:
        self._held.add(judging)
        self._empty.clear()
        self._metrics.held.set(len(self._held))

    def _release(self, judging: asyncio.Task[Report]) -> None:
        self._held.discard(judging)
        if not self._held:
            self._empty.set()
        self._metrics.held.set(len(self._held))
