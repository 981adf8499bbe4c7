"""The judge that asks runners elsewhere, against good ones and bad ones."""

import asyncio
import contextlib
from contextlib import AsyncExitStack

import pytest

from runner.client.remote_judge import FIRST_PROBE_S, LAST_PROBE_S, RemoteJudge
from runner.errors import NoRunner, SandboxFull
from runner.job import Job
from runner.report import Reason, Report
from runner.verdict import Verdict
from tests.unit.runner.client.misbehaving import (
    Answering,
    cuts,
    hangs_up,
    listening,
    says,
)
from tests.unit.runner.service.given import (
    SECRET,
    TIMEOUT_S,
    HeldJudge,
    QuickJudge,
    a_job,
    a_report,
    running,
)

NOBODY = "http://127.0.0.1:1"
FULL = says("503 Service Unavailable", b"", "Retry-After: 7")
OF_ANOTHER = a_report(a_job(99)).model_dump_json().encode()
SHORT = Report(job_id="job-0", verdict=Verdict.ACCEPTED).model_dump_json().encode()
GOOD = a_report(a_job()).model_dump_json().encode()
CLAIMS = (
    a_report(a_job(), Verdict.WRONG_ANSWER)
    .model_copy(update={"verdict": Verdict.ACCEPTED})
    .model_dump_json()
    .encode()
)
BAD = {
    "garbage": says("200 OK", b"{}"),
    "of another job": says("200 OK", OF_ANOTHER),
    "without its cases": says("200 OK", SHORT),
    "a verdict that its cases do not bear": says("200 OK", CLAIMS),
    "cut in mid-body": cuts(GOOD),
    "closed without a word": hangs_up,
    "500": says("500 Internal Server Error", b"oops"),
    "401": says("401 Unauthorized"),
    "redirects": says("307 Temporary Redirect", b"", f"Location: {NOBODY}/jobs"),
}


class Erring:
    """Its engine is down: it says so at once."""

    async def judge(self, job: Job) -> Report:
        return a_report(job, Verdict.JUDGE_ERROR)


class Pauses:
    """Sleeps that last until they are let go, and are written down."""

    def __init__(self) -> None:
        self.asked: list[float] = []
        self.go = asyncio.Semaphore(0)
        self.began = asyncio.Semaphore(0)

    async def __call__(self, wait_s: float) -> None:
        self.asked.append(wait_s)
        self.began.release()
        await self.go.acquire()


@pytest.mark.parametrize("answering", BAD.values(), ids=BAD.keys())
async def test_a_bad_answer_is_no_report_and_the_next_runner_is_asked(
    answering: Answering,
) -> None:
    judge = QuickJudge()
    async with (
        listening(answering) as bad,
        running(judge) as (good, _),
        RemoteJudge([bad], secret=SECRET) as alone,
        RemoteJudge([bad, good.server.url], secret=SECRET) as both,
    ):
        with pytest.raises(NoRunner):
            await alone.judge(a_job())
        reports = [await both.judge(a_job(number)) for number in range(3)]
    assert reports == [a_report(a_job(number)) for number in range(3)]
    assert [job.id for job in judge.jobs] == ["job-0", "job-1", "job-2"]


async def test_the_wrong_secret_is_never_a_verdict() -> None:
    judge = QuickJudge()
    async with (
        running(judge) as (runner, _),
        RemoteJudge([runner.server.url], secret="another one") as remote,
    ):
        with pytest.raises(NoRunner):
            await remote.judge(a_job())
    assert judge.jobs == []


async def test_a_probe_tells_who_shares_our_secret_and_locks_code_in() -> None:
    async with (
        running(QuickJudge(), backend="process") as (runner, _),
        RemoteJudge([runner.server.url], secret=SECRET) as ours,
        RemoteJudge([runner.server.url], secret="another one") as other,
        RemoteJudge([NOBODY]) as nobody,
    ):
        assert [await one.probe() for one in (ours, other, nobody)] == [1, 0, 0]
        assert [one.locks_in for one in (ours, other, nobody)] == [False, True, True]


@pytest.mark.parametrize(("backend", "judged"), [("process", 0), ("docker", 1)])
async def test_a_runner_that_was_never_asked_must_say_that_it_locks_code_in(
    backend: str, judged: int
) -> None:
    judge = QuickJudge()
    async with (
        running(judge, backend=backend) as (runner, _),
        RemoteJudge(
            [runner.server.url], secret=SECRET, must_lock_in=True, sleep=Pauses()
        ) as remote,
    ):
        with contextlib.suppress(NoRunner):
            await remote.judge(a_job())
        assert await remote.probe() == judged
    assert len(judge.jobs) == judged


