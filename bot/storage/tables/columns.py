"""What the tables are made of."""

import re
from enum import StrEnum
from typing import Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    Text,
)
from sqlalchemy.types import TypeDecorator

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")


class ForeignText(TypeDecorator[str]):
    """Text that people or platforms wrote."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else _UNSTORABLE.sub("\ufffd", value)


def instant(name: str, *, nullable: bool = False) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


def one_of(name: str, values: type[StrEnum]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{name} IN ({listed})", name=name)


def member_id() -> Column[object]:
    return Column("member_id", BigInteger, ForeignKey("member.id"), nullable=False)


def person_id() -> Column[object]:
    return Column("person_id", BigInteger, ForeignKey("person.id"), nullable=False)


def community_id() -> Column[object]:
    return Column("community_id", Integer, ForeignKey("community.id"), nullable=False)
