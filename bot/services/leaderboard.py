"""Read a board: its top, and the reader's own row."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.leaderboard import Board, Period, Standing, starts_on
from bot.domain.member import Member
from bot.services.world import World

# A phone's screen, and Discord's text limit with long names.
BOARD_ROWS = 10


@dataclass(frozen=True, kw_only=True)
class BoardView:
    board: Board
    top: Sequence[Standing]
    own: Standing | None
    """None until the member has points in the period."""


async def read_board(
    world: World, member: Member, *, period: Period, phase: int | None
) -> BoardView:
    board = Board(
        community_id=member.community.id,
        period=period,
        starts_on=starts_on(period, world.today_in(member.community)),
        phase=phase,
    )
    async with world.unit_of_work() as unit:
        return BoardView(
            board=board,
            top=await unit.boards.page(board, limit=BOARD_ROWS),
            own=await unit.boards.standing(board, member.id),
        )
