"""The service before real sandboxes, over a real socket."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from bot.bootstrap_runner import assemble_runner
from bot.settings import RunnerSettings
from runner.client.remote_judge import RemoteJudge
from runner.errors import SandboxFull
from runner.verdict import Verdict
from tests.integration.engine import opened_docker
from tests.integration.runner.given import calls, job

SECRET = "shared by bots and runners"
RIGHT = "def double(n):\n    return 2 * n\n"
WRONG = "def double(n):\n    return n\n"


@pytest.fixture(params=["process", pytest.param("docker", marks=pytest.mark.docker)])
async def backend(request: pytest.FixtureRequest) -> str:
    if request.param == "docker":
        await opened_docker().close()
    return str(request.param)


@asynccontextmanager
async def served(backend: str, **more: object) -> AsyncIterator[str]:
    settings = RunnerSettings.model_validate(
        {"sandbox": backend, "runner_port": 0, "runner_secret": SECRET, **more}
    )
    async with assemble_runner(settings) as parts:
        assert parts.backend.name == backend
        yield parts.server.url


async def test_what_a_bot_sends_is_judged_and_counted(backend: str) -> None:
    async with served(backend) as url, RemoteJudge([url], secret=SECRET) as remote:
        assert await remote.probe() == 1
        right, wrong = await asyncio.gather(
            *(
                remote.judge(job(source, calls("double", 4, returns=8), id=source))
                for source in (RIGHT, WRONG)
            )
        )
        async with httpx.AsyncClient(base_url=url) as client:
            page = (await client.get("/metrics")).text
    assert (right.verdict, right.backend) == (Verdict.ACCEPTED, backend)
    assert (wrong.verdict, wrong.cases[0].got) == (Verdict.WRONG_ANSWER, "4")
    [told] = [
        line for line in page.splitlines() if line.startswith("cordada_runner_cont")
    ]
    assert (float(told.split()[1]) > 0) == (backend == "docker")


async def test_more_than_the_room_holds_is_refused_and_what_is_taken_judged(
    backend: str,
) -> None:
    asked = 40
    async with (
        served(backend, runner_waiting=4) as url,
        RemoteJudge([url], secret=SECRET) as remote,
    ):
        found = await asyncio.gather(
            *(
                remote.judge(job(RIGHT, calls("double", 4, returns=8), id=f"{number}"))
                for number in range(asked)
            ),
            return_exceptions=True,
        )
        after = await remote.judge(job(RIGHT, calls("double", 4, returns=8)))
    full = [one for one in found if isinstance(one, SandboxFull)]
    judged = [one for one in found if not isinstance(one, BaseException)]
    assert len(full) + len(judged) == asked
    assert full
    assert {one.verdict for one in judged} == {after.verdict} == {Verdict.ACCEPTED}
