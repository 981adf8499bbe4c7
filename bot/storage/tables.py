"""The tables. Those of the queue are Procrastinate's, and made by its own schema.

    community ─┬─< member >─ person ─< account
               │      ├─< submission
               │      ├─< event            the log: nothing is ever changed in it
               │      └─< board_total      kept as points come, never summed on reading
               ├─< daily
               └─< entry                   the web chat

Foreign text may hold what PostgreSQL's text cannot (NUL, half a surrogate pair): JSON
columns are therefore `json` written in ASCII, which keeps every string as it came, and
never `jsonb`; plain columns replace such characters.
"""

import re
from enum import StrEnum
from typing import Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Identity,
    Index,
    Integer,
    MetaData,
    Sequence,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    false,
    text,
)
from sqlalchemy.types import TypeDecorator

from bot.domain.event import EventKind
from bot.domain.leaderboard import Period
from bot.domain.submission import SubmissionState
from runner.verdict import Verdict

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")


class ForeignText(TypeDecorator[str]):
    """Text that people or platforms wrote."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else _UNSTORABLE.sub("\ufffd", value)


def _instant(name: str, *, nullable: bool = False) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


def _one_of(name: str, values: type[StrEnum]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{name} IN ({listed})", name=name)


def _member_id() -> Column[object]:
    return Column("member_id", BigInteger, ForeignKey("member.id"), nullable=False)


def _person_id() -> Column[object]:
    return Column("person_id", BigInteger, ForeignKey("person.id"), nullable=False)


def _community_id() -> Column[object]:
    return Column("community_id", Integer, ForeignKey("community.id"), nullable=False)


community = Table(
    "community",
    METADATA,
    # An integer, because advisory locks take two of them.
    Column("id", Integer, Identity(), primary_key=True),
    Column("platform", Text, nullable=False),
    Column("external_id", ForeignText, nullable=False),
    Column("name", ForeignText, nullable=False),
    Column("language", Text, nullable=False, server_default="en"),
    Column("time_zone", Text, nullable=False, server_default="UTC"),
    UniqueConstraint("platform", "external_id"),
)

person = Table(
    "person",
    METADATA,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("language", Text),
    Column("time_zone", Text),
    Column("day_start_hour", SmallInteger, nullable=False, server_default="4"),
    Column("hidden", Boolean, nullable=False, server_default=false()),
    CheckConstraint("day_start_hour BETWEEN 0 AND 23", name="day_start_hour"),
)

account = Table(
    "account",
    METADATA,
    Column("platform", Text, primary_key=True),
    Column("external_id", ForeignText, primary_key=True),
    _person_id(),
    # What the platform says; what the person chose is in `person`.
    Column("language", Text),
    Column("time_zone", Text),
    Index(None, "person_id"),
)

member = Table(
    "member",
    METADATA,
    Column("id", BigInteger, Identity(), primary_key=True),
    _community_id(),
    _person_id(),
    Column("name", ForeignText, nullable=False),
    # The platform's last name for them: only a change of it overrides `name`.
    Column("platform_name", ForeignText, nullable=False),
    _instant("joined_at"),
    Column("phase", SmallInteger, nullable=False, server_default="1"),
    Column("focus", Text),
    UniqueConstraint("community_id", "person_id"),
    Index(None, "person_id"),
    CheckConstraint("phase BETWEEN 1 AND 7", name="phase"),
)

submission = Table(
    "submission",
    METADATA,
    Column("id", Uuid, primary_key=True),
    _member_id(),
    _person_id(),
    Column("challenge_id", Text, nullable=False),
    Column("challenge_digest", Text, nullable=False),
    Column("source", ForeignText, nullable=False),
    Column("place", JSON, nullable=False),
    _instant("submitted_at"),
    Column("local_on", Date, nullable=False),
    Column("is_daily", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempt", Integer),
    Column("verdict", Text),
    Column("grade", JSON(none_as_null=True)),
    Column("points", Integer, nullable=False),
    _instant("judged_at", nullable=True),
    _instant("answered_at", nullable=True),
    _one_of("state", SubmissionState),
    _one_of("verdict", Verdict),
    CheckConstraint("points >= 0", name="points"),
    CheckConstraint("attempt > 0", name="attempt"),
    CheckConstraint(
        "state <> 'judged' OR verdict IS NOT NULL", name="judged_has_verdict"
    ),
    Index(None, "person_id", "submitted_at"),
    Index(None, "person_id", "challenge_id", "submitted_at"),
    Index(None, "member_id"),
)

event = Table(
    "event",
    METADATA,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False, unique=True),
    _person_id(),
    _member_id(),
    _instant("occurred_at"),
    Column("local_on", Date, nullable=False),
    Column("challenge_id", Text),
    Column("points", Integer, nullable=False),
    Column("facts", JSON, nullable=False),
    _one_of("kind", EventKind),
    CheckConstraint("points >= 0", name="points"),
    Index(None, "person_id", "id"),
    Index(None, "member_id"),
)

WHOLE_COMMUNITY: Final = 0

board_total = Table(
    "board_total",
    METADATA,
    Column("community_id", Integer, ForeignKey("community.id"), primary_key=True),
    Column("period", Text, primary_key=True),
    Column("starts_on", Date, primary_key=True),
    # A key cannot hold NULL: 0 is the whole community.
    Column("phase", SmallInteger, primary_key=True, autoincrement=False),
    Column("member_id", BigInteger, ForeignKey("member.id"), primary_key=True),
    Column("points", Integer, nullable=False),
    Column("solved", Integer, nullable=False),
    _instant("reached_at"),
    # The person's `hidden`, copied so that ranks are counted in one index.
    Column("hidden", Boolean, nullable=False),
    _one_of("period", Period),
    CheckConstraint("phase BETWEEN 0 AND 7", name="phase"),
    CheckConstraint("points >= 0", name="points"),
    CheckConstraint("solved >= 0", name="solved"),
    Index(None, "member_id"),
    Index(
        "ix_board_total_top",
        "community_id",
        "period",
        "starts_on",
        "phase",
        text("points DESC"),
        "reached_at",
        "member_id",
        postgresql_where=text("NOT hidden AND points > 0"),
    ),
)

daily = Table(
    "daily",
    METADATA,
    Column("community_id", Integer, ForeignKey("community.id"), primary_key=True),
    Column("phase", SmallInteger, primary_key=True, autoincrement=False),
    Column("on", Date, primary_key=True),
    Column("challenge_id", Text, nullable=False),
    CheckConstraint("phase BETWEEN 1 AND 7", name="phase"),
)

ENTRY_REVISION = Sequence("entry_revision", metadata=METADATA)

entry = Table(
    "entry",
    METADATA,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("revision", BigInteger, nullable=False, unique=True),
    _community_id(),
    Column("member_id", BigInteger, ForeignKey("member.id")),
    Column("body", JSON, nullable=False),
    _instant("written_at"),
    Index(None, "community_id", "member_id", "revision"),
    Index(None, "member_id"),
)
