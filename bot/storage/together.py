"""Which rows are one person's: those of all that they are joined with.

`person.joined_to` is kept from the links that stand: NULL, or who stands for all.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.board_counts import CountChanges
from bot.storage.tables import board_total, member, person

_ONE = person.alias("one")
_EACH = person.alias("each")
_ANY = person.alias("any_of_them")


def people_with(person_id: int) -> Select[int]:
    """The ids of all whom a person is joined with, and their own."""
    first = func.coalesce(_ONE.c.joined_to, _ONE.c.id)
    return (
        select(_EACH.c.id)
        .select_from(
            _ONE.join(_EACH, or_(_EACH.c.id == first, _EACH.c.joined_to == first))
        )
        .where(_ONE.c.id == person_id)
    )


def is_of(column: ColumnElement[Any], person_id: int) -> ColumnElement[bool]:
    """Whether a column names the person, under whichever of their accounts.

    As an array, which is made first: the column's index then finds its rows, however
    few or many the planner takes a person to have.
    """
    return column == func.any(func.array(people_with(person_id).scalar_subquery()))


def is_hidden() -> ColumnElement[bool]:
    """Of the `person` of the query: who hid one account, hid themselves."""
    return exists().where(
        or_(_ANY.c.id == person.c.id, _ANY.c.joined_to == person.c.id),
        _ANY.c.hidden,
    )


async def lock_people(
    connection: AsyncConnection, person_ids: Collection[int]
) -> Collection[int]:
    """Holds these and all that they are joined with; who that was when it was held.

    Another link may have come while this waited, so it looks again. In one order, so
    that two cannot wait for each other; and whoever held too few lets go of them before
    it asks for more, which may come earlier in that order.
    """
    first = func.coalesce(_ONE.c.joined_to, _ONE.c.id)
    # All of them, for a link writes to each.
    together = (
        select(_EACH.c.id)
        .select_from(
            _ONE.join(_EACH, or_(_EACH.c.id == first, _EACH.c.joined_to == first))
        )
        .where(_ONE.c.id.in_(person_ids))
    )
    while True:
        wanted = set((await connection.execute(together)).scalars())
        async with connection.begin_nested() as attempt:
            await connection.execute(
                select(person.c.id)
                .where(person.c.id.in_(wanted))
                .order_by(person.c.id)
                .with_for_update()
            )
            found = set((await connection.execute(together)).scalars())
            if found <= wanted:
                return found
            await attempt.rollback()


async def show_or_hide(connection: AsyncConnection, person_id: int) -> None:
    """Brings the boards to whether the person is hidden now; they are locked."""
    hidden = exists().where(_ANY.c.id.in_(people_with(person_id)), _ANY.c.hidden)
    members = select(member.c.id).where(is_of(member.c.person_id, person_id))
    turned = await connection.execute(
        update(board_total)
        .where(board_total.c.member_id.in_(members))
        .where(board_total.c.hidden != hidden)
        .values(hidden=~board_total.c.hidden)
        .returning(board_total)
    )
    counts = CountChanges()
    for row in turned:
        left, reached = (row.points, None) if row.hidden else (None, row.points)
        counts.move(row.board_id, row.member_id, left, reached)
    await counts.write(connection)
