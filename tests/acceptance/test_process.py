"""The process: how it starts, what it says, how it ends, what a kill cannot take."""

import asyncio
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import psycopg
import pytest

from bot.storage.embedded import EmbeddedServer
from challenges.challenge import Challenge, Kind
from challenges.loader import load_catalogue
from tests.acceptance.conftest import Start

JUDGED_TIMEOUT_S = 60


def a_challenge() -> Challenge:
    return next(one for one in load_catalogue().all if one.kind is Kind.FUNCTION)


async def hand_in(
    url: str, challenge: Challenge, source: str, name: str = "Ana"
) -> None:
    headers = {"Origin": url}
    async with httpx.AsyncClient(base_url=url, headers=headers) as client:
        await client.post("/people", data={"name": name, "language": "es"})
        sent = {
            "speaker": name.lower(),
            "path": ["challenge", "submit"],
            "options": {"challenge": challenge.id, "code": source},
        }
        (await client.post("/press", json=sent)).raise_for_status()


async def test_it_says_where_it_is_and_ends_within_five_seconds(
    bot_process: Start, data_folder: Path
) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        bot = bot_process()
        await bot.start()
        async with httpx.AsyncClient(base_url=bot.url) as client:
            assert (await client.get("/healthz")).text == "ok"
            assert "cordada_commands" in (await client.get("/metrics")).text
            # An open stream must not hold it.
            await client.post(
                "/people", data={"name": "Ana"}, headers={"Origin": bot.url}
            )
            async with client.stream("GET", "/updates?after=0") as updates:
                assert updates.status_code == httpx.codes.OK
                started_s = time.monotonic()
                assert await bot.end(number) == 0
                assert time.monotonic() - started_s < 5
        assert postgres_is_down(data_folder)
        assert "Traceback" not in bot.output


async def test_it_ends_cleanly_when_told_while_it_starts(
    bot_process: Start, data_folder: Path
) -> None:
    bot = bot_process()
    await bot.begin()
    async with asyncio.timeout(30):
        # Its database is being made.
        while not list(data_folder.glob("postgres-*")):  # noqa: ASYNC110, ASYNC240
            await asyncio.sleep(0.01)
    assert await bot.end(signal.SIGTERM) == 0
    assert postgres_is_down(data_folder)
    assert "Traceback" not in bot.output


async def test_a_busy_port_is_told_and_the_next_one_taken(bot_process: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        bot = bot_process(CORDADA_WEB_PORT=str(port))
        await bot.start()
        assert f"port {port} was taken" in bot.output
        assert bot.url != f"http://127.0.0.1:{port}"


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("CORDADA_WEB_PORT", "eighty", "CORDADA_WEB_PORT=8080"),
        ("CORDADA_SANDBOX", "magic", "CORDADA_SANDBOX=docker"),
        ("CORDADA_TIME_ZONE", "Narnia", "CORDADA_TIME_ZONE=America/Bogota"),
        ("CORDADA_WEB_PORT", "[/80]", "CORDADA_WEB_PORT=8080"),
        ("CORDADA_DATABASE_URL", "mysql://me:secret@x/y", "postgresql://"),
        ("CORDADA_DATABASE_URL", "postgresql://me:secret@x:port/y", "a port"),
    ],
)
def test_a_bad_setting_is_refused_with_its_name_and_an_example(
    tmp_path: Path, name: str, value: str, told: str
) -> None:
    finished = subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), name: value},
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert finished.returncode == 2
    assert name in finished.stderr
    assert told in finished.stderr
    assert "me:secret" not in finished.stderr
    assert "Traceback" not in finished.stderr


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        # Nothing listens on port 1.
        ("CORDADA_DATABASE_URL", "postgresql://me:secret@127.0.0.1:1/y", "refused"),
        ("CORDADA_DATA_FOLDER", "/dev/null/data", "Not a directory"),
    ],
)
def test_what_an_organiser_can_mend_is_told_without_a_traceback(
    tmp_path: Path, name: str, value: str, told: str
) -> None:
    finished = subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), name: value},
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert finished.returncode == 1
    assert name in finished.stderr
    assert told in finished.stderr
    assert "me:secret" not in finished.stderr
    assert "Traceback" not in finished.stderr


async def test_a_submission_survives_kill_9_and_is_judged_and_scored_once(
    bot_process: Start, data_folder: Path
) -> None:
    challenge = a_challenge()
    # It holds the judge long enough to be killed in the middle of it.
    slow = "import time\ntime.sleep(0.2)\n" + challenge.solution
    bot = bot_process()
    await bot.start()
    server = EmbeddedServer(data_folder)
    await asyncio.to_thread(server.start)
    try:
        url = server.database()
        await hand_in(bot.url, challenge, slow)
        await until(url, "SELECT 1 FROM submission WHERE state = 'judging'")
        assert await bot.end(signal.SIGKILL) == -signal.SIGKILL
        assert one(url, "SELECT state FROM submission") == "judging"
        again = bot_process()
        await again.start()
        await until(url, "SELECT 1 FROM submission WHERE answered_at IS NOT NULL")
        assert one(url, "SELECT state || verdict FROM submission") == "judgedaccepted"
        assert one(url, "SELECT attempt FROM submission") == 1
        assert one(url, "SELECT count(*) FROM event WHERE kind = 'solved'") == 1
        scored = one(url, "SELECT points FROM submission")
        totals = f"SELECT count(*) FROM board_total WHERE points = {scored}"
        assert one(url, totals) == 8
        told = one(url, "SELECT string_agg(body::text, '') FROM entry")
        assert "aceptado" in str(told)
        # The channel reads of it, too, and once.
        await until(url, "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM news)")
        news = "SELECT count(*) FROM entry WHERE key LIKE 'channel/news:%'"
        assert one(url, news) == 1
    finally:
        await asyncio.to_thread(server.stop)


def postgres_is_down(data_folder: Path) -> bool:
    return not list(data_folder.glob("postgres-*/postmaster.pid"))


def one(url: str, query: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(query.encode()).fetchone()
    return row[0] if row else None


async def until(url: str, query: str) -> None:
    async with asyncio.timeout(JUDGED_TIMEOUT_S):
        while await asyncio.to_thread(one, url, query) is None:  # noqa: ASYNC110
            # Another process writes it: there is nothing here to wait on.
            await asyncio.sleep(0.01)
