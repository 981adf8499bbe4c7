"""Who offers, who asks, and who was paired with whom.

    mentor_offer                what a mentor offers until they change it
    mentor_request ─< pairing ─┬─< pairing_step     its history
                               ├─< mentor_session ─< session_reminder
                               ├─< check_in
                               ├─< pairing_feedback
                               └─< mentor_report
    mentor_block                who shall never be paired with whom
    pairing_batch               the last date a community's queue was paired on

What hangs on a pairing goes with it: when one of the two deletes what is theirs.
"""

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
    SmallInteger,
    Table,
    Text,
    false,
    text,
)

from bot.domain.pairing.hearing import CheckInAnswer
from bot.domain.pairing.life import (
    LIVE,
    EndReason,
    PairingEvent,
    PairingKind,
    PairingState,
)
from bot.domain.pairing.session import OPEN_SESSIONS, SessionState
from bot.domain.pairing.standing import MOST_MENTEES, RequestState
from bot.storage.tables.columns import (
    METADATA,
    ForeignText,
    community_id,
    instant,
    member_id,
    one_of,
)


def _member(name: str, *, primary_key: bool = False) -> Column[object]:
    return Column(
        name,
        BigInteger,
        ForeignKey("member.id"),
        primary_key=primary_key,
        autoincrement=False,
        nullable=False,
    )


def _pairing(*, primary_key: bool = False) -> Column[object]:
    return Column(
        "pairing_id",
        BigInteger,
        ForeignKey("pairing.id", ondelete="CASCADE"),
        primary_key=primary_key,
        autoincrement=False,
        nullable=False,
    )


def _in(column: str, values: frozenset[str]) -> str:
    listed = ", ".join(f"'{value}'" for value in sorted(values))
    return f"{column} IN ({listed})"


mentor_offer = Table(
    "mentor_offer",
    METADATA,
    _member("member_id", primary_key=True),
    # Lists that are read whole; hours are those of the week, 0 to 167.
    Column("topics", JSON, nullable=False),
    Column("phases", JSON, nullable=False),
    Column("languages", JSON, nullable=False),
    Column("hours", JSON, nullable=False),
    Column("capacity", SmallInteger, nullable=False),
    instant("offered_at"),
    instant("paused_until", nullable=True),
    CheckConstraint(f"capacity BETWEEN 1 AND {MOST_MENTEES}", name="capacity"),
)

mentor_request = Table(
    "mentor_request",
    METADATA,
    Column("id", BigInteger, Identity(), primary_key=True),
    member_id(),
    Column("topics", JSON, nullable=False),
    Column("goal", ForeignText, nullable=False),
    Column("languages", JSON, nullable=False),
    Column("hours", JSON, nullable=False),
    Column("weeks", SmallInteger, nullable=False),
    instant("asked_at"),
    Column("state", Text, nullable=False),
    instant("ended_at", nullable=True),
    Column("head_start_days", SmallInteger, nullable=False),
    Column("shares", Boolean, nullable=False, server_default=false()),
    one_of("state", RequestState),
    CheckConstraint("weeks BETWEEN 4 AND 24", name="weeks"),
    CheckConstraint("(state = 'waiting') = (ended_at IS NULL)", name="ended"),
    Index(None, "member_id"),
    Index(
        "uq_mentor_request_waiting",
        "member_id",
        unique=True,
        postgresql_where=text("state = 'waiting'"),
    ),
)

