"""Members who read each other."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    false,
    text,
)

from bot.domain.review import Decision, RequestKind, ReviewRequestState, ReviewState
from bot.storage.tables.columns import (
    METADATA,
    ForeignText,
    community_id,
    instant,
    member_id,
    one_of,
)

review_request = Table(
    "review_request",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column(
        "submission_id", Uuid, ForeignKey("submission.id"), nullable=False, unique=True
    ),
    member_id(),
    community_id(),
    Column("challenge_id", Text, nullable=False),
    Column("phase", SmallInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("wanted", SmallInteger, nullable=False),
    Column("note", ForeignText, nullable=False),
    # A digest; NULL is equal to nothing.
    Column("alike", Text),
    Column("place", JSON, nullable=False),
    instant("asked_at"),
    one_of("kind", RequestKind),
    one_of("state", ReviewRequestState),
    CheckConstraint("wanted BETWEEN 1 AND 3", name="wanted"),
    Index(None, "member_id"),
    Index(None, "community_id", "challenge_id", "alike"),
    Index(
        "ix_review_request_open",
        "community_id",
        "asked_at",
        postgresql_where=text("state = 'open'"),
    ),
)

review = Table(
    "review",
    METADATA,
    Column("id", Uuid, primary_key=True),
    # Whoever deletes what was asked deletes what was answered, whatever is claimed
    # at that moment.
    Column(
        "request_id",
        Uuid,
        ForeignKey("review_request.id", ondelete="CASCADE"),
        nullable=False,
    ),
    # Both are theirs: who was read, and who wrote it.
    Column("author_id", BigInteger, ForeignKey("member.id"), nullable=False),
    Column("reviewer_id", BigInteger, ForeignKey("member.id"), nullable=False),
    Column("state", Text, nullable=False),
    instant("claimed_at"),
    instant("lock_ends_at"),
    instant("given_at", nullable=True),
    Column("decision", Text),
    Column("summary", ForeignText, nullable=False, server_default=""),
    # Lists of what `bot.domain.review.Comment` and `review_rubric.Mark` hold.
    Column("marks", JSON, nullable=False),
    Column("comments", JSON, nullable=False),
    Column("as_mentor", Boolean, nullable=False, server_default=false()),
    Column("earned", Integer, nullable=False, server_default="0"),
    instant("thanked_at", nullable=True),
    Column("thanks", ForeignText, nullable=False, server_default=""),
    one_of("state", ReviewState),
    one_of("decision", Decision),
    CheckConstraint(
        "(state = 'given') = (given_at IS NOT NULL AND decision IS NOT NULL)",
        name="given_has_decision",
    ),
    UniqueConstraint("request_id", "reviewer_id"),
    Index(None, "author_id"),
    Index(None, "reviewer_id", "claimed_at"),
)

saved_answer = Table(
    "saved_answer",
    METADATA,
    Column("id", BigInteger, Identity(), primary_key=True),
    member_id(),
    Column("name", ForeignText, nullable=False),
    Column("text", ForeignText, nullable=False),
    instant("written_at"),
    UniqueConstraint("member_id", "name"),
)
