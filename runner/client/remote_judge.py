"""Judging by runners elsewhere: each job goes to the one with the least to do.

    judge ──► well ones, least in flight first ──► report
                │ full          → the next; all full: SandboxFull
                │ faulty        → the next; set aside until it says that it is ready
                └ judge_error   → the next; kept, in case nobody knows better

Asking a second runner is safe: judging changes nothing, and the bot counts one report.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from logging import getLogger
from ssl import create_default_context
from types import TracebackType
from typing import Final, Self

import httpx

from runner.client.remote_runner import CONNECT_WITHIN_S, RemoteRunner, patience_s
from runner.errors import NoRunner, RunnerFault, SandboxFull
from runner.job import Job
from runner.report import Reason, Report
from runner.verdict import Verdict

FIRST_PROBE_S: Final = 0.5
LAST_PROBE_S: Final = 30.0
KEEP_ALIVE_S: Final = 15.0
"""Half of what the service keeps a connection for."""

UNLOCKED: Final = "process"
"""The backend that limits code, and does not lock it in."""

log = getLogger(__name__)

Sleep = Callable[[float], Awaitable[None]]


@dataclass
class _Asked:
    """What came of the runners asked for one job, when none had a verdict."""

    full: list[float] = field(default_factory=list)
    erred: Report | None = None


class RemoteJudge:
    """Open while in `async with`."""

    def __init__(
        self,
        urls: Sequence[str],
        *,
        secret: str | None = None,
        must_lock_in: bool = False,
        patience_s: Callable[[Job], float] = patience_s,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """`must_lock_in`: who only limits code gets none, whenever it comes."""
        headers = {} if secret is None else {"Authorization": f"Bearer {secret}"}
        self._client = httpx.AsyncClient(
            headers=headers,
            # The deadline of a job is its own; see RemoteRunner.
            timeout=httpx.Timeout(None, connect=CONNECT_WITHIN_S),
            limits=httpx.Limits(keepalive_expiry=KEEP_ALIVE_S),
            # The system's certificates, and no proxy: code of members goes there.
            verify=create_default_context(),
            trust_env=False,
        )
        self.runners = tuple(
            RemoteRunner(self._client, url, patience_s) for url in urls
        )
        self._must_lock_in = must_lock_in
        self._sleep = sleep
        self._turn = 0
        self._nursing: dict[str, asyncio.Task[None]] = {}

    async def judge(self, job: Job) -> Report:
        """Raises SandboxFull when all are full, NoRunner when none answers soundly."""
        asked = _Asked()
        for runner in self._in_order():
            report = await self._ask(runner, job, asked)
            if report is not None:
                return report
        if asked.full:
            raise SandboxFull(min(asked.full))
        if asked.erred is not None:
            return asked.erred
        raise NoRunner(job.id)

    async def probe(self) -> int:
        """Asks each runner whether it is ready; how many are."""
        ready = await asyncio.gather(*map(self._is_fit, self.runners))
        for runner, is_ready in zip(self.runners, ready, strict=True):
            if not is_ready:
                self._set_aside(runner, "is not ready")
        return sum(ready)

    @property
    def locks_in(self) -> bool:
        """False when one of them has said that it only limits code."""
        return all(one.backend != UNLOCKED for one in self.runners)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        nursing = list(self._nursing.values())
        for task in nursing:
            task.cancel()
        await asyncio.gather(*nursing, return_exceptions=True)
        await self._client.aclose()

    async def _ask(
        self, runner: RemoteRunner, job: Job, asked: _Asked
    ) -> Report | None:
        is_known = runner.backend not in {"", UNLOCKED}
        if self._must_lock_in and not is_known and not await self._is_fit(runner):
            self._set_aside(runner, "is not known to lock code in")
            return None
        try:
            report = await runner.judge(job)
        except SandboxFull as full:
            asked.full.append(full.retry_after_s)
            return None
        except RunnerFault as fault:
            self._set_aside(runner, fault.what)
            return None
        if report.verdict is Verdict.JUDGE_ERROR and not _of_the_challenge(report):
            # Its engine may be down: it would answer fastest, and draw every job.
            asked.erred = report
            self._set_aside(runner, "judge_error")
            return None
        return report

    async def _is_fit(self, runner: RemoteRunner) -> bool:
        is_ready = await runner.is_ready()
        return is_ready and not (self._must_lock_in and runner.backend == UNLOCKED)

    def _in_order(self) -> list[RemoteRunner]:
        """Those set aside come last: better than nothing."""
        self._turn += 1
        turned = self._turn % len(self.runners)
        runners = self.runners[turned:] + self.runners[:turned]
        return sorted(runners, key=lambda one: (not one.is_well, one.in_flight))

    def _set_aside(self, runner: RemoteRunner, why: str) -> None:
        runner.is_well = False
        if runner.url not in self._nursing:
            log.warning("runner_set_aside", extra={"url": runner.url, "why": why})
            task = asyncio.create_task(self._nurse(runner))
            self._nursing[runner.url] = task

    async def _nurse(self, runner: RemoteRunner) -> None:
        wait_s = FIRST_PROBE_S
        try:
            await self._sleep(wait_s)
            while not await self._is_fit(runner):
                wait_s = min(2 * wait_s, LAST_PROBE_S)
                await self._sleep(wait_s)
        finally:
            del self._nursing[runner.url]
        runner.is_well = True
        log.warning("runner_is_back", extra={"url": runner.url})


def _of_the_challenge(report: Report) -> bool:
    """Every other runner would say the same."""
    return any(case.reason is Reason.CHECKER_FAULT for case in report.cases)
