"""The leaderboards as they are kept.

board ─┬─< board_total   a row a member: the page, and one's own points
       └─< board_count   how many of those that all may see have so many points

follow                   whose rows a member sees among friends
"""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Identity,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.domain.leaderboard import Measure, Period
from bot.storage.tables.columns import METADATA, community_id, instant, one_of

WHOLE_COMMUNITY: Final = 0

board = Table(
    "board",
    METADATA,
    Column("id", Integer, Identity(), primary_key=True),
    community_id(),
    Column("measure", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("starts_on", Date, nullable=False),
    # NULL is never equal to NULL, so that 0 is the whole community.
    Column("phase", SmallInteger, nullable=False),
    UniqueConstraint("community_id", "measure", "period", "starts_on", "phase"),
    one_of("measure", Measure),
    one_of("period", Period),
    CheckConstraint("phase BETWEEN 0 AND 7", name="phase"),
)

board_total = Table(
    "board_total",
    METADATA,
    Column("board_id", Integer, ForeignKey(board.c.id), primary_key=True),
    Column("member_id", BigInteger, ForeignKey("member.id"), primary_key=True),
    # Below zero where more was taken back in a period than was earned in it.
    Column("points", Integer, nullable=False),
    Column("solved", Integer, nullable=False),
    instant("reached_at", nullable=True),
    # The person's `hidden`, copied so that a page is read off one index.
    Column("hidden", Boolean, nullable=False),
    Index(None, "member_id"),
    Index(
        "ix_board_total_top",
        "board_id",
        text("points DESC"),
        "reached_at",
        "member_id",
        postgresql_where=text("NOT hidden AND points > 0"),
    ),
)

follow = Table(
    "follow",
    METADATA,
    *(
        Column(
            name,
            BigInteger,
            ForeignKey("member.id", ondelete="CASCADE"),
            primary_key=True,
            autoincrement=False,
        )
        for name in ("member_id", "followed_id")
    ),
    Index(None, "followed_id"),
)

board_count = Table(
    "board_count",
    METADATA,
    Column("board_id", Integer, ForeignKey(board.c.id), primary_key=True),
    # 1, or as many points as a bucket has; `points` is where the bucket starts.
    Column("width", SmallInteger, primary_key=True, autoincrement=False),
    Column("points", Integer, primary_key=True, autoincrement=False),
    Column("shard", SmallInteger, primary_key=True, autoincrement=False),
    Column("members", Integer, nullable=False),
    # Counts change in place: with room on the page no index is written for it.
    postgresql_with={"fillfactor": "70"},
)
