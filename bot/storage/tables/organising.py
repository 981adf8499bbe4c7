"""What organisers do."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKey,
    Identity,
    Index,
    Table,
    Text,
    text,
)

from bot.storage.tables.columns import METADATA, ForeignText, community_id, instant

audit_entry = Table(
    "audit_entry",
    METADATA,
    Column("id", BigInteger, Identity(), primary_key=True),
    community_id(),
    # Unchecked, as the log's kinds: entries outlive the code that reads them.
    Column("act", Text, nullable=False),
    # Emptied when the member is deleted: the entry stays, without naming them.
    Column("actor_id", BigInteger, ForeignKey("member.id")),
    Column("subject_id", BigInteger, ForeignKey("member.id")),
    Column("reason", ForeignText, nullable=False),
    Column("facts", JSON, nullable=False),
    instant("at"),
    Index("ix_audit_entry_newest", "community_id", text("id DESC")),
    Index(None, "actor_id"),
    Index(None, "subject_id"),
)
