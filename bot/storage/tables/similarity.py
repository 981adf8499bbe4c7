"""What organisers answered to two submissions that are alike."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, Text

from bot.storage.tables.columns import METADATA, instant

similarity_answer = Table(
    "similarity_answer",
    METADATA,
    # Both submissions, by `pair_of`: a new one of either is another pair.
    Column("pair", Text, primary_key=True),
    Column("member_id", BigInteger, ForeignKey("member.id"), nullable=False),
    Column("other_id", BigInteger, ForeignKey("member.id"), nullable=False),
    Column("answer", Text, nullable=False),
    instant("at"),
    Index(None, "member_id"),
    Index(None, "other_id"),
)
