"""The engine and what is in its containers, each failing at a bad moment.

Never a pass for a wrong submission, never a hang; afterwards the pool is whole, and
nothing is left of it.
"""

import asyncio
import contextlib
import gc
import os
import re
import signal
import subprocess
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from docker.errors import APIError
from docker.models.containers import Container

from runner import docker_engine, docker_image
from runner.docker import DockerSandbox
from runner.job import Limits, Profile
from runner.judge import Judge
from runner.process import ProcessSandbox
from runner.report import Report
from runner.verdict import Verdict
from tests.integration.runner.conftest import engine_of_its_own
from tests.integration.runner.given import calls, job
from tests.integration.runner.private_engine import PrivateEngine

pytestmark = [
    pytest.mark.docker,
    # Docker's package leaves a socket that cannot connect to the garbage collector.
    pytest.mark.filterwarnings(
        "ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning"
    ),
]
ONE = "def one(): return 1\n"
SLOW = """
import os, time
def one():
    # So that it can be seen from outside that it runs.
    os.fork() or time.sleep(60)
    time.sleep(1)
    return 1
"""
STANDING = 5
"""Processes of a container that waits: outermost, zygote, and those of two places."""
LIMITS = Limits(cpu_time_s=2, wall_time_s=4, total_wall_time_s=6)


MADE_OF = (
    docker_image.MADE_BASE,
    docker_image._libraries_tag(Profile.BASE, docker_image.MADE_BASE),
)


class Pool:
    """One warm container on an engine of the tests' own."""

    def __init__(self, engine: PrivateEngine, cold: DockerSandbox) -> None:
        self.engine = engine
        self.cold = cold
        # A hung engine is given up sooner than in earnest.
        cold.client.api.timeout = 3
        pool = docker_engine.open_pool(cold, slots=1)
        assert pool is not None
        self.sandbox = pool

    async def judged(
        self, source: str = ONE, returns: int = 1, cases: int = 1
    ) -> Report:
        given = [calls("one", returns=returns)] * cases
        return await Judge(self.sandbox).judge(job(source, *given, limits=LIMITS))

    async def container(self) -> Container:
        [only] = await asyncio.to_thread(
            self.cold.client.containers.list, filters=self.cold.containers.filters
        )
        return only

    async def becomes_whole(self) -> None:
        assert (await self.judged()).verdict is Verdict.ACCEPTED
        assert (await self.judged(returns=2)).verdict is Verdict.WRONG_ANSWER


def _descriptors() -> set[tuple[int, int]]:
    """Of this process, by what they stand for."""
    found = set()
    for number in range(512):
        with contextlib.suppress(OSError):
            status = os.fstat(number)
            found.add((number, status.st_ino))
    return found


@pytest.fixture(autouse=True)
def garbage_is_collected() -> Iterator[None]:
    """What a test leaves to the collector is its own."""
    yield
    gc.collect()


@pytest.fixture
async def pool(private_engine: PrivateEngine) -> AsyncIterator[Pool]:
    threads, descriptors = set(threading.enumerate()), _descriptors()
    processes = set(private_engine.processes())
    found = Pool(private_engine, private_engine.sandbox())
    yield found
    await found.sandbox.close()
    client = private_engine.client()
    assert client.containers.list(all=True) == []
    client.close()
    gc.collect()
    begun = {one.name for one in set(threading.enumerate()) - threads}
    # asyncio keeps the threads of its own until the test's loop is closed.
    assert {name for name in begun if not name.startswith("asyncio")} == set()
    assert _descriptors() - descriptors == set()
    names = {one.name() for one in set(private_engine.processes()) - processes}
    assert names <= {"dockerd", "containerd"}


async def judging(pool: Pool, returns: int = 1, cases: int = 1) -> asyncio.Task[Report]:
    """Once the submission runs."""
    container = await pool.container()
    task = asyncio.create_task(pool.judged(SLOW, returns, cases))
    async with asyncio.timeout(20):
        while not await asyncio.to_thread(_is_busy, container):
            pass
    return task


