"""Leaderboards: a page and a rank, without counting members."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import (
    Row,
    ScalarSelect,
    Select,
    and_,
    func,
    literal,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.leaderboard import Board, Measure, Period, Standing, ranked
from bot.domain.totals import Total, Totals
from bot.services.errors import MemberNotFound
from bot.storage.board_counts import CountChanges, members_above, mend_counts
from bot.storage.tables import WHOLE_COMMUNITY, board, board_total, member, person
from bot.storage.together import is_hidden

_OWN = person.alias("own")
_KEY = (
    board.c.community_id,
    board.c.measure,
    board.c.period,
    board.c.starts_on,
    board.c.phase,
)
_TOTAL = board_total.c
# As the partial index has it, so that it serves the pages.
_IS_LISTED = and_(~_TOTAL.hidden, _TOTAL.points > 0)
_DOWN = (_TOTAL.points.desc(), _TOTAL.reached_at, _TOTAL.member_id)
_UP = (_TOTAL.points, _TOTAL.reached_at.desc(), _TOTAL.member_id.desc())

_Row = Row[tuple[object, ...]]


class PostgresBoards:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, totals: Totals) -> None:
        if not totals:
            return
        hidden = await self._hidden({member_id for _, member_id in totals})
        ids = await self._ids({board for board, _ in totals})
        rows = sorted(
            (ids[board], member_id, total)
            for (board, member_id), total in totals.items()
        )
        keys = [(board_id, member_id) for board_id, member_id, _ in rows]
        old = await self._listed(keys)
        counts = CountChanges()
        for board_id, member_id, total in rows:
            reached = None if hidden[member_id] else total.points
            left = old.get((board_id, member_id))
            counts.move(board_id, member_id, left, reached)
        new = insert(board_total).values(
            [
                {
                    "board_id": board_id,
                    "member_id": member_id,
                    "points": total.points,
                    "solved": total.solved,
                    "reached_at": total.reached_at,
                    "hidden": hidden[member_id],
                }
                for board_id, member_id, total in rows
            ]
        )
        await self._connection.execute(
            new.on_conflict_do_update(
                constraint="pk_board_total",
                set_={
                    name: new.excluded[name]
                    for name in ("points", "solved", "reached_at", "hidden")
                },
            )
        )
        await counts.write(self._connection)

    async def kept(self, member_ids: Collection[int]) -> Totals:
        query = (
            select(board_total, *_KEY)
            .join(board, _TOTAL.board_id == board.c.id)
            .where(_TOTAL.member_id.in_(member_ids))
            .where((_TOTAL.points != 0) | (_TOTAL.solved != 0))
        )
        return {
            (_board(row), row.member_id): Total(
                points=row.points, solved=row.solved, reached_at=row.reached_at
            )
            for row in await self._connection.execute(query)
        }

    async def page(
        self,
        board: Board,
        *,
        limit: int,
        after: int | None = None,
        before: int | None = None,
    ) -> Sequence[Standing]:
        for anchor, back in ((after, False), (before, True)):
            row = None if anchor is None else await self._row(board, anchor)
            if row is not None and not row.hidden:
                rows = await self._beside(board, row, limit, back=back)
                return await self._ranked(board, rows)
        query = _rows(board).where(_IS_LISTED).order_by(*_DOWN).limit(limit)
        top = [_standing(row) for row in await self._connection.execute(query)]
        ahead = [row for row in top if row.points == top[0].points]
        return ranked(top, 1, 1 + len(ahead))

    async def standing(self, board: Board, member_id: int) -> Standing | None:
        row = await self._row(board, member_id)
        if row is None:
            return None
        return replace(_standing(row), rank=await self._rank(board, row.points))

    async def around(
        self, board: Board, member_id: int, *, each_side: int
    ) -> Sequence[Standing]:
        own = await self._row(board, member_id)
        if own is None:
            return []
        ahead = await self._beside(board, own, each_side, back=True)
        behind = await self._beside(board, own, each_side, back=False)
        return await self._ranked(board, [*ahead, own, *behind])

    async def among(
        self, board: Board, member_ids: Collection[int]
    ) -> Sequence[Standing]:
        query = (
            _rows(board)
            .where(_IS_LISTED)
            .where(_TOTAL.member_id.in_(member_ids))
            .order_by(*_DOWN)
        )
        rows = [_standing(row) for row in await self._connection.execute(query)]
        ahead = [row for row in rows if row.points == rows[0].points]
        return ranked(rows, 1, 1 + len(ahead))

    async def mend_counts(self) -> int:
        return await mend_counts(self._connection)

    async def _hidden(self, member_ids: Collection[int]) -> Mapping[int, bool]:
        query = (
            select(member.c.id, is_hidden().label("hidden"))
            .join(_OWN, member.c.person_id == _OWN.c.id)
            .join(person, person.c.id == func.coalesce(_OWN.c.joined_to, _OWN.c.id))
            .where(member.c.id.in_(member_ids))
        )
        hidden = {row.id: row.hidden for row in await self._connection.execute(query)}
        for member_id in member_ids:
            if member_id not in hidden:
                raise MemberNotFound(member_id)
        return hidden

    async def _ids(self, boards: Collection[Board]) -> Mapping[Board, int]:
        """Of each; those that are new are made."""
        keys = sorted(map(_key, boards))
        query = select(board).where(tuple_(*_KEY).in_(keys))
        found = await self._connection.execute(query)
        ids = {_board(row): row.id for row in found}
        if len(ids) < len(boards):
            made = insert(board).values(
                [dict(zip(_NAMES, key, strict=True)) for key in keys]
            )
            await self._connection.execute(made.on_conflict_do_nothing())
            found = await self._connection.execute(query)
            ids = {_board(row): row.id for row in found}
        return ids

    async def _listed(
        self, keys: Sequence[tuple[int, int]]
    ) -> Mapping[tuple[int, int], int]:
        """The points of those rows that others see."""
        query = (
            select(_TOTAL.board_id, _TOTAL.member_id, _TOTAL.points)
            .where(tuple_(_TOTAL.board_id, _TOTAL.member_id).in_(keys))
            .where(_IS_LISTED)
        )
        rows = await self._connection.execute(query)
        return {(row.board_id, row.member_id): row.points for row in rows}

    async def _row(self, board: Board, member_id: int) -> _Row | None:
        query = _rows(board).where(_TOTAL.member_id == member_id, _TOTAL.points > 0)
        return (await self._connection.execute(query)).one_or_none()

    async def _beside(
        self, board: Board, row: _Row, limit: int, *, back: bool
    ) -> Sequence[_Row]:
        """The listed rows next before or after one, in the board's order.

        First those of the same points, then the others: each is a stretch of the
        index, where one condition for both would be a walk over all of it.
        """
        here = tuple_(_TOTAL.reached_at, _TOTAL.member_id)
        own = tuple_(literal(row.reached_at), literal(row.member_id))
        same = (_TOTAL.points == row.points, here < own if back else here > own)
        beyond = _TOTAL.points > row.points if back else _TOTAL.points < row.points
        order = _UP if back else _DOWN
        stretches = [
            _rows(board).where(_IS_LISTED, *where).order_by(*order).limit(limit)
            for where in (same, (beyond,))
        ]
        found = union_all(*(one.subquery().select() for one in stretches))
        rows = sorted(
            await self._connection.execute(found),
            key=lambda one: (-one.points, one.reached_at, one.member_id),
        )
        return rows[-limit:] if back else rows[:limit]

    async def _ranked(self, board: Board, rows: Sequence[_Row]) -> Sequence[Standing]:
        standings = [_standing(row) for row in rows]
        if not standings:
            return []
        first = standings[0].points
        fewer = next((one.points for one in standings if one.points < first), None)
        return ranked(
            standings,
            await self._rank(board, first),
            0 if fewer is None else await self._rank(board, fewer),
        )

    async def _rank(self, board: Board, points: int) -> int:
        return 1 + await members_above(self._connection, _id(board), points)


_NAMES = tuple(column.name for column in _KEY)


def _key(board: Board) -> tuple[object, ...]:
    return (
        board.community_id,
        board.measure.value,
        board.period.value,
        board.starts_on,
        WHOLE_COMMUNITY if board.phase is None else board.phase,
    )


def _board(row: _Row) -> Board:
    return Board(
        community_id=row.community_id,
        measure=Measure(row.measure),
        period=Period(row.period),
        starts_on=row.starts_on,
        phase=None if row.phase == WHOLE_COMMUNITY else row.phase,
    )


def _id(wanted: Board) -> ScalarSelect[int]:
    parts = zip(_KEY, _key(wanted), strict=True)
    return (
        select(board.c.id)
        .where(*(column == part for column, part in parts))
        .scalar_subquery()
    )


def _rows(wanted: Board) -> Select[tuple[object, ...]]:
    return (
        select(board_total, member.c.name)
        .join(member, _TOTAL.member_id == member.c.id)
        .where(_TOTAL.board_id == _id(wanted))
    )


def _standing(row: _Row) -> Standing:
    """Its rank is put right later."""
    return Standing(
        rank=0,
        member_id=row.member_id,
        name=row.name,
        points=row.points,
        solved=row.solved,
    )
