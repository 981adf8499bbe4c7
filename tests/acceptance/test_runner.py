"""`cordada runner` as a process: what it holds, what it refuses, how it ends."""

import asyncio
import signal
import socket
from pathlib import Path

import httpx
import pytest

from runner.report import Report
from runner.verdict import Verdict
from tests.acceptance.conftest import StartRunner
from tests.acceptance.process import RunnerProcess
from tests.integration.runner.given import calls, job

RIGHT = "def double(n):\n    return 2 * n\n"
SLOW = "import time\ntime.sleep(0.2)\n" + RIGHT
JOBS = 30


async def post(client: httpx.AsyncClient, source: str, number: int) -> httpx.Response:
    sent = job(source, calls("double", 4, returns=8), id=f"job-{number}")
    return await client.post(
        "/jobs",
        content=sent.model_dump_json(),
        headers={"Content-Type": "application/json"},
    )


async def held(client: httpx.AsyncClient) -> float:
    page = (await client.get("/metrics")).text
    line = next(
        one for one in page.splitlines() if one.startswith("cordada_runner_jobs_held ")
    )
    return float(line.split()[1])


async def test_it_judges_and_knows_no_database(
    runner_process: StartRunner, data_folder: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as database:
        database.settimeout(0)
        port = database.getsockname()[1]
        # A bot would connect to the first, and refuse the second.
        for url in (f"postgresql://me@127.0.0.1:{port}/x", "mysql://x"):
            runner = runner_process(
                CORDADA_DATABASE_URL=url, CORDADA_WEB_PORT="none of a runner's business"
            )
            await runner.start()
            assert "Sandbox: process (as CORDADA_SANDBOX says)" in runner.output
            async with httpx.AsyncClient(base_url=runner.url) as client:
                answer = await post(client, RIGHT, 1)
            report = Report.model_validate_json(answer.content)
            assert (report.job_id, report.verdict) == ("job-1", Verdict.ACCEPTED)
            assert await runner.end(signal.SIGTERM) == 0
            assert "Traceback" not in runner.output
        with pytest.raises(BlockingIOError):
            database.accept()
    assert not list(data_folder.iterdir())  # noqa: ASYNC240


async def test_told_to_end_it_answers_or_refuses_every_job_that_it_was_sent(
    runner_process: StartRunner,
) -> None:
    runner = runner_process()
    await runner.start()
    async with httpx.AsyncClient(base_url=runner.url, timeout=60) as client:
        sent = [asyncio.create_task(post(client, SLOW, n)) for n in range(JOBS)]
        async with asyncio.timeout(30):
            while await held(client) < JOBS / 2:
                pass
        ending = asyncio.create_task(runner.end(signal.SIGTERM, timeout_s=60))
        answers = await asyncio.gather(*sent)
    assert await ending == 0
    taken = [one for one in answers if one.status_code == httpx.codes.OK]
    assert len(taken) >= JOBS / 2
    assert {Report.model_validate_json(one.content).verdict for one in taken} == {
        Verdict.ACCEPTED
    }
    refused = [one for one in answers if one not in taken]
    assert {one.status_code for one in refused} <= {503}
    assert all(one.json()["code"] == "draining" for one in refused)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"CORDADA_RUNNER_HOST": "0.0.0.0"}, "CORDADA_RUNNER_SECRET"),
        (
            {
                "CORDADA_RUNNER_HOST": "0.0.0.0",
                "CORDADA_RUNNER_SECRET": "long enough, at least",
            },
            "without Docker code is not",
        ),
        ({"CORDADA_RUNNER_SECRET": "short"}, "16 characters"),
        ({"CORDADA_RUNNER_SECRET_FILE": "/none/of/them"}, "cannot be read"),
    ],
)
async def test_what_would_not_be_safe_is_refused_with_its_remedy(
    runner_process: StartRunner, settings: dict[str, str], told: str
) -> None:
    runner = runner_process(**settings)
    assert await ended(runner) != 0
    assert told in runner.output
    assert "short" not in runner.output
    assert "Traceback" not in runner.output


async def test_a_taken_port_is_told_with_its_remedy(
    runner_process: StartRunner,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        runner = runner_process(CORDADA_RUNNER_PORT=str(taken.getsockname()[1]))
        assert await ended(runner) == 1
    assert "CORDADA_RUNNER_PORT=8701" in runner.output


async def ended(runner: RunnerProcess) -> int:
    """The exit status of one that does not start."""
    await runner.begin()
    return await runner.wait()
