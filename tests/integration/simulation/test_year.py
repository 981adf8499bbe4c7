from collections import Counter
from datetime import date, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.event import EventKind
from bot.domain.streak import DayState, fold
from bot.domain.totals import totals
from tests.integration.simulation.year import START, Year


async def test_a_year_of_three_hundred_members_through_twenty_kills(
    engine: AsyncEngine,
) -> None:
    year = Year(engine)
    await year.live()
    assert year.reaper.killed == 20
    await assert_tables_are_the_fold_and_no_day_is_double_or_lost(year)
    await assert_no_daily_is_missed_or_double(year)


async def assert_tables_are_the_fold_and_no_day_is_double_or_lost(
    year: Year,
) -> None:
    skipped = 0
    for player in year.players:
        async with year.world.unit_of_work() as unit:
            member = await unit.members.find("web", player.name, "town")
            assert member is not None
            events = await unit.events.of_person(member.person_id)
            kept = await unit.boards.kept([member.id])
        assert kept == totals(events, {member.id: member.community.id})
        solved = [one for one in events if one.kind is EventKind.SOLVED]
        assert len(solved) == len({one.challenge_id for one in solved}) == player.solved
        assert {one.local_on for one in solved} == player.dates
        excused = [one.local_on for one in events if one.kind is EventKind.DAY_EXCUSED]
        assert len(excused) == len(set(excused))
        streak = fold(events, today=year.world.today_of(member))
        assert streak.solved_days == len(player.dates)
        states = Counter(day.state for day in streak.days)
        assert states[DayState.SOLVED] == len(player.dates)
        skipped += states[DayState.SKIPPED]
    # Somebody crossed the date line: otherwise nothing of it was tried.
    assert skipped > 0
    async with year.world.unit_of_work() as unit:
        assert await unit.boards.mend_counts() == 0


async def assert_no_daily_is_missed_or_double(year: Year) -> None:
    query = 'SELECT "on", phase, state FROM daily_post'
    async with year.engine.connect() as connection:
        rows = (await connection.execute(text(query))).all()
    assert len({(row.on, row.phase) for row in rows}) == len(rows)
    posted = {row.on for row in rows if row.state == "posted"}
    closed = {row.on for row in rows if row.state == "skipped"}
    assert {row.state for row in rows} == {"posted", "skipped"}
    down = {day for outage in year.down for day in _days(*(at.date() for at in outage))}
    first = START.date()
    assert posted | closed == set(_days(first, first + timedelta(year.days - 1)))
    assert not posted & closed
    assert closed <= down
    messages = year.operations.said["general"].values()
    assert len(messages) == len({one.key for one in messages}) == len(posted)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
