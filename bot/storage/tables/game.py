"""What is handed in, what happened, and what is kept of it."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
    text,
)

from bot.domain.submission import SubmissionState
from bot.storage.tables.columns import (
    METADATA,
    ForeignText,
    instant,
    member_id,
    one_of,
    person_id,
)
from runner.verdict import Verdict

submission = Table(
    "submission",
    METADATA,
    Column("id", Uuid, primary_key=True),
    member_id(),
    person_id(),
    Column("challenge_id", Text, nullable=False),
    Column("challenge_digest", Text, nullable=False),
    Column("source", ForeignText, nullable=False),
    Column("place", JSON, nullable=False),
    instant("submitted_at"),
    Column("local_on", Date, nullable=False),
    Column("is_daily", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempt", Integer),
    Column("verdict", Text),
    Column("grade", JSON(none_as_null=True)),
    Column("points", Integer, nullable=False),
    instant("judged_at", nullable=True),
    instant("answered_at", nullable=True),
    one_of("state", SubmissionState),
    one_of("verdict", Verdict),
    CheckConstraint("points >= 0", name="points"),
    CheckConstraint("attempt > 0", name="attempt"),
    CheckConstraint(
        "state <> 'judged' OR verdict IS NOT NULL", name="judged_has_verdict"
    ),
    Index(None, "person_id", "submitted_at"),
    Index(None, "person_id", "challenge_id", "submitted_at"),
    Index(None, "member_id"),
    Index(
        "ix_submission_daily",
        "challenge_id",
        "submitted_at",
        postgresql_where=text("is_daily AND verdict = 'accepted'"),
    ),
)

event = Table(
    "event",
    METADATA,
    Column("id", BigInteger, Identity(), primary_key=True),
    # Unchecked: the log outlives the code that reads it.
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False, unique=True),
    person_id(),
    member_id(),
    instant("occurred_at"),
    Column("local_on", Date, nullable=False),
    Column("challenge_id", Text),
    # Signed: what was earned can be taken back, and the log is never changed.
    Column("points", Integer, nullable=False),
    Column("reputation", Integer, nullable=False, server_default="0"),
    Column("facts", JSON, nullable=False),
    Index(None, "person_id", "id"),
    Index(None, "member_id"),
)

draft = Table(
    "draft",
    METADATA,
    # The newest of each member's.
    Column("member_id", BigInteger, ForeignKey("member.id"), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("challenge_id", Text, nullable=False),
    Column("sources", JSON, nullable=False),
    instant("written_at"),
)
