"""`cordada bench boards`: a board of a million beside one of a thousand.

The communities lie in one database, and each round measures each of them once: what
else the machine does meets all of them alike, and the ratios hold elsewhere, too.
"""

import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Literal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.bench.boards_load import drawn, give_history, load
from bot.bench.figures import Machine, p50, p95, p99
from bot.domain.leaderboard import Board, Period, starts_on
from bot.domain.member import Member
from bot.services.badges import give_by_log
from bot.services.judge_submission import judge_submission
from bot.services.ports.boards import Boards
from bot.services.submit import NewSubmission, submit
from bot.services.world import World
from bot.storage.database import create_engine
from bot.storage.embedded import EmbeddedServer
from bot.storage.migrate import upgrade
from bot.storage.unit_of_work import unit_of_work_factory
from challenges.challenge import Kind
from challenges.loader import load_catalogue
from runner.job import Contract, Job
from runner.report import CaseReport, Report
from runner.verdict import Verdict

SIZES: Final = (1_000, 100_000, 1_000_000)
WARM_UP: Final = 20
PAGE: Final = 10
EACH_SIDE: Final = 2

What = Literal[
    "top page",
    "own rank",
    "board and own rank",
    "around me",
    "page from the middle",
    "one scored submission",
]


Read = Callable[[Boards, Board, int], Awaitable[None]]


class Timing(Contract):
    what: What
    members: int
    p50_ms: float
    p95_ms: float
    p99_ms: float
    of_smallest: float
    """p50 beside that of the smallest community in the same rounds."""


class BoardFigures(Contract):
    version: Literal[1] = 1
    machine: Machine
    rounds: int
    load_s: float
    timings: tuple[Timing, ...]


@dataclass
class Town:
    """One community, and who is measured in it."""

    members: int
    board: Board
    sample: list[Member]
    times_ms: dict[What, list[float]] = field(default_factory=dict)


class SureJudge:
    """Accepts everything at once: what is measured is what comes after."""

    async def judge(self, job: Job) -> Report:
        cases = tuple(
            CaseReport(
                name=case.name,
                group=case.group,
                visible=case.visible,
                verdict=Verdict.ACCEPTED,
            )
            for case in job.cases
        )
        return Report(job_id=job.id, verdict=Verdict.ACCEPTED, cases=cases)


async def measure_boards(rounds: int, sizes: tuple[int, ...] = SIZES) -> BoardFigures:
    catalogue = load_catalogue()
    with _server() as url:
        engine = create_engine(url)
        try:
            now = datetime.now(UTC)
            started_s = time.perf_counter()
            starts = {
                one.value: starts_on(one, now.date()).isoformat() for one in Period
            }
            await load(engine, sizes, starts)
            load_s = time.perf_counter() - started_s
            world = World(
                unit_of_work=unit_of_work_factory(engine),
                now=lambda: datetime.now(UTC),
                catalogue=catalogue,
            )
            towns = [
                await _town(engine, world, community_id, size, rounds + WARM_UP)
                for community_id, size in enumerate(sizes, start=1)
            ]
            for number in range(rounds + WARM_UP):
                for town in towns:
                    await _round(world, town, number)
        finally:
            await engine.dispose()
    return BoardFigures(
        machine=Machine.this(),
        rounds=rounds,
        load_s=round(load_s, 1),
        timings=tuple(_timings(towns)),
    )


@contextmanager
def _server() -> Iterator[str]:
    with TemporaryDirectory(prefix="cordada-") as folder:
        server = EmbeddedServer(Path(folder))
        server.start()
        try:
            url = server.database()
            upgrade(url)
            yield url
        finally:
            server.stop()


async def _town(
    engine: AsyncEngine, world: World, community_id: int, size: int, measured: int
) -> Town:
    """Each who is measured is another, with some points, a history, and the badges
    that it earned: they come one at a time to who plays.
    """
    async with engine.begin() as connection:
        ids = await drawn(connection, community_id, measured)
        await give_history(connection, ids, world.now().date().isoformat())
    async with world.unit_of_work() as unit:
        sample = [await unit.members.get(one) for one in ids]
        for member in sample:
            log = await unit.events.of_person(member.person_id)
            on = world.today_of(member)
            await give_by_log(world, unit, member, log, on=on, facts={})
        await unit.commit()
    board = Board(
        community_id=community_id,
        period=Period.ALL_TIME,
        starts_on=starts_on(Period.ALL_TIME, world.now().date()),
    )
    return Town(members=size, board=board, sample=sample)


async def _round(world: World, town: Town, number: int) -> None:
    member = town.sample[number % len(town.sample)]
    ways: dict[What, Read] = {
        "top page": _top,
        "own rank": _own,
        "board and own rank": _both,
        "around me": _around,
        "page from the middle": _middle,
    }
    for what, read in ways.items():
        started_s = time.perf_counter()
        async with world.unit_of_work() as unit:
            await read(unit.boards, town.board, member.id)
        _note(town, what, number, started_s)
    submission_id = await _hand_in(world, member)
    started_s = time.perf_counter()
    await judge_submission(world, SureJudge(), submission_id)
    _note(town, "one scored submission", number, started_s)


def _note(town: Town, what: What, number: int, started_s: float) -> None:
    if number >= WARM_UP:
        elapsed_ms = 1000 * (time.perf_counter() - started_s)
        town.times_ms.setdefault(what, []).append(elapsed_ms)


async def _top(boards: Boards, board: Board, _: int) -> None:
    await boards.page(board, limit=PAGE)


async def _own(boards: Boards, board: Board, member_id: int) -> None:
    await boards.standing(board, member_id)


async def _both(boards: Boards, board: Board, member_id: int) -> None:
    await boards.page(board, limit=PAGE)
    await boards.standing(board, member_id)


async def _around(boards: Boards, board: Board, member_id: int) -> None:
    await boards.around(board, member_id, each_side=EACH_SIDE)


async def _middle(boards: Boards, board: Board, member_id: int) -> None:
    await boards.page(board, limit=PAGE, after=member_id)


async def _hand_in(world: World, member: Member) -> UUID:
    challenge = next(
        one
        for one in world.catalogue.of_phase(1)
        if one.kind is Kind.FUNCTION and not one.requires
    )
    answer = NewSubmission(challenge_id=challenge.id, source="…", place={})
    return (await submit(world, member, answer)).submission.id


def _timings(towns: list[Town]) -> Iterator[Timing]:
    for what in towns[0].times_ms:
        smallest = p50(towns[0].times_ms[what])
        for town in towns:
            times_ms = town.times_ms[what]
            yield Timing(
                what=what,
                members=town.members,
                p50_ms=round(p50(times_ms), 2),
                p95_ms=round(p95(times_ms), 2),
                p99_ms=round(p99(times_ms), 2),
                of_smallest=round(p50(times_ms) / smallest, 2),
            )
