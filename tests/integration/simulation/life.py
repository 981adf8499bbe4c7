"""One life of the bot, in a process of its own, until it is killed.

It does what it is told over a pipe, with the real services on the real PostgreSQL. The
judge knows the answers by heart; the platform is whoever holds the other end: a post
reaches it whether or not the bot lives to write it down.

    the world                         the bot
    Told(now, what, args) ──────────►
                          ◄────────── Asked(method, …)      of the platform
    its answer            ──────────►
                          ◄────────── Done(result)
"""

import asyncio
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from multiprocessing.connection import Connection
from typing import Any
from uuid import UUID

from sqlalchemy import text

from bot.chat.daily import DailyPoster
from bot.chat.operations import Channel, Posted
from bot.chat.reply import Reply
from bot.domain.member import Member
from bot.domain.outage import TAKEN_AWAY
from bot.metrics import Metrics
from bot.services.change_phase import choose_phase
from bot.services.change_settings import Change, change_settings
from bot.services.daily_settings import DailyChange, change_dailies
from bot.services.enter import enter
from bot.services.hints import take_hint
from bot.services.judge_submission import judge_submission
from bot.services.outages import beat, excuse_days
from bot.services.placement import start_placement
from bot.services.ports.members import Account
from bot.services.submit import NewSubmission, submit
from bot.services.world import World
from bot.storage.database import create_engine
from bot.storage.unit_of_work import unit_of_work_factory
from challenges.catalogue_index import Catalogue
from challenges.roadmap import load_roadmap
from tests.fakes.catalogue import ADD, FakeJudge
from tests.fakes.clock import FakeClock
from tests.fakes.operations import FakeOperations

PHASES = range(1, 8)
OF_EACH_PHASE = 12


@dataclass(frozen=True, kw_only=True)
class Told:
    now: datetime
    what: str
    args: tuple[object, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Asked:
    method: str
    args: tuple[object, ...]
    options: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Done:
    result: object


@dataclass(frozen=True, kw_only=True)
class Broken:
    trace: str


def live(pipe: Connection, url: str) -> None:
    asyncio.run(_live(pipe, url))


async def _live(pipe: Connection, url: str) -> None:
    bot = Bot(pipe, url)
    while True:
        try:
            told = pipe.recv()
        except EOFError:
            return
        bot.clock.now = told.now
        try:
            pipe.send(Done(result=await getattr(bot, told.what)(*told.args)))
        except Exception:  # noqa: BLE001 - whatever it is, the test is told
            pipe.send(Broken(trace=traceback.format_exc()))


def catalogue() -> Catalogue:
    """Whoever solves one challenge has shown a skill of each topic of its phase."""
    roadmap = load_roadmap()
    topics = {phase.number: phase.topics for phase in roadmap.phases}
    return Catalogue(
        tuple(
            replace(
                ADD,
                id=challenge_id(phase, number),
                phase=phase,
                topic=topics[phase][0].id,
                skills=tuple(topic.skills[0].id for topic in topics[phase]),
                difficulty=5,
            )
            for phase in PHASES
            for number in range(OF_EACH_PHASE)
        ),
        roadmap,
    )


def challenge_id(phase: int, number: int) -> str:
    return f"phase-{phase}-{number}"


class Bot:
    """Each method is one thing that a living bot does: asked again, it changes nothing
    that was done already.
    """

    def __init__(self, pipe: Connection, url: str) -> None:
        self.clock = FakeClock()
        self._engine = create_engine(url)
        self._judge = FakeJudge()
        self.world = World(
            unit_of_work=unit_of_work_factory(self._engine),
            now=self.clock,
            catalogue=catalogue(),
            submissions_per_minute=1_000,
        )
        self._poster = DailyPoster(self.world, {"web": FarOperations(pipe)}, Metrics())

    async def go_on(self) -> None:
        """Judges what is left of a life before, as the queue gives it out again."""
        query = text(
            "SELECT id FROM submission WHERE state <> 'judged' ORDER BY submitted_at"
        )
        async with self._engine.connect() as connection:
            left = list((await connection.execute(query)).scalars())
        for submission_id in left:
            await self.judge(submission_id)

    async def enter(self, name: str, zone: str, community: str) -> Member:
        account = Account(platform="web", external_id=name, name=name, time_zone=zone)
        return await enter(self.world, account, community)

    async def set_dailies(self, organiser: Member, change: DailyChange) -> None:
        await change_dailies(self.world, organiser, change)

    async def set_own(self, member: Member, change: Change) -> None:
        await change_settings(self.world, member, change)

    async def hint(self, member: Member, challenge: str) -> None:
        await take_hint(self.world, member, challenge)

    async def choose(self, member: Member, phase: int) -> None:
        await choose_phase(self.world, member, phase)

    async def sit(self, member: Member, phase: int) -> tuple[str, ...]:
        """What the placement test asks."""
        sitting = (await start_placement(self.world, member, phase)).sitting
        assert sitting is not None
        return tuple(task.challenge_id for task in sitting.tasks)

    async def submit(self, member: Member, challenge: str, source: str) -> UUID:
        answer = NewSubmission(challenge_id=challenge, source=source, place={})
        return (await submit(self.world, member, answer)).submission.id

    async def judge(self, submission_id: UUID) -> None:
        await judge_submission(self.world, self._judge, submission_id)

    async def beat(self) -> None:
        if await beat(self.world) >= TAKEN_AWAY:
            await excuse_days(self.world)

    async def excuse(self) -> None:
        await excuse_days(self.world)

    async def post(self, external_id: str) -> None:
        async with self.world.unit_of_work() as unit:
            communities = await unit.communities.all()
        for community in communities:
            if community.external_id == external_id:
                await self._poster(community)


class FarOperations(FakeOperations):
    """The platform is not in the bot's process."""

    def __init__(self, pipe: Connection) -> None:
        super().__init__()
        self._pipe = pipe

    async def own_channel(self, community: str) -> Channel | None:
        return self._ask("own_channel", community)  # type: ignore[no-any-return]

    async def open_thread(self, posted: Posted, name: str) -> Channel:
        return self._ask("open_thread", posted, name)  # type: ignore[no-any-return]

    async def post_once(
        self,
        channel: Channel,
        reply: Reply,
        *,
        key: str,
        language: str,
        calling: str | None = None,
        again: bool = False,
    ) -> Posted:
        return self._ask(  # type: ignore[no-any-return]
            "post_once",
            channel,
            reply,
            key=key,
            language=language,
            calling=calling,
            again=again,
        )

    def _ask(self, method: str, *args: object, **options: object) -> Any:
        self._pipe.send(Asked(method=method, args=args, options=options))
        return self._pipe.recv()
