"""The web pages: who is signed in, and what is open to everybody."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
)

from bot.storage.tables.columns import METADATA, instant


def _member_id(*, primary_key: bool = False) -> Column[object]:
    # Nothing here is worth more than the member: it goes with them.
    return Column(
        "member_id",
        BigInteger,
        ForeignKey("member.id", ondelete="CASCADE"),
        primary_key=primary_key,
        autoincrement=False,
        nullable=False,
    )


sign_in_link = Table(
    "sign_in_link",
    METADATA,
    # One a member, so that no flood of requests fills the table.
    _member_id(primary_key=True),
    Column("digest", LargeBinary, nullable=False, unique=True),
    instant("ends_at"),
)

sign_in = Table(
    "sign_in",
    METADATA,
    Column("digest", LargeBinary, primary_key=True),
    _member_id(),
    instant("started_at"),
    instant("ends_at"),
    Index(None, "member_id"),
)

open_boards = Table(
    "open_boards",
    METADATA,
    Column(
        "community_id",
        Integer,
        ForeignKey("community.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    instant("opened_at"),
)

board_post = Table(
    "board_post",
    METADATA,
    Column(
        "community_id",
        Integer,
        ForeignKey("community.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("channel", Text),
    Column("message", Text),
    Column("shown", Text, nullable=False),
    instant("drawn_at", nullable=True),
    Column("is_pinned", Boolean, nullable=False, server_default="false"),
)
