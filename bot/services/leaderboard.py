"""Read a board: a page of it, and the reader's own row with its neighbours."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.leaderboard import Board, Measure, Period, Standing, starts_on
from bot.domain.member import Member
from bot.services.ports.boards import Boards
from bot.services.world import World

# A phone's screen, and Discord's text limit with long names.
BOARD_ROWS = 10
# Whom one can overtake next, and who is about to overtake.
EACH_SIDE = 2


class Scope(StrEnum):
    COMMUNITY = "community"
    FRIENDS = "friends"
    MENTORS = "mentors"


@dataclass(frozen=True, kw_only=True)
class PageTurn:
    """To another page: from a row of this one, on or back."""

    after: int | None = None
    before: int | None = None


@dataclass(frozen=True, kw_only=True)
class BoardView:
    board: Board
    scope: Scope
    top: Sequence[Standing]
    """The page: from the top, unless it was turned."""
    own: Standing | None
    """None until the member has points in the period."""
    around: Sequence[Standing] = ()
    """One's own row amid its neighbours, where the page does not show it."""
    back: PageTurn | None = None
    on: PageTurn | None = None


async def read_board(
    world: World,
    member: Member,
    *,
    period: Period,
    phase: int | None,
    scope: Scope = Scope.COMMUNITY,
    turn: PageTurn | None = None,
) -> BoardView:
    """A phase narrows the community and friends; reputation is of no phase."""
    is_of_mentors = scope is Scope.MENTORS
    board = Board(
        community_id=member.community.id,
        period=period,
        starts_on=starts_on(period, world.today_in(member.community)),
        phase=None if is_of_mentors else phase,
        measure=Measure.REPUTATION if is_of_mentors else Measure.POINTS,
    )
    async with world.unit_of_work() as unit:
        own = await unit.boards.standing(board, member.id)
        if scope is Scope.FRIENDS:
            friends = await unit.friends.of_member(member.id)
            ids = [member.id, *(friend.member_id for friend in friends)]
            rows = await unit.boards.among(board, ids)
            return BoardView(board=board, scope=scope, top=rows, own=own)
        rows, back, on = await _page(unit.boards, board, turn or PageTurn())
        around: Sequence[Standing] = ()
        if own is not None and all(row.member_id != member.id for row in rows):
            around = await unit.boards.around(board, member.id, each_side=EACH_SIDE)
    return BoardView(
        board=board, scope=scope, top=rows, own=own, around=around, back=back, on=on
    )


async def _page(
    boards: Boards, board: Board, turn: PageTurn
) -> tuple[Sequence[Standing], PageTurn | None, PageTurn | None]:
    """One row more than is shown tells whether there is another page."""
    more = BOARD_ROWS + 1
    if turn.before is not None:
        rows = await boards.page(board, limit=more, before=turn.before)
        if len(rows) == more:
            return rows[1:], _back(rows[1:]), _on(rows)
        # Less than a page lies before it: that is the top.
        turn = PageTurn()
    rows = await boards.page(board, limit=more, after=turn.after)
    shown = rows[:BOARD_ROWS]
    return (
        shown,
        _back(shown) if shown and turn.after is not None else None,
        _on(shown) if len(rows) == more else None,
    )


def _back(rows: Sequence[Standing]) -> PageTurn:
    return PageTurn(before=rows[0].member_id)


def _on(rows: Sequence[Standing]) -> PageTurn:
    return PageTurn(after=rows[-1].member_id)
