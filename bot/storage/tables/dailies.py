"""When dailies come, which they are, and what came of posting them."""

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    text,
)

from bot.domain.daily_post import PostState, Trouble
from bot.storage.tables.columns import METADATA, ForeignText, instant, one_of

daily = Table(
    "daily",
    METADATA,
    Column("community_id", Integer, ForeignKey("community.id"), primary_key=True),
    Column("phase", SmallInteger, primary_key=True, autoincrement=False),
    Column("on", Date, primary_key=True),
    Column("challenge_id", Text, nullable=False),
    # What it was chosen from, for who asks why.
    Column("left", Integer, nullable=False, server_default="0"),
    Column("total", Integer, nullable=False, server_default="0"),
    Column("waiting", Integer, nullable=False, server_default="0"),
    Column("weak_skill", Text),
    CheckConstraint("phase BETWEEN 1 AND 7", name="phase"),
)

daily_setting = Table(
    "daily_setting",
    METADATA,
    Column("community_id", Integer, ForeignKey("community.id"), primary_key=True),
    instant("changed_at"),
    Column("since", Date),
    Column("channel", ForeignText),
    Column("time_zone", Text),
    Column("hour", SmallInteger, nullable=False),
    # Lists of numbers, and roles by phase: nobody asks for communities by them.
    Column("weekdays", JSON, nullable=False),
    Column("phases", JSON, nullable=False),
    Column("mentions", JSON, nullable=False),
    Column("roles", JSON, nullable=False),
    Column("paused_until", Date),
    CheckConstraint("hour BETWEEN 4 AND 23", name="hour"),
)

daily_post = Table(
    "daily_post",
    METADATA,
    Column("community_id", Integer, primary_key=True, autoincrement=False),
    Column("phase", SmallInteger, primary_key=True, autoincrement=False),
    Column("on", Date, primary_key=True),
    Column("state", Text, nullable=False),
    instant("due_at"),
    instant("claimed_at", nullable=True),
    Column("tries", Integer, nullable=False),
    instant("retry_at", nullable=True),
    Column("channel", ForeignText),
    Column("message", ForeignText),
    Column("thread", ForeignText),
    instant("posted_at", nullable=True),
    Column("trouble", Text),
    ForeignKeyConstraint(["community_id"], ["community.id"]),
    one_of("state", PostState),
    one_of("trouble", Trouble),
    CheckConstraint("phase BETWEEN 1 AND 7", name="phase"),
    CheckConstraint(
        "state <> 'posted' OR (message IS NOT NULL AND posted_at IS NOT NULL)",
        name="posted_is_somewhere",
    ),
    Index(
        "ix_daily_post_open",
        "community_id",
        "on",
        postgresql_where=text("state IN ('chosen', 'posting', 'waiting')"),
    ),
)

reminder = Table(
    "reminder",
    METADATA,
    Column("person_id", BigInteger, ForeignKey("person.id"), primary_key=True),
    # The date of theirs of which they were reminded last.
    Column("on", Date, nullable=False),
)

heartbeat = Table(
    "heartbeat",
    METADATA,
    # One row: that of all processes together.
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    instant("beat_at"),
    CheckConstraint("id = 1", name="alone"),
)

outage = Table(
    "outage",
    METADATA,
    Column("id", BigInteger, Identity(), primary_key=True),
    instant("began_at"),
    instant("ended_at"),
    Column("reason", Text, nullable=False),
    Column("community_id", Integer, ForeignKey("community.id")),
    Column("phase", SmallInteger),
    # When the days that it took were excused.
    instant("settled_at", nullable=True),
    Index(None, "community_id"),
    Index("ix_outage_open", "id", postgresql_where=text("settled_at IS NULL")),
)
