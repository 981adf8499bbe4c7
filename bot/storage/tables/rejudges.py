"""Judging again."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Table,
    Text,
    Uuid,
    false,
)

from bot.domain.rejudge import RejudgeState
from bot.storage.tables.columns import (
    METADATA,
    ForeignText,
    community_id,
    instant,
    one_of,
)

rejudge = Table(
    "rejudge",
    METADATA,
    Column("id", Uuid, primary_key=True),
    community_id(),
    Column("challenge_id", Text, nullable=False),
    # No key: whoever deletes their submission need not wait for organisers.
    Column("submission_id", Uuid),
    Column("reason", ForeignText, nullable=False),
    instant("at"),
    Column("state", Text, nullable=False),
    one_of("state", RejudgeState),
    Index(None, "community_id"),
)

rejudge_turn = Table(
    "rejudge_turn",
    METADATA,
    Column("rejudge_id", Uuid, ForeignKey("rejudge.id"), primary_key=True),
    Column(
        "member_id",
        BigInteger,
        ForeignKey("member.id"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("settled", Boolean, nullable=False, server_default=false()),
    Index(None, "member_id"),
)
