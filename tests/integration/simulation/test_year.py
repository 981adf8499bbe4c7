from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.event import Event, EventKind
from bot.domain.member import Member
from bot.domain.progression import Way
from bot.domain.streak import DayState, fold
from bot.domain.totals import totals
from bot.services.ports.unit_of_work import UnitOfWorkFactory
from bot.services.rebuild import rebuild
from bot.services.world import World
from bot.storage.unit_of_work import unit_of_work_factory
from tests.integration.simulation.life import PHASES, catalogue
from tests.integration.simulation.player import Change, Player
from tests.integration.simulation.year import START, TOWNS, Year


@pytest.fixture
def year(database_url: str) -> Year:
    return Year(database_url)


async def test_a_year_of_three_hundred_members_through_twenty_kills(
    year: Year, engine: AsyncEngine
) -> None:
    await year.live()
    killed = Counter(year.bot.died_at)
    assert killed.total() == 20, killed
    unit_of_work = unit_of_work_factory(engine)
    skipped: Counter[DayState] = Counter()
    for player in year.players:
        skipped += await assert_the_log_and_the_tables_are_what_happened(
            unit_of_work, player, year
        )
    # Somebody crossed the date line: otherwise nothing of it was tried.
    assert skipped[DayState.SKIPPED] > 0
    world = World(unit_of_work=unit_of_work, now=year.clock, catalogue=catalogue())
    rebuilt = await rebuild(world, lambda _: None)
    assert (rebuilt.totals, rebuilt.counts, rebuilt.phases) == (0, 0, 0)
    assert_phases_are_peopled(year.players)
    async with engine.connect() as connection:
        open_ones = "SELECT count(*) FROM submission WHERE state <> 'judged'"
        assert (await connection.execute(text(open_ones))).scalar_one() == 0
        posts = (
            await connection.execute(
                text(
                    'SELECT external_id, "on", phase, state, message FROM daily_post'
                    " JOIN community ON community.id = community_id"
                )
            )
        ).all()
    assert_no_daily_is_missed_or_double(year, posts)


async def assert_the_log_and_the_tables_are_what_happened(
    unit_of_work: UnitOfWorkFactory, player: Player, year: Year
) -> Mapping[DayState, int]:
    async with unit_of_work() as unit:
        members = [
            await unit.members.find("web", player.name, town) for town in player.towns
        ]
        found = [one for one in members if one is not None]
        assert len(found) == len(player.towns)
        events = await unit.events.of_person(found[0].person_id)
        kept = await unit.boards.kept([one.id for one in found])
    assert kept == totals(events, {one.id: one.community.id for one in found})
    solved = [one for one in events if one.kind is EventKind.SOLVED]
    assert sorted(str(one.challenge_id) for one in solved) == sorted(player.solved)
    assert {one.local_on for one in solved} == player.dates
    excused = [one.local_on for one in events if one.kind is EventKind.DAY_EXCUSED]
    assert len(excused) == len(set(excused))
    for town, member in zip(player.towns, found, strict=True):
        assert member.phase == player.phases[town]
        assert changes_of(events, member) == player.changes[town]
    streak = fold(events, today=found[0].date_of(year.clock()))
    assert streak.solved_days == len(player.dates)
    states = Counter(day.state for day in streak.days)
    assert states[DayState.SOLVED] == len(player.dates)
    return states


def changes_of(events: Sequence[Event], member: Member) -> list[Change]:
    return [
        Change(
            before=int(one.facts["from"]),
            after=int(one.facts["to"]),
            how=Way(str(one.facts["how"])),
        )
        for one in events
        if one.kind is EventKind.PHASE_CHANGED and one.member_id == member.id
    ]


def assert_phases_are_peopled(players: Sequence[Player]) -> None:
    """Otherwise nothing of phases was tried."""
    stood = Counter(one for player in players for one in player.phases.values())
    assert min(stood[phase] for phase in PHASES) > 0
    ways = Counter(
        one.how
        for player in players
        for each in player.changes.values()
        for one in each
    )
    assert min(ways[way] for way in Way) > len(PHASES)


def assert_no_daily_is_missed_or_double(
    year: Year, posts: Sequence[tuple[str, date, int, str, str]]
) -> None:
    rows = [(town, on, phase, state) for town, on, phase, state, _ in posts]
    assert len(set(rows)) == len(rows)
    expected = {
        (town, on, phase, state)
        for (town, on), (state, phases) in year.dailies.items()
        for phase in phases
    }
    assert set(rows) == expected
    for name, town in TOWNS.items():
        days = [START.date() + timedelta(days=n) for n in range(1, year.days - 1)]
        missing = {
            on
            for on in days
            if on.weekday() in town.weekdays and (name, on) not in year.dailies
        }
        assert not missing
        said = year.operations.said[f"{name}-channel"]
        own = {
            message
            for place, _, _, state, message in posts
            if (place, state) == (name, "posted")
        }
        assert set(said) == own
        assert len({message.key for message in said.values()}) == len(said)
