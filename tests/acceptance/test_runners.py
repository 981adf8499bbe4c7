"""A bot whose submissions are judged by runners elsewhere."""

import asyncio
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from bot.storage.embedded import EmbeddedServer
from tests.acceptance.conftest import Start, StartRunner
from tests.acceptance.process import BotProcess, RunnerProcess
from tests.acceptance.test_process import a_challenge, hand_in, one, until
from tests.acceptance.test_runner import held

SECRET = "shared by bots and runners"
PEOPLE = [f"Ana{number}" for number in range(10)]


@asynccontextmanager
async def database_of(folder: Path) -> AsyncIterator[str]:
    server = EmbeddedServer(folder)
    await asyncio.to_thread(server.start)
    try:
        yield server.database()
    finally:
        await asyncio.to_thread(server.stop)


async def hand_in_all(bot: BotProcess) -> None:
    challenge = a_challenge()
    # It holds a runner long enough to be met in the middle of it.
    slow = "import time\ntime.sleep(0.2)\n" + challenge.solution
    for name in PEOPLE:
        await hand_in(bot.url, challenge, slow, name)


async def all_are_judged_and_scored_once(url: str) -> None:
    answered = "SELECT 1 FROM submission HAVING count(answered_at) = "
    await until(url, f"{answered}{len(PEOPLE)}")
    verdicts = "SELECT string_agg(DISTINCT state || verdict || attempt, ' ')"
    assert one(url, f"{verdicts} FROM submission") == "judgedaccepted1"
    solved = "SELECT count(*) FROM event WHERE kind = 'solved'"
    assert one(url, solved) == len(PEOPLE)
    doubled = "SELECT count(*) FROM board_total WHERE solved <> 1"
    assert one(url, doubled) == 0


async def test_a_bot_with_runners_never_touches_an_engine(
    bot_process: Start, runner_process: StartRunner, data_folder: Path
) -> None:
    runner = runner_process(CORDADA_RUNNER_SECRET=SECRET)
    await runner.start()
    with socket.create_server(("127.0.0.1", 0)) as engine:
        engine.settimeout(0)
        bot = bot_process(
            CORDADA_RUNNER_URLS=f"{runner.url}, http://127.0.0.1:1",
            CORDADA_RUNNER_SECRET=SECRET,
            CORDADA_SANDBOX="docker",
            DOCKER_HOST=f"tcp://127.0.0.1:{engine.getsockname()[1]}",
        )
        await bot.start()
        ready = f"Runners: {runner.url}, http://127.0.0.1:1 (1 of 2 ready)"
        assert ready in bot.output
        async with database_of(data_folder) as url:
            await hand_in(bot.url, a_challenge(), a_challenge().solution)
            await until(url, "SELECT 1 FROM submission WHERE answered_at IS NOT NULL")
            assert one(url, "SELECT verdict FROM submission") == "accepted"
        assert await bot.end(signal.SIGTERM) == 0
        with pytest.raises(BlockingIOError):
            engine.accept()
    assert "Traceback" not in bot.output


async def test_a_bot_of_a_chat_refuses_runners_that_do_not_lock_code_in(
    bot_process: Start, runner_process: StartRunner
) -> None:
    runner = runner_process(CORDADA_RUNNER_SECRET=SECRET)
    await runner.start()
    bot = bot_process(
        CORDADA_RUNNER_URLS=runner.url,
        CORDADA_RUNNER_SECRET=SECRET,
        CORDADA_DISCORD_TOKEN="none that Discord gave",
    )
    await bot.begin()
    assert await bot.wait() == 1
    assert "Docker" in bot.output
    assert "Traceback" not in bot.output


async def test_a_runner_killed_in_mid_run_takes_no_submission_along(
    bot_process: Start, runner_process: StartRunner, data_folder: Path
) -> None:
    runners = [runner_process(CORDADA_RUNNER_SECRET=SECRET) for _ in range(2)]
    for runner in runners:
        await runner.start()
    bot = await bot_with(bot_process, runners)
    async with database_of(data_folder) as url:
        await hand_in_all(bot)
        doomed = runners[0]
        async with httpx.AsyncClient(base_url=doomed.url) as client:
            async with asyncio.timeout(60):
                while not await held(client):
                    pass
        assert await doomed.end(signal.SIGKILL) == -signal.SIGKILL
        await all_are_judged_and_scored_once(url)


async def test_what_finds_every_runner_full_waits_and_is_judged_once(
    bot_process: Start, runner_process: StartRunner, data_folder: Path
) -> None:
    runner = runner_process(CORDADA_RUNNER_SECRET=SECRET, CORDADA_RUNNER_WAITING="1")
    await runner.start()
    bot = await bot_with(bot_process, [runner])
    async with database_of(data_folder) as url:
        await hand_in_all(bot)
        await all_are_judged_and_scored_once(url)
        async with httpx.AsyncClient(base_url=runner.url) as client:
            page = (await client.get("/metrics")).text
    assert 'cordada_runner_refusals_total{code="full"}' in page
    assert f'cordada_runner_jobs_total{{verdict="accepted"}} {len(PEOPLE)}.0' in page


async def bot_with(start: Start, runners: list[RunnerProcess]) -> BotProcess:
    bot = start(
        CORDADA_RUNNER_URLS=" ".join(runner.url for runner in runners),
        CORDADA_RUNNER_SECRET=SECRET,
        CORDADA_JUDGING_CONCURRENCY="8",
    )
    await bot.start()
    return bot
