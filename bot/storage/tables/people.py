"""Who plays, and where."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from bot.storage.tables.columns import (
    METADATA,
    ForeignText,
    community_id,
    instant,
    person_id,
)

community = Table(
    "community",
    METADATA,
    # An integer, because advisory locks take two of them.
    Column("id", Integer, Identity(), primary_key=True),
    Column("platform", Text, nullable=False),
    Column("external_id", ForeignText, nullable=False),
    Column("name", ForeignText, nullable=False),
    Column("language", Text, nullable=False, server_default="en"),
    Column("time_zone", Text, nullable=False, server_default="UTC"),
    UniqueConstraint("platform", "external_id"),
)

person = Table(
    "person",
    METADATA,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("language", Text),
    Column("time_zone", Text),
    Column("day_start_hour", SmallInteger, nullable=False, server_default="4"),
    Column("hidden", Boolean, nullable=False, server_default=false()),
    # Who stands for all that they are joined with: kept from the links that stand.
    Column("joined_to", BigInteger, ForeignKey("person.id")),
    Index(None, "joined_to"),
    # Both are asked for, never assumed.
    Column("shares", Boolean, nullable=False, server_default=false()),
    Column("reminded", Boolean, nullable=False, server_default=false()),
    CheckConstraint("day_start_hour BETWEEN 0 AND 23", name="day_start_hour"),
)

account = Table(
    "account",
    METADATA,
    Column("platform", Text, primary_key=True),
    Column("external_id", ForeignText, primary_key=True),
    person_id(),
    # What the platform says; what the person chose is in `person`.
    Column("language", Text),
    Column("time_zone", Text),
    Index(None, "person_id"),
)

member = Table(
    "member",
    METADATA,
    Column("id", BigInteger, Identity(), primary_key=True),
    community_id(),
    person_id(),
    Column("name", ForeignText, nullable=False),
    # The platform's last name for them: only a change of it overrides `name`.
    Column("platform_name", ForeignText, nullable=False),
    instant("joined_at"),
    Column("phase", SmallInteger, nullable=False, server_default="1"),
    Column("focus", Text),
    # What their dates are counted by, and what comes when the present day ends; both
    # follow what the person, the platform or the community says.
    Column("counted_zone", Text),
    Column("counted_start_hour", SmallInteger),
    Column("coming_zone", Text),
    Column("coming_start_hour", SmallInteger),
    instant("coming_at", nullable=True),
    # The platform's role that they have of us, and since when it may be another's turn.
    Column("role", ForeignText),
    instant("role_asked_at", nullable=True),
    UniqueConstraint("community_id", "person_id"),
    Index(None, "person_id"),
    Index(
        "ix_member_role_asked",
        "role_asked_at",
        postgresql_where=text("role_asked_at IS NOT NULL"),
    ),
    CheckConstraint("phase BETWEEN 1 AND 7", name="phase"),
)
