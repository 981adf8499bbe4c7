"""What channels are to read."""

from sqlalchemy import JSON, Column, Index, Table, Text, Uuid

from bot.storage.tables.columns import METADATA, community_id, instant, member_id

news = Table(
    "news",
    METADATA,
    Column("id", Uuid, primary_key=True),
    member_id(),
    community_id(),
    Column("kind", Text, nullable=False),
    Column("facts", JSON, nullable=False),
    instant("at"),
    Column("batch", Uuid),
    instant("claimed_at", nullable=True),
    Index(None, "member_id"),
    Index(None, "community_id", "at"),
)
