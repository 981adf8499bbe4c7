"""Random histories, then hands in the tables: the log puts them right."""

import asyncio
import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.event import EventKind
from bot.domain.member import Member
from bot.domain.totals import Totals, rescore_facts, totals
from bot.log_command import rebuild as rebuild_command
from bot.services.keep_score import keep_score, refold
from bot.services.ports.unit_of_work import UnitOfWorkFactory
from bot.services.rebuild import rebuild
from bot.services.world import World
from bot.settings import Settings
from tests.contract.given import a_member, earn
from tests.fakes.clock import A_MONDAY, FakeClock
from tests.fakes.phases import catalogue_of_phases

VANDALISM = (
    "UPDATE board_total SET points = points + 1000 WHERE member_id % 3 = 0",
    "UPDATE board_total SET reached_at = now() WHERE member_id % 4 = 1",
    "DELETE FROM board_total WHERE member_id % 5 = 2",
    """
    INSERT INTO board_total SELECT board.id, member.id, 7, 7, now(), false
    FROM board CROSS JOIN member WHERE board.phase = 7 ON CONFLICT DO NOTHING
    """,
    "UPDATE board_count SET members = members + 1 WHERE shard % 2 = 0",
    "DELETE FROM board_count WHERE shard = 3",
)


async def live(
    unit_of_work: UnitOfWorkFactory, seed: int, events: int = 120
) -> list[Member]:
    """Solved, granted, revoked, helped, rejudged, hidden, linked and unlinked."""
    draw = random.Random(seed)
    members = [
        await a_member(unit_of_work, f"m{n}", draw.choice(["home", "away"]))
        for n in range(10)
    ]
    links: list[tuple[int, Member, Member]] = []
    for _ in range(events):
        member = draw.choice(members)
        at = A_MONDAY + timedelta(days=draw.randrange(200), minutes=draw.randrange(600))
        match draw.randrange(12):
            case 0:
                kind, points = EventKind.POINTS_REVOKED, -draw.randrange(100)
                await earn(unit_of_work, member, points, kind=kind, at=at)
            case 1:
                kind = EventKind.REPUTATION_EARNED
                await earn(unit_of_work, member, 0, kind=kind, at=at, reputation=5)
            case 2:
                await rejudge(unit_of_work, member, draw)
            case 3:
                async with unit_of_work() as unit:
                    seen = await unit.members.get(member.id, lock=True)
                    await unit.members.save(replace(seen, hidden=not seen.hidden))
                    await unit.commit()
            case 4 if links:
                await unlink(unit_of_work, *links.pop())
            case 5:
                links.extend(await link(unit_of_work, member, draw.choice(members)))
            case _:
                phase, points = draw.randrange(1, 8), draw.choice([0, 32, 80, 120, 405])
                await earn(unit_of_work, member, points, phase=phase, at=at)
    return members


async def rejudge(
    unit_of_work: UnitOfWorkFactory, member: Member, draw: random.Random
) -> None:
    async with unit_of_work() as unit:
        await unit.members.get(member.id, lock=True)
        before = await unit.events.of_person(member.person_id)
        solved = [one for one in before if one.kind is EventKind.SOLVED]
        if solved:
            one = draw.choice(solved)
            key = f"rescored:{one.key}"
            mended = replace(
                one,
                kind=EventKind.RESCORED,
                key=key,
                points=-one.points,
                facts=rescore_facts(one, -1),
            )
            await keep_score(unit, before, [mended])
        await unit.commit()


async def link(
    unit_of_work: UnitOfWorkFactory, one: Member, other: Member
) -> list[tuple[int, Member, Member]]:
    async with unit_of_work() as unit:
        together = await unit.members.of_person(one.person_id)
        if other.id in {member.id for member in together}:
            return []
        await unit.links.lock([one.person_id, other.person_id])
        made = await unit.links.join(one.person_id, other.person_id, A_MONDAY)
        await refold(unit, one.person_id)
        await unit.commit()
    return [(made.id, one, other)]


async def unlink(
    unit_of_work: UnitOfWorkFactory, link_id: int, one: Member, other: Member
) -> None:
    async with unit_of_work() as unit:
        await unit.links.lock([one.person_id, other.person_id])
        await unit.links.undo(link_id, A_MONDAY)
        for member in (one, other):
            await refold(unit, member.person_id)
        await unit.commit()


async def kept(unit_of_work: UnitOfWorkFactory, members: list[Member]) -> Totals:
    async with unit_of_work() as unit:
        return await unit.boards.kept([one.id for one in members])


async def folded(unit_of_work: UnitOfWorkFactory, members: list[Member]) -> Totals:
    found: dict[object, object] = {}
    community_of = {one.id: one.community.id for one in members}
    async with unit_of_work() as unit:
        for person_id in await unit.members.people_after(0, limit=100):
            events = await unit.events.of_person(person_id)
            found |= totals(events, community_of)
    return found  # type: ignore[return-value]


async def counts(engine: AsyncEngine) -> Mapping[object, int]:
    query = "SELECT board_id, width, points, shard, members FROM board_count"
    async with engine.connect() as connection:
        rows = await connection.execute(text(query))
        return {tuple(row[:4]): row[4] for row in rows if row[4]}


@pytest.fixture
def world(unit_of_work: UnitOfWorkFactory) -> World:
    return World(
        unit_of_work=unit_of_work, now=FakeClock(), catalogue=catalogue_of_phases()
    )


@pytest.mark.parametrize("seed", range(3))
async def test_after_a_random_history_the_tables_are_the_fold_and_vandals_are_undone(
    unit_of_work: UnitOfWorkFactory, world: World, engine: AsyncEngine, seed: int
) -> None:
    members = await live(unit_of_work, seed)
    before, counted = await kept(unit_of_work, members), await counts(engine)
    assert before
    assert before == await folded(unit_of_work, members)
    untouched = await rebuild(world, lambda _: None)
    assert (untouched.totals, untouched.counts) == (0, 0)
    async with engine.begin() as connection:
        for statement in VANDALISM:
            await connection.execute(text(statement))
    # The bot runs on meanwhile.
    rebuilding = asyncio.create_task(rebuild(world, lambda _: None))
    granted = EventKind.POINTS_GRANTED
    await asyncio.gather(*(earn(unit_of_work, m, 80, kind=granted) for m in members))
    assert (await rebuilding).totals > 0
    assert await kept(unit_of_work, members) == await folded(unit_of_work, members)
    assert (await rebuild(world, lambda _: None)).is_as_the_log_says
    for member in members:
        await earn(unit_of_work, member, -80, kind=EventKind.POINTS_REVOKED)
    # As before it all, but for when the points were reached.
    after = await kept(unit_of_work, members)
    assert {key: total.points for key, total in after.items()} == {
        key: total.points for key, total in before.items()
    }
    assert await counts(engine) == counted


async def test_the_command_tells_what_it_put_right(
    unit_of_work: UnitOfWorkFactory,
    engine: AsyncEngine,
    database_url: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    await earn(unit_of_work, await a_member(unit_of_work), 80)
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE board_total SET points = 0"))
    settings = Settings.model_validate({"database_url": database_url})
    await rebuild_command(settings, 2)
    told = " ".join(capsys.readouterr().out.split())
    assert "0 points and 1 solved were kept, the log says 80 and 1" in told
    assert "… and 7 more." in told
    assert "1 people: 8 totals, 16 counts, 0 phases and 1 badges" in told
    await rebuild_command(settings, 2)
    assert "as the log says." in capsys.readouterr().out
