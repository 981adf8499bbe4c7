"""Leaderboards: one row a member and board, changed as points come."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Row, and_, case, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.leaderboard import Board, Standing
from bot.services.errors import MemberNotFound
from bot.storage.tables import WHOLE_COMMUNITY, board_total, member, person

# As the partial index has it, so that it serves both the page and the count.
_IS_LISTED = and_(~board_total.c.hidden, board_total.c.points > 0)


class PostgresBoards:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, boards: Sequence[Board], member_id: int, points: int) -> None:
        # Locked, so that hiding at this very moment waits, and finds the new rows.
        query = (
            select(person.c.hidden)
            .join(member, member.c.person_id == person.c.id)
            .where(member.c.id == member_id)
            .with_for_update(read=True, of=person)
        )
        hidden = (await self._connection.execute(query)).scalar_one_or_none()
        if hidden is None:
            raise MemberNotFound(member_id)
        # In one order, so that two of a member's verdicts cannot wait for each other.
        rows = [
            _key(board)
            | {
                "member_id": member_id,
                "points": points,
                "solved": 1,
                "reached_at": func.clock_timestamp(),
                "hidden": hidden,
            }
            for board in sorted(boards, key=lambda board: tuple(_key(board).values()))
        ]
        new = insert(board_total).values(rows)
        await self._connection.execute(
            new.on_conflict_do_update(
                constraint="pk_board_total",
                set_={
                    "points": board_total.c.points + new.excluded.points,
                    "solved": board_total.c.solved + 1,
                    "reached_at": case(
                        (new.excluded.points > 0, new.excluded.reached_at),
                        else_=board_total.c.reached_at,
                    ),
                },
            )
        )

    async def top(
        self, board: Board, *, limit: int, offset: int = 0
    ) -> Sequence[Standing]:
        query = (
            select(board_total, member.c.name)
            .join(member, board_total.c.member_id == member.c.id)
            .where(_of(board), _IS_LISTED)
            .order_by(
                board_total.c.points.desc(),
                board_total.c.reached_at,
                board_total.c.member_id,
            )
            .limit(limit)
            .offset(offset)
        )
        rows = (await self._connection.execute(query)).all()
        standings: list[Standing] = []
        for position, row in enumerate(rows, start=offset + 1):
            if standings and standings[-1].points == row.points:
                rank = standings[-1].rank
            elif standings or offset == 0:
                rank = position
            else:
                rank = await self._rank(board, row.points)
            standings.append(_standing(row, rank))
        return standings

    async def standing(self, board: Board, member_id: int) -> Standing | None:
        query = (
            select(board_total, member.c.name)
            .join(member, board_total.c.member_id == member.c.id)
            .where(_of(board))
            .where(board_total.c.member_id == member_id)
            .where(board_total.c.points > 0)
        )
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            return None
        return _standing(row, await self._rank(board, row.points))

    async def _rank(self, board: Board, points: int) -> int:
        query = (
            select(func.count())
            .select_from(board_total)
            .where(_of(board), _IS_LISTED)
            .where(board_total.c.points > points)
        )
        ahead: int = (await self._connection.execute(query)).scalar_one()
        return ahead + 1


def _key(board: Board) -> dict[str, object]:
    return {
        "community_id": board.community_id,
        "period": board.period,
        "starts_on": board.starts_on,
        "phase": WHOLE_COMMUNITY if board.phase is None else board.phase,
    }


def _of(board: Board) -> ColumnElement[bool]:
    return and_(*(board_total.c[name] == part for name, part in _key(board).items()))


def _standing(row: Row[tuple[object, ...]], rank: int) -> Standing:
    return Standing(
        rank=rank,
        member_id=row.member_id,
        name=row.name,
        points=row.points,
        solved=row.solved,
    )