def _is_busy(container: Container) -> bool:
    return len(container.top(ps_args="-eo pid")["Processes"]) > STANDING


def kill(container: Container) -> None:
    container.kill()


def remove(container: Container) -> None:
    container.remove(force=True)


def kill_outermost(container: Container) -> None:
    os.kill(container.attrs["State"]["Pid"], signal.SIGKILL)


def _zygote(container: Container) -> psutil.Process:
    [zygote] = psutil.Process(container.attrs["State"]["Pid"]).children()
    return zygote


def kill_zygote(container: Container) -> None:
    _zygote(container).kill()


def kill_places(container: Container) -> None:
    """Their first processes: the kernel kills all that is left."""
    for child in _zygote(container).children():
        # Whoever shared a namespace with one that was killed may be gone by now.
        with suppress(FileNotFoundError, psutil.NoSuchProcess):
            status = Path(f"/proc/{child.pid}/status").read_text()
            [numbers] = re.findall(r"^NSpid:(.*)$", status, re.MULTILINE)
            if numbers.split()[-1] == "1":
                child.kill()


BLOWS = [kill, remove, kill_outermost, kill_zygote, kill_places]


@pytest.mark.parametrize(
    ("strike", "cases"), [*((strike, 1) for strike in BLOWS), (kill_places, 2)]
)
async def test_what_is_struck_in_mid_run_is_judged_on_a_fresh_container(
    pool: Pool, strike: Callable[[Container], None], cases: int
) -> None:
    before = await pool.container()
    task = await judging(pool, cases=cases)
    await asyncio.to_thread(strike, before)
    assert (await task).verdict is Verdict.ACCEPTED
    assert (await pool.container()).id != before.id
    await pool.becomes_whole()


@pytest.mark.parametrize("strike", BLOWS)
async def test_what_is_struck_while_it_waits_is_replaced(
    pool: Pool, strike: Callable[[Container], None]
) -> None:
    before = await pool.container()
    await asyncio.to_thread(strike, before)
    await pool.becomes_whole()
    assert (await pool.container()).id != before.id


async def test_a_job_is_tried_on_two_containers_and_no_more(pool: Pool) -> None:
    struck = set()
    task = asyncio.create_task(pool.judged(SLOW))
    while not task.done():
        struck.update(await asyncio.to_thread(_strike_those_that_judge, pool))
    assert (await task).verdict is Verdict.JUDGE_ERROR
    assert len(struck) == 2
    await pool.becomes_whole()


def _strike_those_that_judge(pool: Pool) -> set[str]:
    struck = set()
    for one in pool.cold.containers.api.containers(
        filters=pool.cold.containers.filters
    ):
        with contextlib.suppress(APIError):
            container = pool.cold.client.containers.get(one["Id"])
            if _is_busy(container):
                container.kill()
                struck.add(one["Id"])
    return struck


async def test_an_engine_killed_in_mid_run_is_our_fault_until_it_is_back(
    pool: Pool,
) -> None:
    task = await judging(pool)
    pool.engine.kill()
    assert (await task).verdict is Verdict.JUDGE_ERROR
    assert (await pool.judged()).verdict is Verdict.JUDGE_ERROR
    await asyncio.to_thread(pool.engine.start)
    await pool.becomes_whole()


@pytest.mark.parametrize(
    ("returns", "right"), [(1, Verdict.ACCEPTED), (2, Verdict.WRONG_ANSWER)]
)
async def test_an_engine_restarted_at_once_changes_no_verdict(
    pool: Pool, returns: int, right: Verdict
) -> None:
    tasks = [await judging(pool, returns)]
    tasks += [asyncio.create_task(pool.judged(SLOW, returns)) for _ in range(2)]
    pool.engine.kill()
    await asyncio.to_thread(pool.engine.start)
    verdicts = {report.verdict for report in await asyncio.gather(*tasks)}
    assert verdicts <= {right, Verdict.JUDGE_ERROR}
    await pool.becomes_whole()


