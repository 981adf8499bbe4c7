"""A runner on a real socket, and judges that do as a claim needs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from runner.job import Call, Case, Expectation, Job
from runner.report import CaseReport, Report
from runner.service.app import build_app
from runner.service.desk import Desk, Judging
from runner.service.metrics import RunnerMetrics
from runner.service.server import RunnerServer
from runner.verdict import Verdict

HOST = "127.0.0.1"
SECRET = "a secret of runners"
# For what must happen, on a machine that other tests keep busy.
TIMEOUT_S = 20


def a_job(number: int = 0, **more: object) -> Job:
    case = Case(
        name="one",
        group="all",
        action=Call(function="f", args=((1, {2, 3}),)),
        expected=Expectation(returns={1: b"x"}, check_returns=True),
    )
    fields = {"id": f"job-{number}", "source": "SUBMITTED", "cases": (case,), **more}
    return Job.model_validate(fields)


def a_report(job: Job, verdict: Verdict = Verdict.ACCEPTED) -> Report:
    cases = tuple(
        CaseReport(name=one.name, group=one.group, visible=False, verdict=verdict)
        for one in job.cases
    )
    return Report(job_id=job.id, verdict=verdict, cases=cases)


class QuickJudge:
    def __init__(self, fault: Exception | None = None) -> None:
        self.jobs: list[Job] = []
        self._fault = fault

    async def judge(self, job: Job) -> Report:
        self.jobs.append(job)
        if self._fault is not None:
            raise self._fault
        return a_report(job)


class HeldJudge:
    """Judges when it is let go."""

    def __init__(self) -> None:
        self.began = asyncio.Semaphore(0)
        self.go = asyncio.Event()
        self.cancelled = asyncio.Event()

    async def judge(self, job: Job) -> Report:
        self.began.release()
        try:
            await self.go.wait()
        except asyncio.CancelledError:
            self.cancelled.set()
            raise
        return a_report(job)

    async def wait_for(self, jobs: int) -> None:
        async with asyncio.timeout(TIMEOUT_S):
            for _ in range(jobs):
                await self.began.acquire()


class Running:
    """A runner that listens, and a client of it."""

    def __init__(
        self,
        judge: Judging,
        *,
        secret: str | None = SECRET,
        most: int = 8,
        at_once: int = 8,
        drain_s: float = TIMEOUT_S,
        backend: str = "docker",
    ) -> None:
        self.metrics = RunnerMetrics()
        self.desk = Desk(judge, self.metrics, most=most, at_once=at_once)

        async def two() -> float:
            return 2

        app = build_app(
            self.desk,
            self.metrics,
            secret=secret,
            backend=backend,
            count_containers=two,
        )
        self.server = RunnerServer(app, self.desk, host=HOST, port=0, drain_s=drain_s)
        self._secret = secret

    def client(self) -> httpx.AsyncClient:
        headers = {"Content-Type": "application/json"}
        if self._secret is not None:
            headers["Authorization"] = f"Bearer {self._secret}"
        return httpx.AsyncClient(
            base_url=self.server.url,
            headers=headers,
            timeout=TIMEOUT_S,
            trust_env=False,
        )

    def sample(self, name: str, **labels: str) -> float | None:
        return self.metrics.registry.get_sample_value(name, labels)


@asynccontextmanager
async def running(
    judge: Judging, **more: object
) -> AsyncIterator[tuple[Running, httpx.AsyncClient]]:
    runner = Running(judge, **more)  # type: ignore[arg-type]
    await runner.server.start()
    async with runner.client() as client:
        try:
            yield runner, client
        finally:
            await runner.server.stop()
