"""Certificates that were asked for, and which of them are revoked."""

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
)

from bot.domain.certificate import Revocation
from bot.storage.tables.columns import (
    METADATA,
    ForeignText,
    instant,
    member_id,
    one_of,
    person_id,
)

certificate = Table(
    "certificate",
    METADATA,
    # Drawn at random: who has the address was given it.
    Column("id", Uuid, primary_key=True),
    person_id(),
    member_id(),
    Column("event_key", Text, nullable=False, unique=True),
    Column("phase", Integer, nullable=False),
    Column("skills", JSON, nullable=False),
    Column("name", ForeignText, nullable=False),
    Column("language", Text, nullable=False),
    Column("community", ForeignText, nullable=False),
    Column("earned_on", Date, nullable=False),
    instant("issued_at"),
    CheckConstraint("phase BETWEEN 1 AND 7", name="phase"),
    Index(None, "person_id"),
    Index(None, "member_id"),
)

# Without a reference: it outlives the certificate, so that a copy of one whose holder
# left is still told from one that stands. A random number names nobody.
certificate_revocation = Table(
    "certificate_revocation",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("why", Text, nullable=False),
    instant("at"),
    one_of("why", Revocation),
)
