"""The queue of what is put off, on Procrastinate: judging before all else.

    unit of work ── defer ──► procrastinate_jobs ── fetch ──► worker ── judge(id)
                                   ▲                             │ dies, or its word
                                   └────────── rescue ───────────┘ "done" is lost

A job runs at least once: `judge` must leave alone what is judged already. A worker
tells every two seconds that it lives; the jobs of one that is silent are queued again
by any other.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from logging import getLogger
from typing import Final
from uuid import UUID

import psycopg
from procrastinate import (
    App,
    BaseRetryStrategy,
    JobContext,
    PsycopgConnector,
    RetryDecision,
)
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.submission import Submission
from bot.storage.database import conninfo
from bot.storage.deferring import JUDGE, QUEUE, defer
from runner.errors import SandboxFull

Judging = Callable[[UUID], Awaitable[None]]

# Ctrl-C must end the bot within five seconds; a job cut short is queued again.
GRACE_S: Final = 2.0
# 1 s, 2 s, 4 s … a minute: the last of twelve comes after some seven minutes, longer
# than an engine's or a database's restart.
ATTEMPTS: Final = 12
WAIT_MAX_S: Final = 60
# Fetching and acknowledging are short; judging itself holds none of them.
POOL_SIZE: Final = 4
RESCUE_LOCK: Final = 0x726573637565

log = getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Pace:
    heartbeat_s: float = 2.0
    # Four heartbeats: a busy event loop misses one or two, a dead one all. A restarted
    # bot takes up what it left within ten seconds.
    silence_s: float = 8.0
    # New jobs are announced by NOTIFY; only those that wait for a time are polled for.
    polling_s: float = 1.0
    # How long the database is left alone after a connection failed.
    reconnect_s: float = 1.0


USUAL_PACE: Final = Pace()


@dataclass(frozen=True, kw_only=True)
class Chore:
    """What is done with the one id that a job of a kind carries."""

    do: Judging
    give_up: Judging
    """Told of an id with which no attempt could do it."""


class PostgresQueue:
    """The unit of work's side: writes the job in the transaction of the submission."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def defer_judging(self, submission: Submission) -> None:
        await defer(
            self._connection,
            JUDGE,
            lock=f"{submission.person_id}:{submission.challenge_id}",
            submission_id=str(submission.id),
        )


