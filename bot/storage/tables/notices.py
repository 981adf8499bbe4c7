"""What is to be told."""

from sqlalchemy import JSON, Column, Index, Table, Text, Uuid

from bot.storage.tables.columns import METADATA, instant, member_id

notice = Table(
    "notice",
    METADATA,
    Column("id", Uuid, primary_key=True),
    member_id(),
    Column("kind", Text, nullable=False),
    Column("facts", JSON, nullable=False),
    instant("at"),
    Index(None, "member_id"),
)