async def test_an_engine_that_hangs_is_given_up(pool: Pool) -> None:
    task = await judging(pool)
    pool.engine.signal(signal.SIGSTOP)
    async with asyncio.timeout(60):
        assert (await task).verdict is Verdict.JUDGE_ERROR
    pool.engine.signal(signal.SIGCONT)
    await pool.becomes_whole()


async def test_an_engine_gone_for_good_lets_the_pool_be_closed(
    private_engine: PrivateEngine,
) -> None:
    pool = Pool(private_engine, private_engine.sandbox())
    private_engine.kill()
    assert (await pool.judged()).verdict is Verdict.JUDGE_ERROR
    async with asyncio.timeout(60):
        await pool.sandbox.close()
    private_engine.start()
    after = private_engine.sandbox()
    assert await asyncio.to_thread(after.client.containers.list, all=True) == []
    await after.close()


@pytest.fixture
def tags(private_engine: PrivateEngine) -> Iterator[Callable[[str], None]]:
    """Gives the sandbox's image another name; all is as before in the end."""
    client, image = private_engine.client(), docker_image.tag(Profile.BASE)
    kept = client.images.get(image)
    kept.tag("kept", "as-it-was")

    def give(name: str) -> None:
        repository, _, tag = name.partition(":")
        kept.tag(repository, tag)

    yield give
    for name in {*MADE_OF, image}:
        with contextlib.suppress(APIError):
            client.images.remove(name)
    give(image)
    client.images.remove("kept:as-it-was")
    client.close()


async def test_an_image_removed_under_a_warm_pool_is_made_again(
    pool: Pool, tags: Callable[[str], None]
) -> None:
    for made_of in MADE_OF:
        tags(made_of)
    await _lose_image_and_container(pool)
    await pool.becomes_whole()


@pytest.mark.parametrize("left", [(), MADE_OF[:1]], ids=["nothing", "base alone"])
async def test_an_image_that_cannot_be_made_again_is_our_fault(
    pool: Pool, tags: Callable[[str], None], left: tuple[str, ...]
) -> None:
    for made_of in left:
        tags(made_of)
    await _lose_image_and_container(pool)
    assert (await pool.judged()).verdict is Verdict.JUDGE_ERROR
    tags(docker_image.tag(Profile.BASE))
    await pool.becomes_whole()


async def _lose_image_and_container(pool: Pool) -> None:
    container = await pool.container()
    pool.cold.client.images.remove(docker_image.tag(Profile.BASE))
    await asyncio.to_thread(remove, container)


async def test_a_full_disk_of_the_engine_is_our_fault() -> None:
    for engine in engine_of_its_own(disk_mib=600):
        pool = Pool(engine, engine.sandbox())
        filled = engine.disk / "filled"
        container = await pool.container()
        _fill(filled)
        await asyncio.to_thread(remove, container)
        assert (await pool.judged()).verdict is Verdict.JUDGE_ERROR
        filled.unlink()
        await pool.becomes_whole()
        await pool.sandbox.close()


def _fill(path: Path) -> None:
    with contextlib.suppress(OSError), path.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(1 << 16))
    with contextlib.suppress(OSError), path.open("ab", buffering=0) as file:
        while True:
            file.write(b"0")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    if os.geteuid() != 0:
        pytest.skip("only root mounts a small disk")
    small = ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(tmp_path)]
    subprocess.run(small, check=True)
    yield tmp_path
    assert list(tmp_path.iterdir()) == []
    subprocess.run(["umount", tmp_path], check=True)


async def test_a_full_disk_of_the_process_backend_is_our_fault(
    small_disk: Path,
) -> None:
    judge = Judge(ProcessSandbox(folder=small_disk))
    one = job(ONE, calls("one", returns=1), limits=LIMITS)
    filled = small_disk / "filled"
    _fill(filled)
    assert (await judge.judge(one)).verdict is Verdict.JUDGE_ERROR
    filled.unlink()
    assert (await judge.judge(one)).verdict is Verdict.ACCEPTED
