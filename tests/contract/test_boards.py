from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from bot.domain.event import EventKind
from bot.domain.leaderboard import Board, Measure, Period, Standing, starts_on
from bot.domain.member import Member
from bot.domain.totals import Total, totals
from bot.services.errors import MemberNotFound
from bot.services.ports.unit_of_work import UnitOfWorkFactory
from tests.contract.given import a_member, earn
from tests.fakes.clock import A_MONDAY

MONDAY = A_MONDAY.date()


def week_of(member: Member, phase: int | None = None) -> Board:
    return Board(
        community_id=member.community.id,
        period=Period.WEEK,
        starts_on=starts_on(Period.WEEK, MONDAY),
        phase=phase,
    )


_minutes = count()


async def solve(
    unit_of_work: UnitOfWorkFactory, member: Member, points: int, phase: int = 1
) -> None:
    """Later than whatever was solved before."""
    at = A_MONDAY + timedelta(minutes=next(_minutes) % 600)
    await earn(unit_of_work, member, points, phase=phase, at=at)


async def top(
    unit_of_work: UnitOfWorkFactory,
    board: Board,
    limit: int = 10,
    after: int | None = None,
    before: int | None = None,
) -> Sequence[tuple[int, str, int]]:
    async with unit_of_work() as unit:
        found = await unit.boards.page(board, limit=limit, after=after, before=before)
    return shown(found)


def shown(found: Sequence[Standing]) -> Sequence[tuple[int, str, int]]:
    return [(standing.rank, standing.name, standing.points) for standing in found]


async def members(unit_of_work: UnitOfWorkFactory, *names: str) -> list[Member]:
    return [await a_member(unit_of_work, name) for name in names]


