"""How many members have so many points: what makes a rank cheap.

A rank is one more than the members with more points. Counted over the members it would
grow with them; here it is a sum over points, of which there are few, in two widths:

    my points: 200                     128-wide buckets      0  128 │ 256  384  512 …
    my bucket starts at 128            single points              … │ 201  202 … 255

Everybody's first points pass through the same counts, and a count is locked until its
transaction ends: so each is kept in shards, by member, and a reader adds them up.
Whoever changes counts changes them in one order, as the last thing that they lock: two
verdicts at the same moment can wait for each other for a millisecond, and never in a
circle.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    SmallInteger,
    and_,
    cast,
    column,
    func,
    or_,
    select,
    text,
    true,
    union_all,
    values,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import board, board_count, board_total

# About the square root of what a member earns in a year or two (20,000): then as many
# buckets are summed as single points.
BUCKET: Final = 128
# As many verdicts as workers settle at once, about; each costs a reader a row.
SHARDS: Final = 8

# A statement takes 65,535 values at most, and a row has five.
ROWS_AT_ONCE: Final = 5_000

# Any number that no other advisory lock of ours has.
LOCK_CLASS: Final = 0x626F6172

Count = tuple[int, int, int, int]
"""Board, width, points, shard."""


class CountChanges:
    """Gathered over a transaction's totals, written at once."""

    def __init__(self) -> None:
        self._changes: Counter[Count] = Counter()

    def move(
        self, board_id: int, member_id: int, left: int | None, reached: int | None
    ) -> None:
        """None, or no points above zero: the member is not on the board."""
        for points, change in ((left, -1), (reached, 1)):
            if points is not None and points > 0:
                for width in (1, BUCKET):
                    start = points - points % width
                    key = (board_id, width, start, member_id % SHARDS)
                    self._changes[key] += change

    async def write(self, connection: AsyncConnection) -> None:
        await add_counts(
            connection, {key: change for key, change in self._changes.items() if change}
        )


async def add_counts(connection: AsyncConnection, changes: Mapping[Count, int]) -> None:
    rows = [(*key, change) for key, change in sorted(changes.items())]
    for start in range(0, len(rows), ROWS_AT_ONCE):
        new = insert(board_count).values(rows[start : start + ROWS_AT_ONCE])
        await connection.execute(
            new.on_conflict_do_update(
                constraint="pk_board_count",
                set_={"members": board_count.c.members + new.excluded.members},
            )
        )


async def mend_counts(connection: AsyncConnection) -> int:
    """Brings the counts to the totals; how many differed."""
    # One at a time: two would both add what is missing.
    lock = func.pg_advisory_xact_lock(LOCK_CLASS, 0)
    await connection.execute(select(lock))
    # A board of a million takes longer than any statement of a command may.
    await connection.execute(text("SET LOCAL statement_timeout = 0"))
    boards = await connection.execute(select(board.c.id).order_by(board.c.id))
    mended = 0
    for board_id in boards.scalars().all():
        drift = await count_drift(connection, board_id)
        await add_counts(connection, drift)
        mended += len(drift)
    return mended


async def count_drift(
    connection: AsyncConnection, board_id: int
) -> Mapping[Count, int]:
    """What is to be added to a board's counts, that they are those of its totals.

    One statement sees one moment, and whoever changes a total changes its counts with
    it: so what is found stays true until it is added, whatever happens meanwhile.
    """
    widths = values(column("width", SmallInteger), name="widths").data(
        [(1,), (BUCKET,)]
    )
    width = widths.c.width
    listed = (
        select(
            board_total.c.board_id,
            width,
            (board_total.c.points - board_total.c.points % width).label("points"),
            cast(board_total.c.member_id % SHARDS, SmallInteger).label("shard"),
            func.count().label("members"),
        )
        .join(widths, true())
        .where(board_total.c.board_id == board_id)
        .where(~board_total.c.hidden, board_total.c.points > 0)
        .group_by(text("1, 2, 3, 4"))
    )
    kept = select(
        board_count.c.board_id,
        board_count.c.width,
        board_count.c.points,
        board_count.c.shard,
        -board_count.c.members,
    ).where(board_count.c.board_id == board_id)
    both = union_all(listed, kept).subquery()
    key = (both.c.board_id, both.c.width, both.c.points, both.c.shard)
    change = func.sum(both.c.members)
    query = select(*key, change).group_by(*key).having(change != 0)
    rows = await connection.execute(query)
    return {(row[0], row[1], row[2], row[3]): int(row[4]) for row in rows}


async def members_above(
    connection: AsyncConnection, board_id: ScalarSelect[int], points: int
) -> int:
    bucket = points - points % BUCKET
    query = select(func.coalesce(func.sum(board_count.c.members), 0)).where(
        board_count.c.board_id == board_id,
        or_(
            _between(BUCKET, bucket, None),
            _between(1, points, bucket + BUCKET),
        ),
    )
    return int((await connection.execute(query)).scalar_one())


def _between(width: int, above: int, below: int | None) -> ColumnElement[bool]:
    ends = [] if below is None else [board_count.c.points < below]
    return and_(board_count.c.width == width, board_count.c.points > above, *ends)
