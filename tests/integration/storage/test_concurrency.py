"""What only a real database can show: writers at the same moment."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.daily import Daily
from bot.domain.leaderboard import Board, Period, starts_on
from bot.domain.member import Member
from bot.domain.review import MOST_OPEN, Decision, Opinion, ReviewRequestState
from bot.domain.review_rubric import CODE_RUBRIC, Mark
from bot.domain.totals import Total
from bot.services.errors import Refused, StorageUnavailable
from bot.services.give_review import give_review
from bot.services.ports.unit_of_work import UnitOfWorkFactory
from bot.services.take_review import TakenReview, take_review
from bot.services.world import World
from bot.storage.database import create_engine
from bot.storage.transcript import PostgresTranscript
from bot.storage.unit_of_work import PostgresUnitOfWork
from tests.contract.given import (
    ADA,
    a_claim,
    a_member,
    a_request,
    a_solved_event,
    a_submission,
    earn,
)
from tests.fakes.catalogue import fake_catalogue
from tests.fakes.clock import A_MONDAY, FakeClock


def week_of(member: Member) -> Board:
    return Board(
        community_id=member.community.id,
        period=Period.WEEK,
        starts_on=starts_on(Period.WEEK, A_MONDAY.date()),
    )


async def test_first_commands_at_once_make_one_member(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    async def enter() -> tuple[int, bool]:
        async with unit_of_work() as unit:
            member, is_new = await unit.members.enter(ADA, "home", A_MONDAY)
            await unit.commit()
        return member.id, is_new

    entered = await asyncio.gather(*(enter() for _ in range(10)))
    assert len({member_id for member_id, _ in entered}) == 1
    assert [is_new for _, is_new in entered].count(True) == 1


async def test_one_person_enters_two_communities_at_once(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    members = await asyncio.gather(
        *(a_member(unit_of_work, community=name) for name in ("a", "b", "c"))
    )
    assert len({member.person_id for member in members}) == 1
    assert len({member.id for member in members}) == 3


async def test_strangers_found_one_community_at_once(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    members = await asyncio.gather(
        *(a_member(unit_of_work, name) for name in "abcdefgh")
    )
    assert len({member.community.id for member in members}) == 1
    assert len({member.id for member in members}) == 8


async def test_of_those_who_take_a_sign_in_link_at_once_one_gets_it(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    member = await a_member(unit_of_work)
    async with unit_of_work() as unit:
        await unit.sign_in_links.put(
            b"digest", member.id, A_MONDAY + timedelta(minutes=10)
        )
        await unit.commit()

    async def take() -> int | None:
        async with unit_of_work() as unit:
            taken = await unit.sign_in_links.take(b"digest", A_MONDAY)
            await unit.commit()
        return taken

    taken = await asyncio.gather(*(take() for _ in range(8)))
    assert taken.count(member.id) == 1
    assert taken.count(None) == 7


async def test_points_at_once_are_all_counted(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    member = await a_member(unit_of_work)
    await asyncio.gather(*(earn(unit_of_work, member, 10) for _ in range(10)))
    async with unit_of_work() as unit:
        standing = await unit.boards.standing(week_of(member), member.id)
    assert standing is not None
    assert (standing.points, standing.solved) == (100, 10)


async def test_many_who_score_and_hide_at_once_leave_every_count_right(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    members = [await a_member(unit_of_work, f"m{n}") for n in range(12)]

    async def hide(member: Member, *, hidden: bool) -> None:
        async with unit_of_work() as unit:
            await unit.members.save(replace(member, hidden=hidden))
            await unit.commit()

    async with asyncio.timeout(60):
        for turn in range(4):
            await asyncio.gather(
                *(earn(unit_of_work, one, 80 + one.id % 3) for one in members),
                *(hide(one, hidden=turn % 2 == 0) for one in members[::2]),
            )
    async with unit_of_work() as unit:
        assert await unit.boards.mend_counts() == 0
    async with unit_of_work() as unit:
        standings = await unit.boards.page(week_of(members[0]), limit=20)
    assert len(standings) == len(members)
    assert standings[-1].rank == 9


async def test_hiding_while_points_come_hides_them(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    member = await a_member(unit_of_work)

    async def hide() -> None:
        async with unit_of_work() as unit:
            await unit.members.save(replace(member, hidden=True))
            await unit.commit()

    async with unit_of_work() as unit:
        await unit.members.get(member.id, lock=True)
        await unit.boards.put({(week_of(member), member.id): Total(points=10)})
        hiding = asyncio.create_task(hide())
        # It waits for the person's row, which whoever counts points holds.
        done, _ = await asyncio.wait([hiding], timeout=0.2)
        assert not done
        await unit.commit()
    await hiding
    async with unit_of_work() as unit:
        assert list(await unit.boards.page(week_of(member), limit=5)) == []


async def test_an_event_at_once_happens_once(unit_of_work: UnitOfWorkFactory) -> None:
    member = await a_member(unit_of_work)

    async def append() -> bool:
        async with unit_of_work() as unit:
            appended = await unit.events.append(a_solved_event(member, "solved:1"))
            await unit.commit()
        return appended

    assert sum(await asyncio.gather(*(append() for _ in range(8)))) == 1


async def test_who_writes_an_event_and_who_locks_its_member_end_both(
    unit_of_work: UnitOfWorkFactory, engine: AsyncEngine
) -> None:
    """The event points at member and person, which a verdict locks the other way."""
    ada = await a_member(unit_of_work)

    async def append() -> None:
        async with unit_of_work() as unit:
            await unit.events.append(a_solved_event(ada, "solved:1"))
            await unit.commit()

    async with unit_of_work() as unit:
        await unit.links.lock([ada.person_id])
        appending = asyncio.create_task(append())
        await somebody_waits(engine)
        member = await unit.members.get(ada.id, lock=True)
        await unit.members.save(member)
        await unit.commit()
    await appending


async def somebody_waits(engine: AsyncEngine) -> None:
    """Until a statement of this database waits for another's lock."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    async with asyncio.timeout(10), engine.connect() as connection:
        while not (await connection.execute(waiting)).scalar_one():
            await connection.rollback()


