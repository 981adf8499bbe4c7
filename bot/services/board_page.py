"""A page of a board, for who reads on after the first rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.leaderboard import Board, Measure, Period, Standing, starts_on
from bot.domain.member import Community, Member
from bot.services.ports.boards import Boards
from bot.services.world import World

PAGE_ROWS = 25
# On each side of the own row, so that it stands in the middle of a page.
NEIGHBOURS = PAGE_ROWS // 2


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Which page: next to a member's row, around the reader's own, or the first.

    Never a number: to count off what stands before would take longer the further down.
    """

    after: int | None = None
    before: int | None = None
    around_own: bool = False


@dataclass(frozen=True, kw_only=True)
class BoardPage:
    board: Board
    rows: Sequence[Standing]
    has_before: bool
    has_after: bool
    own: Standing | None
    """Of the member who reads, as the rows are ranked; None before their first points
    in the period.
    """


async def read_board_page(
    world: World,
    community: Community,
    *,
    member: Member | None,
    period: Period,
    phase: int | None,
    measure: Measure,
    stretch: Stretch,
    among_friends: bool = False,
) -> BoardPage:
    """`among_friends` is of those whom `member` follows, all on one page."""
    board = Board(
        community_id=community.id,
        period=period,
        starts_on=starts_on(period, world.today_in(community)),
        phase=phase,
        measure=measure,
    )
    async with world.unit_of_work() as unit:
        own = await unit.boards.standing(board, member.id) if member else None
        if among_friends and member is not None:
            friends = await unit.friends.of_member(member.id)
            ids = [member.id, *(friend.member_id for friend in friends)]
            shown = await unit.boards.among(board, ids), False, False
            # Ranked among these; who is hidden stands in no such row.
            own = next((row for row in shown[0] if row.member_id == member.id), own)
        else:
            shown = await _rows(unit.boards, board, own, stretch)
    rows, has_before, has_after = shown
    return BoardPage(
        board=board, rows=rows, has_before=has_before, has_after=has_after, own=own
    )


async def _rows(
    boards: Boards, board: Board, own: Standing | None, stretch: Stretch
) -> tuple[Sequence[Standing], bool, bool]:
    """With whether there are rows before and after; one more than shown tells it."""
    if stretch.around_own and own is not None:
        rows = await boards.around(board, own.member_id, each_side=NEIGHBOURS + 1)
        place = [row.member_id for row in rows].index(own.member_id)
        first, last = max(place - NEIGHBOURS, 0), place + NEIGHBOURS + 1
        return rows[first:last], first > 0, last < len(rows)
    rows = await boards.page(
        board, limit=PAGE_ROWS + 1, after=stretch.after, before=stretch.before
    )
    is_more = len(rows) > PAGE_ROWS
    if stretch.before is not None:
        return rows[-PAGE_ROWS:], is_more, True
    return rows[:PAGE_ROWS], stretch.after is not None, is_more
