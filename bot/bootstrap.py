"""The composition root: the one place where parts are made and joined.

settings ─► database ─► migrations ─► catalogue ─► sandbox ─► world ─► router
                                                                │        │
                                          queue ◄── announcer ◄─┴── chat adapters
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.bootstrap_database import opened_database
from bot.chat.announce import Announcer
from bot.chat.pages_address import PagesAddress
from bot.chat.pictures.painter import Painter
from bot.chat.router import Router
from bot.chat.table import COMMANDS
from bot.chat.tell import Teller
from bot.metrics import Metrics
from bot.services.errors import SubmissionNotFound
from bot.services.judge_submission import give_up, judge_submission
from bot.services.ports import judging
from bot.services.ports.clock import Clock
from bot.services.rejudge import pass_turn, take_turn
from bot.services.world import World
from bot.settings import Settings
from bot.signing import KeyOfFile
from bot.storage.database import is_answering
from bot.storage.deferring import REJUDGE, TELL
from bot.storage.queue import Chore, JudgingQueue, build_queue
from bot.storage.unit_of_work import unit_of_work_factory
from challenges.loader import load_catalogue
from runner.backend import Backend, choose
from runner.client.remote_judge import RemoteJudge
from runner.judge import Judge


def system_clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What a process of Cordada is made of, before any platform is joined to it."""

    settings: Settings
    database_url: str
    engine: AsyncEngine
    world: World
    router: Router
    pages: PagesAddress
    judge: judging.Judge
    backend: Backend | None
    """None when runners elsewhere judge."""
    locks_in: bool
    """False when code is limited only: here, or by a runner that said so."""
    runners_ready: int = 0
    """Of those elsewhere, at the start."""
    metrics: Metrics

    def judging_queue(self, announcer: Announcer) -> JudgingQueue:
        """The worker's side: judges, scores and answers submissions."""

        async def judge_and_tell(submission_id: UUID) -> None:
            # Who deletes what is theirs, does so while it is judged, too.
            with suppress(SubmissionNotFound):
                judged = await judge_submission(self.world, self.judge, submission_id)
                if judged is not None:
                    self.metrics.count(judged)
                await announcer(submission_id)

        async def give_up_and_tell(submission_id: UUID) -> None:
            with suppress(SubmissionNotFound):
                await give_up(self.world, submission_id)
                await announcer(submission_id)

        teller = Teller(self.world, announcer.adapters)
        return build_queue(
            self.database_url,
            judge_and_tell,
            give_up=give_up_and_tell,
            others={
                TELL: Chore(do=teller, give_up=teller.give_up),
                REJUDGE: Chore(
                    do=partial(take_turn, self.world, self.judge),
                    give_up=partial(pass_turn, self.world),
                ),
            },
        )

    async def is_healthy(self) -> bool:
        return await is_answering(self.engine)


@asynccontextmanager
async def assemble(
    settings: Settings, *, now: Clock = system_clock
) -> AsyncIterator[Parts]:
    """Starts what must run and stops it again in the opposite order.

    Raises EmbeddedServerError, StorageUnavailable, OSError for the folder of the data,
    InvalidChallenge and BackendUnavailable.
    """
    async with AsyncExitStack() as stack:
        url, engine = await stack.enter_async_context(opened_database(settings))
        catalogue = await asyncio.to_thread(load_catalogue)
        judging = await _judging(settings, stack)
        metrics = Metrics()
        world = World(
            unit_of_work=unit_of_work_factory(engine),
            now=now,
            catalogue=catalogue,
            submissions_per_minute=settings.submissions_per_minute,
            signer=KeyOfFile(settings.certificate_key),
        )
        pages = PagesAddress(public=settings.web_url)
        yield Parts(
            settings=settings,
            database_url=url,
            engine=engine,
            world=world,
            router=Router(world, COMMANDS, metrics, pages, Painter()),
            pages=pages,
            judge=judging.judge,
            backend=judging.backend,
            locks_in=judging.locks_in,
            runners_ready=judging.runners_ready,
            metrics=metrics,
        )


@dataclass(frozen=True, kw_only=True)
class _Judging:
    judge: judging.Judge
    locks_in: bool
    backend: Backend | None = None
    runners_ready: int = 0


async def _judging(settings: Settings, stack: AsyncExitStack) -> _Judging:
    """With runners elsewhere nothing here is asked for an engine."""
    if settings.runner_urls:
        secret = settings.shared_secret()
        remote = RemoteJudge(
            settings.runner_urls,
            secret=secret,
            # Strangers write there: a runner that was down at the start is asked, too.
            must_lock_in=settings.is_open_to_others,
        )
        await stack.enter_async_context(remote)
        ready = await remote.probe()
        return _Judging(judge=remote, locks_in=remote.locks_in, runners_ready=ready)
    backend = await asyncio.to_thread(
        choose,
        settings.sandbox,
        runtime=settings.sandbox_runtime,
        libraries=settings.libraries_folder,
    )
    stack.push_async_callback(backend.sandbox.close)
    return _Judging(
        judge=Judge(backend.sandbox),
        locks_in=backend.name != "process",
        backend=backend,
    )