async def test_replicas_put_one_daily(unit_of_work: UnitOfWorkFactory) -> None:
    member = await a_member(unit_of_work)

    async def put(replica: int) -> Daily:
        async with unit_of_work() as unit:
            kept = await unit.dailies.put(
                Daily(
                    community_id=member.community.id,
                    phase=1,
                    on=A_MONDAY.date(),
                    challenge_id=f"of-{replica}",
                )
            )
            await unit.commit()
        return kept

    kept = await asyncio.gather(*(put(replica) for replica in range(6)))
    assert len({daily.challenge_id for daily in kept}) == 1


async def test_a_locked_submission_waits_for_its_holder(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    submission = a_submission(await a_member(unit_of_work))
    async with unit_of_work() as unit:
        await unit.submissions.add(submission)
        await unit.commit()

    async def points() -> int:
        async with unit_of_work() as unit:
            return (await unit.submissions.get(submission.id, lock=True)).points

    async with unit_of_work() as unit:
        held = await unit.submissions.get(submission.id, lock=True)
        second = asyncio.create_task(points())
        done, _ = await asyncio.wait([second], timeout=0.2)
        assert not done
        await unit.submissions.save(replace(held, points=80))
        await unit.commit()
    assert await second == 80


async def test_a_reader_of_the_transcript_misses_nothing(
    engine: AsyncEngine, unit_of_work: UnitOfWorkFactory
) -> None:
    member = await a_member(unit_of_work)
    community = member.community.id
    transcript = PostgresTranscript(engine, FakeClock())
    written = 40

    async def write(number: int) -> None:
        await transcript.append(community, member.id, {"n": number})

    # Before the others: what is older than the first seen is not asked for.
    first = await transcript.append(community, member.id, {"n": "first"})

    async def read() -> list[object]:
        seen: list[object] = []
        revision = first.revision
        while len(seen) < written:
            for entry in await transcript.since(community, member.id, revision):
                seen.append(entry.body["n"])
                revision = entry.revision
        return seen

    async with asyncio.timeout(20):
        reading = asyncio.create_task(read())
        await asyncio.gather(*(write(number) for number in range(written)))
        assert set(await reading) == set(range(written))


async def test_a_database_that_is_away_is_said_so(tmp_path: object) -> None:
    engine = create_engine(f"postgresql://postgres@/none?host={tmp_path}")
    with pytest.raises(StorageUnavailable):
        await PostgresUnitOfWork(engine).__aenter__()
    await engine.dispose()


async def test_of_reviewers_who_take_the_one_request_at_once_one_gets_it(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    world = World(
        unit_of_work=unit_of_work, now=FakeClock(), catalogue=fake_catalogue()
    )
    ada, *readers = [await a_member(unit_of_work, name) for name in "abcdef"]
    submission = a_submission(ada, "add-up")
    async with unit_of_work() as unit:
        await unit.submissions.add(submission)
        await unit.review_requests.add(a_request(submission, ada.community.id))
        for one in readers:
            solved = replace(a_solved_event(one, one.name), challenge_id="add-up")
            await unit.events.append(solved)
        await unit.commit()

    async def take(reviewer: Member) -> bool:
        try:
            await take_review(world, reviewer, None)
        except Refused:
            return False
        return True

    taken = await asyncio.gather(*(take(one) for one in readers))
    assert taken.count(True) == 1


async def test_who_presses_many_times_at_once_holds_no_more_than_one_may(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    world = World(
        unit_of_work=unit_of_work, now=FakeClock(), catalogue=fake_catalogue()
    )
    ada, ben = [await a_member(unit_of_work, name) for name in "ab"]
    async with unit_of_work() as unit:
        for minute in range(MOST_OPEN + 3):
            submission = a_submission(ada, "add-up", minute)
            await unit.submissions.add(submission)
            await unit.review_requests.add(a_request(submission, ada.community.id))
        solved = replace(a_solved_event(ben, "b"), challenge_id="add-up")
        await unit.events.append(solved)
        await unit.commit()
    presses = (take_review(world, ben, None) for _ in range(MOST_OPEN + 3))
    results = await asyncio.gather(*presses, return_exceptions=True)
    taken = [one for one in results if isinstance(one, TakenReview)]
    assert sum(isinstance(one, Refused) for one in results) == 3
    assert len({one.request.id for one in taken}) == MOST_OPEN


async def test_who_review_equal_solutions_at_once_do_not_wait_for_each_other(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    world = World(
        unit_of_work=unit_of_work, now=FakeClock(), catalogue=fake_catalogue()
    )
    ada, ana, *readers = [await a_member(unit_of_work, name) for name in "abcd"]
    claims = []
    async with unit_of_work() as unit:
        for author, reader in zip((ada, ana), readers, strict=True):
            submission = a_submission(author, "add-up")
            await unit.submissions.add(submission)
            claim = await a_claim(unit, submission, reviewer=reader, alike="the same")
            await unit.reviews.put(claim)
            claims.append(claim)
        await unit.commit()
    words = "It reads well; an empty list gives zero, which is what the task asks for."
    marks = tuple(
        Mark(criterion=one.criterion, mark=one.most, most=one.most)
        for one in CODE_RUBRIC
    )
    opinion = Opinion(decision=Decision.ACCEPTED, summary=words, marks=marks)
    given = await asyncio.gather(
        *(
            give_review(world, reader, claim.id, opinion)
            for reader, claim in zip(readers, claims, strict=True)
        )
    )
    assert {one.request.state for one in given} == {ReviewRequestState.REVIEWED}
