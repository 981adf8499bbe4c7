"""Jobs: written with the submission, judged at least once, never lost."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID, uuid4

import psycopg

from bot.domain.submission import Submission
from bot.services.ports.unit_of_work import UnitOfWorkFactory
from bot.storage.database import create_engine
from bot.storage.embedded import EmbeddedServer
from bot.storage.migrate import upgrade
from bot.storage.queue import ATTEMPTS, GRACE_S, Pace, build_queue
from bot.storage.unit_of_work import unit_of_work_factory
from runner.errors import SandboxFull
from tests.fakes.clock import A_MONDAY

QUICK = Pace(heartbeat_s=0.1, silence_s=0.5, polling_s=0.1, reconnect_s=0.1)
TIMEOUT_S = 20
HANGING_WORKER = Path(__file__).parent / "hanging_worker.py"


class Judged:
    """A judge that writes down what it was asked for."""

    def __init__(self, faults: int = 0) -> None:
        self.asked: list[UUID] = []
        self.done: asyncio.Queue[UUID] = asyncio.Queue()
        self._faults = faults

    async def __call__(self, submission_id: UUID) -> None:
        self.asked.append(submission_id)
        if len(self.asked) <= self._faults:
            raise ConnectionError
        await self.done.put(submission_id)

    async def next(self) -> UUID:
        async with asyncio.timeout(TIMEOUT_S):
            return await self.done.get()


@asynccontextmanager
async def working(
    url: str,
    judge: Callable[[UUID], Awaitable[None]],
    give_up: Callable[[UUID], Awaitable[None]] | None = None,
) -> AsyncIterator[None]:
    give_up = give_up or Judged()
    queue = build_queue(url, judge, give_up=give_up, pace=QUICK)
    worker = asyncio.create_task(queue.run_worker(concurrency=2))
    try:
        yield
    finally:
        await queue.stop()
        await worker


def a_deferred(challenge_id: str | None = None) -> Submission:
    """One that nothing else knows: the queue looks at no more than its ids."""
    return Submission(
        id=uuid4(),
        member_id=1,
        person_id=1,
        challenge_id=challenge_id or uuid4().hex,
        challenge_digest="",
        source="",
        place={},
        submitted_at=A_MONDAY,
        local_on=A_MONDAY.date(),
    )


async def defer(unit_of_work: UnitOfWorkFactory) -> UUID:
    submission = a_deferred()
    async with unit_of_work() as unit:
        await unit.queue.defer_judging(submission)
        await unit.commit()
    return submission.id


async def jobs(url: str) -> list[tuple[str, int]]:
    async with await psycopg.AsyncConnection.connect(url) as connection:
        found = await connection.execute(
            "SELECT status::text, attempts FROM procrastinate_jobs ORDER BY id"
        )
        return await found.fetchall()


async def test_no_job_without_a_commit(
    database_url: str, unit_of_work: UnitOfWorkFactory
) -> None:
    async with unit_of_work() as unit:
        await unit.queue.defer_judging(a_deferred())
    assert await jobs(database_url) == []


async def test_one_challenge_of_one_person_is_judged_one_at_a_time(
    database_url: str, unit_of_work: UnitOfWorkFactory
) -> None:
    running: list[UUID] = []
    most = 0
    done = asyncio.Semaphore(0)

    async def judge(submission_id: UUID) -> None:
        nonlocal most
        running.append(submission_id)
        most = max(most, len(running))
        await asyncio.sleep(0)
        running.remove(submission_id)
        done.release()

    async with unit_of_work() as unit:
        for _ in range(5):
            await unit.queue.defer_judging(a_deferred("add-up"))
        await unit.commit()
    async with working(database_url, judge):
        for _ in range(5):
            await done.acquire()
    assert most == 1


async def test_a_job_is_not_seen_before_the_commit(
    database_url: str, unit_of_work: UnitOfWorkFactory
) -> None:
    async with unit_of_work() as unit:
        await unit.queue.defer_judging(a_deferred())
        before = await jobs(database_url)
        await unit.commit()
    assert before == []
    assert await jobs(database_url) == [("todo", 0)]


async def test_a_worker_judges_and_forgets(
    database_url: str, unit_of_work: UnitOfWorkFactory
) -> None:
    judged = Judged()
    async with working(database_url, judged):
        submission_id = await defer(unit_of_work)
        assert await judged.next() == submission_id
    assert judged.asked == [submission_id]
    assert await jobs(database_url) == []


async def test_what_was_deferred_without_a_worker_waits_for_one(
    database_url: str, unit_of_work: UnitOfWorkFactory
) -> None:
    submission_ids = [await defer(unit_of_work) for _ in range(5)]
    judged = Judged()
    async with working(database_url, judged):
        for _ in submission_ids:
            await judged.next()
    assert sorted(judged.asked) == sorted(submission_ids)


async def test_two_workers_share_without_doubling(
    database_url: str, unit_of_work: UnitOfWorkFactory
) -> None:
    judged = Judged()
    async with working(database_url, judged), working(database_url, judged):
        submission_ids = [await defer(unit_of_work) for _ in range(20)]
        for _ in submission_ids:
            await judged.next()
    assert sorted(judged.asked) == sorted(submission_ids)


async def test_a_fault_is_tried_again(
    database_url: str, unit_of_work: UnitOfWorkFactory
) -> None:
    judged = Judged(faults=1)
    async with working(database_url, judged):
        submission_id = await defer(unit_of_work)
        await judged.next()
    assert judged.asked == [submission_id] * 2
    assert await jobs(database_url) == []


async def test_a_full_sandbox_is_waited_for_and_is_no_try(
    database_url: str, unit_of_work: UnitOfWorkFactory
) -> None:
    judged = Judged()
    refusals = 3 * ATTEMPTS

    async def often_full(submission_id: UUID) -> None:
        nonlocal refusals
        if refusals:
            refusals -= 1
            raise SandboxFull(0.001)
        assert await jobs(database_url) == [("doing", 0)]
        await judged(submission_id)

    given_up = Judged()
    async with working(database_url, often_full, given_up):
        submission_id = await defer(unit_of_work)
        assert await judged.next() == submission_id
    assert (judged.asked, given_up.asked) == ([submission_id], [])
    assert await jobs(database_url) == []


async def test_what_waits_for_a_full_sandbox_is_back_in_the_queue_after_a_stop(
    database_url: str, unit_of_work: UnitOfWorkFactory
) -> None:
    asked = asyncio.Event()

    async def full(_: UUID) -> None:
        asked.set()
        raise SandboxFull(3600)

    await defer(unit_of_work)
    async with asyncio.timeout(GRACE_S + 2), working(database_url, full):
        await asked.wait()
    assert await jobs(database_url) == [("todo", 1)]


async def test_a_job_cut_short_by_a_stop_is_back_in_the_queue(
    database_url: str, unit_of_work: UnitOfWorkFactory
) -> None:
    began = asyncio.Event()

    async def hang(_: UUID) -> None:
        began.set()
        await asyncio.Event().wait()

    await defer(unit_of_work)
    async with asyncio.timeout(GRACE_S + 2), working(database_url, hang):
        await began.wait()
    assert await jobs(database_url) == [("todo", 1)]


async def test_stop_without_a_worker_returns(database_url: str) -> None:
    queue = build_queue(database_url, Judged(), give_up=Judged(), pace=QUICK)
    await queue.stop()
    await queue.run_worker(concurrency=1)


async def test_a_job_of_a_killed_worker_is_judged_once_by_the_next(
    database_url: str, unit_of_work: UnitOfWorkFactory
) -> None:
    submission_id = await defer(unit_of_work)
    doomed = await asyncio.create_subprocess_exec(
        sys.executable, HANGING_WORKER, database_url, stdout=asyncio.subprocess.PIPE
    )
    assert doomed.stdout is not None
    async with asyncio.timeout(TIMEOUT_S):
        assert await doomed.stdout.readline() == f"{submission_id}\n".encode()
    doomed.kill()
    await doomed.wait()
    assert await jobs(database_url) == [("doing", 0)]
    judged = Judged()
    async with working(database_url, judged):
        assert await judged.next() == submission_id
    assert judged.asked == [submission_id]
    assert await jobs(database_url) == []


async def test_a_worker_outlives_a_restart_of_the_database(
    server: EmbeddedServer,
) -> None:
    server.start()
    url = server.database()
    upgrade(url)
    engine = create_engine(url)
    unit_of_work = unit_of_work_factory(engine)
    judged = Judged()
    async with working(url, judged):
        before = await defer(unit_of_work)
        assert await judged.next() == before
        server.stop()
        server.start()
        after = await defer(unit_of_work)
        assert await judged.next() == after
    await engine.dispose()
