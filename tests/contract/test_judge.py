"""A judge in this process and one behind HTTP keep the same promises."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.services.ports.judging import Judge
from runner import judge as judging
from runner.client.remote_judge import RemoteJudge
from runner.errors import SandboxFault, SandboxFull
from runner.job import Job
from runner.report import Report
from runner.sandbox import Outcome
from runner.verdict import Verdict
from tests.unit.runner.scripted_sandbox import ScriptedSandbox, Turn
from tests.unit.runner.service.given import SECRET, Running, a_job

FAULT = SandboxFault("broken")
RIGHT = Outcome(ending="returned", value={1: b"x"})
WRONG = Outcome(ending="returned", value=({1, 2}, float("nan"), "\ud800", 1 << 70))


class Bench:
    """A judge whose sandbox does as it is told."""

    def __init__(self, *, is_remote: bool) -> None:
        self._is_remote = is_remote
        self._running: list[Running] = []

    async def judge(self, job: Job, *turns: Turn) -> Report:
        local: Judge = judging.Judge(ScriptedSandbox(*turns))
        if not self._is_remote:
            return await local.judge(job)
        runner = Running(local)
        await runner.server.start()
        self._running.append(runner)
        async with RemoteJudge([runner.server.url], secret=SECRET) as remote:
            return await remote.judge(job)

    async def close(self) -> None:
        await asyncio.gather(*(one.server.stop() for one in self._running))


@pytest.fixture(params=["in process", "over HTTP"])
async def bench(request: pytest.FixtureRequest) -> AsyncIterator[Bench]:
    bench = Bench(is_remote=request.param == "over HTTP")
    yield bench
    await bench.close()


async def test_what_is_right_is_accepted(bench: Bench) -> None:
    report = await bench.judge(a_job(), [RIGHT])
    assert (report.job_id, report.verdict) == ("job-0", Verdict.ACCEPTED)
    assert report.backend == "scripted"


async def test_what_is_wrong_is_told_with_its_case(bench: Bench) -> None:
    report = await bench.judge(a_job(), [WRONG])
    assert report.verdict is Verdict.WRONG_ANSWER
    [case] = report.cases
    assert (case.name, case.called) == ("one", "f((1, {2, 3}))")
    assert "nan" in case.got


async def test_a_submission_that_does_not_compile_has_no_cases(bench: Bench) -> None:
    report = await bench.judge(a_job(), [Outcome(ending="syntax")])
    assert (report.verdict, report.cases) == (Verdict.COMPILE_ERROR, ())


async def test_a_fault_of_the_sandbox_is_in_the_report(bench: Bench) -> None:
    report = await bench.judge(a_job(), FAULT, FAULT)
    assert (report.job_id, report.verdict) == ("job-0", Verdict.JUDGE_ERROR)


async def test_a_fault_that_passes_is_not_told(bench: Bench) -> None:
    report = await bench.judge(a_job(), FAULT, [RIGHT])
    assert report.verdict is Verdict.ACCEPTED


async def test_a_full_sandbox_is_raised_with_when_to_come_back(bench: Bench) -> None:
    with pytest.raises(SandboxFull) as full:
        await bench.judge(a_job(), SandboxFull(7))
    assert full.value.retry_after_s == 7