async def test_equal_points_share_a_rank_and_the_next_is_skipped(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    a, b, c, d = await members(unit_of_work, "A", "B", "C", "D")
    for member, points in ((d, 10), (c, 20), (b, 20), (a, 30)):
        await solve(unit_of_work, member, points)
    board = week_of(a)
    assert await top(unit_of_work, board) == [
        (1, "A", 30),
        (2, "C", 20),  # Reached them before B.
        (2, "B", 20),
        (4, "D", 10),
    ]
    async with unit_of_work() as unit:
        ranks = [await unit.boards.standing(board, each.id) for each in (a, b, c, d)]
    assert [standing and standing.rank for standing in ranks] == [1, 2, 2, 4]


async def test_a_page_that_begins_within_a_tie_keeps_its_rank(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    a, b, c, d = await members(unit_of_work, "A", "B", "C", "D")
    for member, points in ((a, 30), (b, 20), (c, 20), (d, 10)):
        await solve(unit_of_work, member, points)
    second = await top(unit_of_work, week_of(a), limit=2, after=b.id)
    assert second == [(2, "C", 20), (4, "D", 10)]
    assert await top(unit_of_work, week_of(a), limit=2, after=d.id) == []
    back = await top(unit_of_work, week_of(a), limit=2, before=d.id)
    assert back == [(2, "B", 20), (2, "C", 20)]


async def test_turning_pages_sees_everybody_once_in_their_rank(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    everyone = await members(unit_of_work, *"ABCDEFGHIJK")
    for number, member in enumerate(everyone):
        # Ties within a page, across two and over a whole one; two buckets of counts.
        await solve(unit_of_work, member, 300 - 110 * (number // 4))
    board = week_of(everyone[0])
    whole = await top(unit_of_work, board, limit=20)
    assert [rank for rank, *_ in whole] == [1] * 4 + [5] * 4 + [9] * 3
    down: list[Standing] = []
    up: list[Standing] = []
    last: int | None = None
    async with unit_of_work() as unit:
        while page := await unit.boards.page(board, limit=3, after=last):
            down.extend(page)
            last = page[-1].member_id
        first: int | None = down[-1].member_id
        while page := await unit.boards.page(board, limit=3, before=first):
            up[:0] = page
            first = page[0].member_id
    assert shown(down) == whole
    assert shown(up) == whole[:-1]


async def test_around_me_are_my_neighbours_in_their_ranks(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    a, b, c, d, e = await members(unit_of_work, *"ABCDE")
    for member, points in ((a, 400), (b, 300), (c, 300), (d, 300), (e, 20)):
        await solve(unit_of_work, member, points)
    board = week_of(a)
    async with unit_of_work() as unit:
        assert shown(await unit.boards.around(board, c.id, each_side=1)) == [
            (2, "B", 300),
            (2, "C", 300),
            (2, "D", 300),
        ]
        assert shown(await unit.boards.around(board, d.id, each_side=1)) == [
            (2, "C", 300),
            (2, "D", 300),
            (5, "E", 20),
        ]
        edge = await unit.boards.around(board, a.id, each_side=2)
        assert [one.name for one in edge] == ["A", "B", "C"]


async def test_friends_are_ranked_among_each_other(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    a, b, c, d = await members(unit_of_work, *"ABCD")
    for member, points in ((a, 40), (b, 30), (c, 20), (d, 20)):
        await solve(unit_of_work, member, points)
    async with unit_of_work() as unit:
        found = await unit.boards.among(week_of(a), [d.id, b.id, c.id])
    assert shown(found) == [(1, "B", 30), (2, "C", 20), (2, "D", 20)]


async def test_reputation_has_boards_of_its_own(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    a, b = await members(unit_of_work, "A", "B")
    await solve(unit_of_work, a, 80)
    for _ in range(2):
        await earn(unit_of_work, b, 0, kind=EventKind.REPUTATION_EARNED, reputation=5)
    assert await top(unit_of_work, week_of(a)) == [(1, "A", 80)]
    mentors = replace(week_of(a), measure=Measure.REPUTATION)
    async with unit_of_work() as unit:
        (found,) = await unit.boards.page(mentors, limit=10)
    assert (found.name, found.points, found.solved) == ("B", 10, 2)


async def test_what_was_taken_back_below_zero_is_on_no_page(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    a, b = await members(unit_of_work, "A", "B")
    await solve(unit_of_work, a, 10)
    await earn(unit_of_work, b, -30, kind=EventKind.POINTS_REVOKED)
    board = week_of(a)
    assert await top(unit_of_work, board) == [(1, "A", 10)]
    async with unit_of_work() as unit:
        assert await unit.boards.standing(board, b.id) is None
        kept = await unit.boards.kept([b.id])
    assert kept[board, b.id].points == -30
    await solve(unit_of_work, b, 80)
    assert await top(unit_of_work, board) == [(1, "B", 50), (2, "A", 10)]


async def test_what_is_kept_is_the_fold_of_the_events(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    (ada,) = await members(unit_of_work, "Ada")
    for points in (80, 0, 120):
        await solve(unit_of_work, ada, points)
    async with unit_of_work() as unit:
        events = await unit.events.of_person(ada.person_id)
        folded = totals(events, {ada.id: ada.community.id})
        assert await unit.boards.kept([ada.id]) == folded
        assert await unit.boards.kept([ada.id + 1]) == {}


async def test_points_and_solved_add_up(unit_of_work: UnitOfWorkFactory) -> None:
    (ada,) = await members(unit_of_work, "Ada")
    await solve(unit_of_work, ada, 80)
    await solve(unit_of_work, ada, 0)
    await solve(unit_of_work, ada, 120)
    async with unit_of_work() as unit:
        standing = await unit.boards.standing(week_of(ada), ada.id)
    assert standing == Standing(
        rank=1, member_id=ada.id, name="Ada", points=200, solved=3
    )


async def test_who_reached_the_points_first_stands_first(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    late, early = await members(unit_of_work, "Late", "Early")
    await solve(unit_of_work, late, 10)
    await solve(unit_of_work, early, 30)
    await solve(unit_of_work, late, 20)
    # A solved challenge without points is no later reaching.
    await solve(unit_of_work, early, 0)
    names = [name for _, name, _ in await top(unit_of_work, week_of(late))]
    assert names == ["Early", "Late"]


async def test_boards_are_apart(unit_of_work: UnitOfWorkFactory) -> None:
    (ada,) = await members(unit_of_work, "Ada")
    elsewhere = await a_member(unit_of_work, "Guido", community="elsewhere")
    await solve(unit_of_work, ada, 80, phase=1)
    await solve(unit_of_work, ada, 120, phase=2)
    await solve(unit_of_work, elsewhere, 500, phase=1)
    assert await top(unit_of_work, week_of(ada)) == [(1, "Ada", 200)]
    assert await top(unit_of_work, week_of(ada, phase=1)) == [(1, "Ada", 80)]
    assert await top(unit_of_work, week_of(ada, phase=2)) == [(1, "Ada", 120)]
    assert await top(unit_of_work, week_of(ada, phase=3)) == []
    other_week = replace(week_of(ada), starts_on=MONDAY.replace(day=9))
    assert await top(unit_of_work, other_week) == []


async def test_hidden_members_are_seen_by_themselves_alone(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    best, hidden, last = await members(unit_of_work, "Best", "Hidden", "Last")
    for member, points in ((best, 30), (hidden, 20), (last, 10)):
        await solve(unit_of_work, member, points)
    async with unit_of_work() as unit:
        await unit.members.save(replace(hidden, hidden=True))
        await unit.commit()
    board = week_of(best)
    assert await top(unit_of_work, board) == [(1, "Best", 30), (2, "Last", 10)]
    async with unit_of_work() as unit:
        own = await unit.boards.standing(board, hidden.id)
        of_last = await unit.boards.standing(board, last.id)
    assert own is not None
    assert (own.rank, own.points) == (2, 20)
    assert of_last is not None
    assert of_last.rank == 2


async def test_points_of_a_hidden_member_stay_hidden_until_they_come_back(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    (ada,) = await members(unit_of_work, "Ada")
    async with unit_of_work() as unit:
        await unit.members.save(replace(ada, hidden=True))
        await unit.commit()
    await solve(unit_of_work, ada, 80)
    assert await top(unit_of_work, week_of(ada)) == []
    async with unit_of_work() as unit:
        await unit.members.save(ada)
        await unit.commit()
    assert await top(unit_of_work, week_of(ada)) == [(1, "Ada", 80)]


async def test_nobody_stands_before_their_first_points(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    (ada,) = await members(unit_of_work, "Ada")
    async with unit_of_work() as unit:
        assert await unit.boards.standing(week_of(ada), ada.id) is None
    await solve(unit_of_work, ada, 0)
    async with unit_of_work() as unit:
        assert await unit.boards.standing(week_of(ada), ada.id) is None
    assert await top(unit_of_work, week_of(ada)) == []


async def test_nobodys_points_are_refused(unit_of_work: UnitOfWorkFactory) -> None:
    (ada,) = await members(unit_of_work, "Ada")
    async with unit_of_work() as unit:
        with pytest.raises(MemberNotFound):
            await unit.boards.put({(week_of(ada), ada.id + 1): Total(points=80)})
