from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.domain.leaderboard import Board, Period, Standing, boards_for, starts_on
from bot.domain.member import Member
from bot.services.errors import MemberNotFound
from bot.services.ports.unit_of_work import UnitOfWorkFactory
from tests.contract.given import a_member
from tests.fakes.clock import A_MONDAY

MONDAY = A_MONDAY.date()


def week_of(member: Member, phase: int | None = None) -> Board:
    return Board(
        community_id=member.community.id,
        period=Period.WEEK,
        starts_on=starts_on(Period.WEEK, MONDAY),
        phase=phase,
    )


async def solve(
    unit_of_work: UnitOfWorkFactory, member: Member, points: int, phase: int = 1
) -> None:
    boards = boards_for(community_id=member.community.id, phase=phase, on=MONDAY)
    async with unit_of_work() as unit:
        await unit.boards.add(boards, member.id, points)
        await unit.commit()


async def top(
    unit_of_work: UnitOfWorkFactory, board: Board, limit: int = 10, offset: int = 0
) -> Sequence[tuple[int, str, int]]:
    async with unit_of_work() as unit:
        found = await unit.boards.top(board, limit=limit, offset=offset)
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
    second = await top(unit_of_work, week_of(a), limit=2, offset=2)
    assert second == [(2, "C", 20), (4, "D", 10)]
    assert await top(unit_of_work, week_of(a), limit=2, offset=4) == []


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
            await unit.boards.add([week_of(ada)], ada.id + 1, 80)
