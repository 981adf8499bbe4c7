"""A member's days: those in force, and those to come after a change of zone."""

from alembic import op
from sqlalchemy import Column, DateTime, SmallInteger, Text

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        Column("counted_zone", Text),
        Column("counted_start_hour", SmallInteger),
        Column("coming_zone", Text),
        Column("coming_start_hour", SmallInteger),
        Column("coming_at", DateTime(timezone=True)),
    ):
        op.add_column("member", column)