class JudgingQueue:
    """The worker's side."""

    def __init__(
        self,
        connector: PsycopgConnector,
        chores: Mapping[str, Chore],
        pace: Pace,
    ) -> None:
        self._connector = connector
        self._chores = chores
        self._pace = pace
        self._app = App(connector=connector)
        self._here: set[int] = set()
        """Jobs that this worker runs, acknowledged or not."""
        self._worker_id: int | None = None
        self._stopping = asyncio.Event()
        self._working: asyncio.Task[None] | None = None
        for name in chores:
            self._app.task(name=name, queue=QUEUE, retry=_BackOff(), pass_context=True)(
                self._run
            )

    async def run_worker(self, concurrency: int) -> None:
        """Works until `stop`, through restarts of the database."""
        while not self._stopping.is_set():
            self._working = asyncio.create_task(self._work(concurrency))
            try:
                await asyncio.wait([self._working])
            except asyncio.CancelledError:
                await self._end(self._working)
                raise
            self._tell_why_it_ended(self._working)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), self._pace.reconnect_s)

    async def stop(self) -> None:
        """Returns when running jobs have ended, or are back in the queue."""
        self._stopping.set()
        if self._working is not None:
            await self._end(self._working)

    async def _work(self, concurrency: int) -> None:
        async with self._app.open_async(), asyncio.TaskGroup() as tasks:
            ended = asyncio.Event()
            rescuing = tasks.create_task(self._rescue_until(ended))
            try:
                await self._app.run_worker_async(
                    queues=[QUEUE],
                    concurrency=concurrency,
                    install_signal_handlers=False,
                    fetch_job_polling_interval=self._pace.polling_s,
                    shutdown_graceful_timeout=GRACE_S,
                    update_heartbeat_interval=self._pace.heartbeat_s,
                    stalled_worker_timeout=self._pace.silence_s,
                    # The failed ones stay, to be looked into.
                    delete_jobs="successful",
                )
            finally:
                # Both, because a cancellation can be lost (see `_end`).
                ended.set()
                rescuing.cancel()

    async def _run(self, context: JobContext, /, **given: str) -> None:
        job = context.job
        if job.id is None:
            return
        chore, subject = self._chores[job.task_name], _subject(given)
        self._worker_id = job.worker_id
        self._here.add(job.id)
        try:
            await _when_there_is_room(chore.do, subject)
        except Exception:
            if job.attempts + 1 >= ATTEMPTS:
                await chore.give_up(subject)
            raise
        finally:
            self._here.discard(job.id)

    async def _rescue_until(self, ended: asyncio.Event) -> None:
        seen: set[int] = set()
        while not ended.is_set():
            try:
                seen = await self._rescue(seen)
            except (ConnectorException, psycopg.Error) as error:
                # The database is away; running jobs need not end for that.
                log.warning("rescue_failed", exc_info=error)
            with suppress(TimeoutError):
                await asyncio.wait_for(ended.wait(), self._pace.heartbeat_s)

    async def _rescue(self, seen: set[int]) -> set[int]:
        """Queues again what nobody runs; `seen` are our own such jobs a round ago.

        One replica at a time: a second one could put back what has just been fetched.
        """
        jobs = self._app.job_manager
        async with self._connector.pool.connection() as connection:
            lock = "SELECT pg_try_advisory_xact_lock(%s)"
            cursor = await connection.execute(lock, (RESCUE_LOCK,))
            if await cursor.fetchone() != (True,):
                return seen
            silent = await jobs.get_stalled_jobs(
                queue=QUEUE, seconds_since_heartbeat=self._pace.silence_s
            )
            unheard = await self._unheard()
            for job in [*silent, *(each for each in unheard if each.id in seen)]:
                await self._put_back(job)
        return {job.id for job in unheard if job.id is not None}

    async def _unheard(self) -> Iterable[Job]:
        """Our jobs that have ended while the database was away, and could not tell."""
        if self._worker_id is None:
            return []
        mine = await self._app.job_manager.list_jobs_async(
            queue=QUEUE, status=Status.DOING.value, worker_id=self._worker_id
        )
        return [job for job in mine if job.id not in self._here]

    async def _put_back(self, job: Job) -> None:
        jobs = self._app.job_manager
        if job.attempts < ATTEMPTS:
            log.warning("job_rescued", extra={"job": job.id})
            await jobs.retry_job(job)
        else:
            # It has taken a dozen workers down with it, or seems to.
            log.error("job_given_up", extra={"job": job.id})
            chore = self._chores.get(job.task_name)
            if chore is not None:
                await chore.give_up(_subject(job.task_kwargs))
            await jobs.finish_job(job, Status.FAILED, delete_job=False)

    async def _end(self, working: asyncio.Task[None]) -> None:
        # Python 3.11's wait_for, in which psycopg waits, forgets a cancellation that
        # comes together with its result: so ask again, when the grace is over.
        while not working.done():
            working.cancel()
            await asyncio.wait([working], timeout=GRACE_S + 1)

    def _tell_why_it_ended(self, working: asyncio.Task[None]) -> None:
        if not working.cancelled() and (error := working.exception()) is not None:
            log.warning("worker_restarts", exc_info=error)


async def _when_there_is_room(do: Judging, subject: UUID) -> None:
    """A full sandbox is nobody's fault, so that it is no try of the dozen. The worker
    waits rather than to fetch what would be refused as well.
    """
    while True:
        try:
            return await do(subject)
        except SandboxFull as full:
            # Not all workers at the same moment.
            await asyncio.sleep(full.retry_after_s * random.uniform(1, 1.5))  # noqa: S311


def _subject(given: Mapping[str, object]) -> UUID:
    (only,) = given.values()
    return UUID(str(only))


class _BackOff(BaseRetryStrategy):
    def get_retry_decision(
        self, *, exception: BaseException, job: Job
    ) -> RetryDecision | None:
        if isinstance(exception, asyncio.CancelledError):
            # Cut short by a stop: nothing is wrong with it.
            return RetryDecision(retry_at=datetime.now(UTC))
        if job.attempts + 1 >= ATTEMPTS:
            return None
        wait = timedelta(seconds=min(2**job.attempts, WAIT_MAX_S))
        return RetryDecision(retry_at=datetime.now(UTC) + wait)


def build_queue(
    url: str,
    judge: Judging,
    *,
    give_up: Judging,
    others: Mapping[str, Chore] | None = None,
    pace: Pace = USUAL_PACE,
) -> JudgingQueue:
    """`give_up` is told of a submission that no attempt could judge; `others` is the
    work of other tasks, by the names in `bot.storage.deferring`.
    """
    chores = {JUDGE: Chore(do=judge, give_up=give_up), **(others or {})}
    connector = PsycopgConnector(
        conninfo=conninfo(url), min_size=1, max_size=POOL_SIZE, timeout=10
    )
    return JudgingQueue(connector, chores, pace)
