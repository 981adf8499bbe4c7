"""The web chat."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKey,
    Identity,
    Index,
    Sequence,
    Table,
    Text,
    UniqueConstraint,
)

from bot.storage.tables.columns import METADATA, community_id, instant

ENTRY_REVISION = Sequence("entry_revision", metadata=METADATA)

entry = Table(
    "entry",
    METADATA,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("revision", BigInteger, nullable=False, unique=True),
    community_id(),
    Column("member_id", BigInteger, ForeignKey("member.id")),
    Column("body", JSON, nullable=False),
    instant("written_at"),
    # Of what is posted once, whoever posts it.
    Column("key", Text),
    UniqueConstraint("community_id", "key"),
    Index(None, "community_id", "member_id", "revision"),
    Index(None, "member_id"),
)
