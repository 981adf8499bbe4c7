"""Accounts that are one person."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Table,
)

from bot.storage.tables.columns import METADATA, instant, member_id


def _person_id(name: str, *, primary_key: bool = False) -> Column[object]:
    return Column(
        name,
        BigInteger,
        ForeignKey("person.id"),
        primary_key=primary_key,
        autoincrement=False,
        nullable=False,
    )


link_code = Table(
    "link_code",
    METADATA,
    _person_id("person_id", primary_key=True),
    member_id(),
    Column("digest", LargeBinary, nullable=False, unique=True),
    instant("ends_at"),
    Index(None, "member_id"),
)

link_try = Table(
    "link_try",
    METADATA,
    _person_id("person_id", primary_key=True),
    instant("since"),
    Column("tries", Integer, nullable=False),
)

person_link = Table(
    "person_link",
    METADATA,
    Column("id", BigInteger, Identity(), primary_key=True),
    _person_id("person_id"),
    _person_id("other_id"),
    instant("linked_at"),
    instant("undone_at", nullable=True),
    Index(None, "person_id"),
    Index(None, "other_id"),
)
