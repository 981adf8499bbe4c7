"""A community of so many members, made in the database at once."""

from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.storage.board_counts import mend_counts

PHASES: Final = 7
SOLVED_BEFORE: Final = 50
"""Events that a measured member has in the log: about two months of playing."""

# Points as they come about: many with little, few with much, and ties everywhere. The
# share of those who have any, and the most that anybody has.
PERIODS: Final = {
    "week": (0.3, 900),
    "month": (0.5, 3_000),
    "season": (0.7, 8_000),
    "all_time": (1.0, 20_000),
}


async def load(
    engine: AsyncEngine, sizes: tuple[int, ...], starts: dict[str, str]
) -> None:
    """`starts` has the first day of each period, in ISO 8601. Ids of communities are
    1, 2, 3 … in the order of `sizes`.
    """
    async with engine.begin() as connection:
        await connection.execute(text("SET LOCAL statement_timeout = 0"))
        # Kept row by row they cost more than made at the end.
        await connection.execute(text("DROP INDEX ix_board_total_top"))
        await connection.execute(text("DROP INDEX ix_board_total_member_id"))
        await connection.execute(text("SELECT setseed(0.5)"))
        for size in sizes:
            await _people(connection, size)
            for period, (share, most) in PERIODS.items():
                await _boards(connection, period, starts[period], share, most)
        await connection.execute(
            text("CREATE INDEX ix_board_total_member_id ON board_total (member_id)")
        )
        await connection.execute(
            text(
                "CREATE INDEX ix_board_total_top"
                " ON board_total (board_id, points DESC, reached_at, member_id)"
                " WHERE NOT hidden AND points > 0"
            )
        )
        await mend_counts(connection)
    async with engine.connect() as connection:
        alone = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await alone.execute(text("SET statement_timeout = 0"))
        await alone.execute(text("VACUUM ANALYZE"))
        await alone.execute(text("RESET statement_timeout"))


async def _people(connection: AsyncConnection, size: int) -> None:
    await connection.execute(
        text(
            """
            WITH place AS (
                INSERT INTO community (platform, external_id, name)
                VALUES ('web', :size, :size) RETURNING id
            ), people AS (
                INSERT INTO person (hidden)
                SELECT random() < 0.05 FROM generate_series(1, :members) RETURNING id
            )
            INSERT INTO member
                (community_id, person_id, name, platform_name, joined_at, phase)
            SELECT place.id, people.id, 'Member ' || people.id, '', now(),
                   1 + people.id % :phases
            FROM place CROSS JOIN people
            """
        ),
        {"size": str(size), "members": size, "phases": PHASES},
    )


async def _boards(
    connection: AsyncConnection, period: str, starts_on: str, share: float, most: int
) -> None:
    """Of the newest community: its own board of the period, and one for each phase."""
    await connection.execute(
        text(
            """
            INSERT INTO board (community_id, measure, period, starts_on, phase)
            SELECT (SELECT max(id) FROM community), 'points', :period,
                   CAST(:starts_on AS date), generate_series(0, :phases)
            """
        ),
        {"period": period, "starts_on": starts_on, "phases": PHASES},
    )
    await connection.execute(
        text(
            """
            INSERT INTO board_total
            SELECT board.id, member.id, drawn.points, 1 + drawn.points / 120,
                   now() - random() * interval '7 days', person.hidden
            FROM member
            JOIN person ON person.id = member.person_id
            JOIN board ON board.community_id = member.community_id
                AND board.period = :period AND board.phase IN (0, member.phase)
            CROSS JOIN LATERAL (
                SELECT 32 + 8 * CAST(random() * random() * :most / 8 AS integer)
                    AS points
                WHERE member.id IS NOT NULL
            ) AS drawn
            WHERE member.community_id = (SELECT max(id) FROM community)
                AND random() < :share
            """
        ),
        {"period": period, "share": share, "most": most},
    )


async def drawn(
    connection: AsyncConnection, community_id: int, members: int
) -> list[int]:
    """So many members of a community, from all over its boards."""
    rows = await connection.execute(
        text(
            "SELECT id FROM member WHERE community_id = :community_id"
            " ORDER BY md5(CAST(id AS text)) LIMIT :members"
        ),
        {"community_id": community_id, "members": members},
    )
    return list(rows.scalars())


async def give_history(
    connection: AsyncConnection, member_ids: list[int], on: str
) -> None:
    """What these have solved before, as the log has it."""
    await connection.execute(
        text(
            """
            INSERT INTO event (kind, key, person_id, member_id, occurred_at, local_on,
                               challenge_id, points, facts)
            SELECT 'solved', 'solved:' || person_id || '/past-' || n, person_id, id,
                   now() - n * interval '1 day', CAST(:on AS date) - n, 'past-' || n,
                   80, json_build_object('board_on', CAST(:on AS date) - n, 'phase', 1)
            FROM member CROSS JOIN generate_series(1, :events) AS n
            WHERE id = ANY(:members)
            """
        ),
        {"members": member_ids, "on": on, "events": SOLVED_BEFORE},
    )
