"""The game behind every stage, on PostgreSQL, and what a day has left in it."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.chat.announce import Announcer, ChatAdapter
from bot.chat.command import Platform
from bot.chat.operations import Operations
from bot.chat.pairing_rooms import MentoringClock
from bot.chat.router import Router
from bot.chat.table import COMMANDS
from bot.chat.tell import Teller
from bot.domain.schedule import DailySettings
from bot.domain.submission import SubmissionState
from bot.metrics import Metrics
from bot.services.judge_submission import judge_submission
from bot.services.world import World
from bot.storage.database import create_engine
from bot.storage.tables import (
    board,
    board_total,
    daily,
    event,
    member,
    notice,
    pairing,
    person,
    submission,
)
from bot.storage.unit_of_work import unit_of_work_factory
from tests.fakes.catalogue import FakeJudge, fake_catalogue
from tests.fakes.clock import FakeClock

Rows = list[dict[str, Any]]

# By what people see, without numbers of ours or of a platform's, and without instants:
# a platform may make one wait.
_MEMBERS = member.join(person, member.c.person_id == person.c.id)
QUERIES: dict[str, Select[Any]] = {
    "members": select(
        member.c.name,
        member.c.phase,
        member.c.focus,
        person.c.language,
        person.c.time_zone,
        person.c.hidden,
    ).select_from(_MEMBERS),
    "submissions": select(
        member.c.name,
        submission.c.challenge_id,
        submission.c.source,
        submission.c.local_on,
        submission.c.is_daily,
        submission.c.state,
        submission.c.attempt,
        submission.c.verdict,
        submission.c.points,
        submission.c.answered_at.is_not(None).label("is_answered"),
    ).join(member, submission.c.member_id == member.c.id),
    "events": select(
        member.c.name,
        event.c.kind,
        event.c.challenge_id,
        event.c.local_on,
        event.c.points,
        event.c.reputation,
        event.c.facts,
    ).join(member, event.c.member_id == member.c.id),
    "boards": select(
        board.c.measure,
        board.c.period,
        board.c.starts_on,
        board.c.phase,
        member.c.name,
        board_total.c.points,
        board_total.c.solved,
        board_total.c.hidden,
    )
    .join(board_total, board_total.c.board_id == board.c.id)
    .join(member, board_total.c.member_id == member.c.id),
    "dailies": select(daily.c.phase, daily.c.on, daily.c.challenge_id),
}


@dataclass(kw_only=True)
class Game:
    engine: AsyncEngine
    world: World
    clock: FakeClock
    router: Router

    async def judge_all(self, platform: Platform, adapter: ChatAdapter) -> None:
        await self.judge_for({platform: adapter})

    async def judge_for(self, adapters: Mapping[Platform, ChatAdapter]) -> None:
        """What a worker does with the queue."""
        announcer = Announcer(self.world, adapters)
        # Evidence has a job once its readers have decided.
        has_job = text(
            "submission.id::text IN"
            " (SELECT args->>'submission_id' FROM procrastinate_jobs)"
        )
        waiting = (
            select(submission.c.id)
            .where(submission.c.state != SubmissionState.JUDGED, has_job)
            .order_by(submission.c.submitted_at, submission.c.id)
        )
        async with self.engine.connect() as connection:
            found = (await connection.execute(waiting)).scalars().all()
        for submission_id in found:
            await judge_submission(self.world, FakeJudge(), submission_id)
            await announcer(submission_id)

    async def tell_all(self, platform: Platform, adapter: ChatAdapter) -> None:
        teller = Teller(self.world, {platform: adapter})
        async with self.engine.connect() as connection:
            found = (await connection.execute(select(notice.c.id))).scalars().all()
        for notice_id in found:
            await teller(notice_id)

    async def strike(
        self, platform: Platform, operations: Operations, channel: str
    ) -> None:
        """What the clock does for mentoring, with that channel as the community's."""
        clock = MentoringClock(self.world, {platform: operations})
        async with self.world.unit_of_work() as unit:
            (community,) = await unit.communities.all()
            at = self.clock()
            settings = DailySettings(community_id=community.id, changed_at=at)
            settings = await unit.schedules.start(replace(settings, channel=channel))
            await unit.schedules.save(replace(settings, channel=channel))
            await unit.commit()
        await clock(community)

    async def room(self) -> str:
        """The conversation of the one pairing."""
        query = select(pairing.c.channel)
        async with self.engine.connect() as connection:
            return str((await connection.execute(query)).scalar_one())

    async def rows(self, queries: Sequence[Select[Any]]) -> list[tuple[object, ...]]:
        """Of all of them, one after another."""
        async with self.engine.connect() as connection:
            return [
                tuple(row)
                for query in queries
                for row in (await connection.execute(query)).all()
            ]

    async def state(self) -> dict[str, Rows]:
        async with self.engine.connect() as connection:
            found = {
                name: [_seen(row) for row in (await connection.execute(query)).all()]
                for name, query in QUERIES.items()
            }
        return {name: sorted(rows, key=repr) for name, rows in found.items()}


def _seen(row: Any) -> dict[str, Any]:
    seen = dict(row._mapping)
    if "name" in seen:
        # Discord shows names that begin with a capital.
        seen["name"] = seen["name"].casefold()
    if "facts" in seen:
        seen["facts"] = {k: v for k, v in seen["facts"].items() if k != "submission"}
    return seen


@asynccontextmanager
async def open_game(database_url: str) -> AsyncIterator[Game]:
    engine, clock = create_engine(database_url), FakeClock()
    world = World(
        unit_of_work=unit_of_work_factory(engine),
        now=clock,
        catalogue=fake_catalogue(),
        submissions_per_minute=1000,
    )
    try:
        router = Router(world, COMMANDS, Metrics())
        yield Game(engine=engine, world=world, clock=clock, router=router)
    finally:
        await engine.dispose()