async def test_who_is_silent_past_the_jobs_own_time_is_left() -> None:
    began = asyncio.Event()

    async def hangs(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        began.set()
        await reader.read()
        await reader.read()

    async with (
        listening(hangs) as silent,
        running(QuickJudge()) as (good, _),
        RemoteJudge(
            [silent, good.server.url], secret=SECRET, patience_s=lambda _: 0.5
        ) as remote,
    ):
        for _ in range(2):
            assert await remote.judge(a_job()) == a_report(a_job())
        assert began.is_set()


async def test_a_full_runner_sends_to_the_next_and_stays_well() -> None:
    async with (
        listening(FULL) as full,
        running(QuickJudge()) as (good, _),
        RemoteJudge([full, good.server.url], secret=SECRET) as remote,
    ):
        for number in range(4):
            await remote.judge(a_job(number))
        assert [one.is_well for one in remote.runners] == [True, True]


async def test_when_all_are_full_the_soonest_is_told() -> None:
    later = says("503 Service Unavailable", b"", "Retry-After: 30")
    async with (
        listening(FULL) as one,
        listening(later) as other,
        RemoteJudge([other, one, NOBODY]) as remote,
    ):
        with pytest.raises(SandboxFull) as refused:
            await remote.judge(a_job())
    assert refused.value.retry_after_s == 7


@pytest.mark.parametrize(
    "told", ["soon", "-1", "99999999", "Fri, 01 Jan 2027 00:00:00 GMT"]
)
async def test_a_strange_retry_after_is_brought_to_reason(told: str) -> None:
    strange = says("503 Service Unavailable", b"", f"Retry-After: {told}")
    async with listening(strange) as url, RemoteJudge([url]) as remote:
        with pytest.raises(SandboxFull) as refused:
            await remote.judge(a_job())
    assert 0 < refused.value.retry_after_s <= 60


async def test_a_runner_whose_engine_is_down_does_not_draw_the_jobs() -> None:
    judge = QuickJudge()
    async with running(Erring()) as (broken, _), running(judge) as (good, _):
        urls = [broken.server.url, good.server.url]
        async with RemoteJudge(urls, secret=SECRET, sleep=Pauses()) as remote:
            for number in range(10):
                report = await remote.judge(a_job(number))
                assert report.verdict is Verdict.ACCEPTED
        assert broken.sample("cordada_runner_jobs_total", verdict="judge_error") == 1


async def test_a_fault_of_the_challenge_is_not_laid_on_the_runner() -> None:
    faulty = a_report(a_job(), Verdict.JUDGE_ERROR)
    case = faulty.cases[0].model_copy(update={"reason": Reason.CHECKER_FAULT})
    faulty = faulty.model_copy(update={"cases": (case,)})
    answering = says("200 OK", faulty.model_dump_json().encode())
    async with listening(answering) as url, RemoteJudge([url, url]) as remote:
        assert await remote.judge(a_job()) == faulty
        assert [one.is_well for one in remote.runners] == [True, True]


async def test_a_judge_error_of_all_is_told_as_one() -> None:
    async with (
        running(Erring()) as (broken, _),
        RemoteJudge([broken.server.url, NOBODY], secret=SECRET) as remote,
    ):
        report = await remote.judge(a_job())
    assert report == a_report(a_job(), Verdict.JUDGE_ERROR)


async def test_jobs_go_where_the_least_is_to_do() -> None:
    judges = [HeldJudge() for _ in range(3)]
    async with AsyncExitStack() as stack:
        runners = [(await stack.enter_async_context(running(one)))[0] for one in judges]
        urls = [one.server.url for one in runners]
        remote = await stack.enter_async_context(RemoteJudge(urls, secret=SECRET))
        jobs = [asyncio.create_task(remote.judge(a_job(n))) for n in range(6)]
        for judge in judges:
            await judge.wait_for(2)
        for judge in judges:
            judge.go.set()
        reports = await asyncio.gather(*jobs)
    assert [report.job_id for report in reports] == [f"job-{n}" for n in range(6)]


async def test_who_is_set_aside_is_asked_less_and_less_and_comes_back() -> None:
    pauses = Pauses()
    answering = says("503 Service Unavailable")

    async def changing(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        await answering(reader, writer)

    async with (
        listening(changing) as url,
        RemoteJudge([url], sleep=pauses) as remote,
    ):
        assert await remote.probe() == 0
        [runner] = remote.runners
        async with asyncio.timeout(TIMEOUT_S):
            for _ in range(9):
                await pauses.began.acquire()
                pauses.go.release()
            assert not runner.is_well
            answering = says("200 OK", b'{"is_ready": true, "backend": "docker"}')
            pauses.go.release()
            while not runner.is_well:  # noqa: ASYNC110
                await asyncio.sleep(0)
    assert pauses.asked[:3] == [FIRST_PROBE_S, 2 * FIRST_PROBE_S, 4 * FIRST_PROBE_S]
    assert max(pauses.asked) == LAST_PROBE_S


async def test_a_judge_that_is_left_leaves_nothing_running() -> None:
    before = asyncio.all_tasks()
    async with RemoteJudge([NOBODY]) as remote:
        with pytest.raises(NoRunner):
            await remote.judge(a_job())
    assert asyncio.all_tasks() == before