pairing = Table(
    "pairing",
    METADATA,
    Column("id", BigInteger, Identity(), primary_key=True),
    community_id(),
    Column("kind", Text, nullable=False),
    _member("mentor_id"),
    _member("mentee_id"),
    Column("request_id", BigInteger, ForeignKey("mentor_request.id"), nullable=False),
    Column("other_request_id", BigInteger, ForeignKey("mentor_request.id")),
    Column("beside_id", BigInteger, ForeignKey("pairing.id", ondelete="SET NULL")),
    Column("terms", JSON, nullable=False),
    Column("weeks", SmallInteger, nullable=False),
    Column("state", Text, nullable=False),
    instant("state_at"),
    instant("offered_at"),
    instant("heard_at"),
    instant("active_at", nullable=True),
    Column("ended_why", Text),
    Column("channel", ForeignText),
    Column("asked_days", Integer, nullable=False),
    # Who opens their conversation has it to themselves for a while.
    instant("claimed_at", nullable=True),
    one_of("kind", PairingKind),
    one_of("state", PairingState),
    one_of("ended_why", EndReason),
    CheckConstraint("mentor_id <> mentee_id", name="two"),
    CheckConstraint("(state = 'ended') = (ended_why IS NOT NULL)", name="ended"),
    Index(None, "mentor_id"),
    Index(None, "mentee_id"),
    Index(None, "beside_id"),
    Index(None, "other_request_id"),
    Index(
        "ix_pairing_live",
        "community_id",
        postgresql_where=text(_in("state", LIVE)),
    ),
    Index(
        "uq_pairing_request",
        "request_id",
        unique=True,
        postgresql_where=text(f"kind <> 'peers' AND {_in('state', LIVE)}"),
    ),
)

pairing_step = Table(
    "pairing_step",
    METADATA,
    Column("id", BigInteger, Identity(), primary_key=True),
    _pairing(),
    instant("at"),
    Column("event", Text, nullable=False),
    Column("state", Text, nullable=False),
    # None: the clock.
    Column("by_id", BigInteger, ForeignKey("member.id")),
    one_of("event", PairingEvent),
    one_of("state", PairingState),
    Index(None, "pairing_id"),
    Index(None, "by_id"),
)

mentor_session = Table(
    "mentor_session",
    METADATA,
    Column("id", BigInteger, Identity(), primary_key=True),
    _pairing(),
    _member("proposed_by"),
    # Instants in ISO 8601, for the chosen one is in its column.
    Column("times", JSON, nullable=False),
    instant("starts_at", nullable=True),
    Column("state", Text, nullable=False),
    instant("asked_at", nullable=True),
    one_of("state", SessionState),
    Index(None, "pairing_id"),
    Index(None, "proposed_by"),
    Index(
        "ix_mentor_session_open",
        "id",
        postgresql_where=text(_in("state", OPEN_SESSIONS)),
    ),
)

session_reminder = Table(
    "session_reminder",
    METADATA,
    Column(
        "session_id",
        BigInteger,
        ForeignKey("mentor_session.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    _member("member_id", primary_key=True),
    instant("sent_at", nullable=True),
    Index(None, "member_id"),
)

check_in = Table(
    "check_in",
    METADATA,
    _pairing(primary_key=True),
    _member("member_id", primary_key=True),
    Column("day", Integer, primary_key=True, autoincrement=False),
    instant("answered_at"),
    Column("answer", Text, nullable=False),
    one_of("answer", CheckInAnswer),
    Index(None, "member_id"),
)

pairing_feedback = Table(
    "pairing_feedback",
    METADATA,
    _pairing(primary_key=True),
    _member("member_id", primary_key=True),
    instant("at"),
    Column("rating", SmallInteger, nullable=False),
    Column("note", ForeignText, nullable=False),
    CheckConstraint("rating BETWEEN 1 AND 5", name="rating"),
    Index(None, "member_id"),
)

mentor_block = Table(
    "mentor_block",
    METADATA,
    _member("member_id", primary_key=True),
    _member("blocked_id", primary_key=True),
    instant("at"),
    CheckConstraint("member_id <> blocked_id", name="two"),
    Index(None, "blocked_id"),
)

mentor_report = Table(
    "mentor_report",
    METADATA,
    Column("id", BigInteger, Identity(), primary_key=True),
    _pairing(),
    _member("member_id"),
    instant("at"),
    Column("what", ForeignText, nullable=False),
    instant("settled_at", nullable=True),
    Index(None, "pairing_id"),
    Index(None, "member_id"),
    Index("ix_mentor_report_open", "id", postgresql_where=text("settled_at IS NULL")),
)

pairing_batch = Table(
    "pairing_batch",
    METADATA,
    Column(
        "community_id",
        Integer,
        ForeignKey("community.id"),
        primary_key=True,
        autoincrement=False,
    ),
    # None until the first; the row is what replicas lock.
    Column("on", Date),
)
