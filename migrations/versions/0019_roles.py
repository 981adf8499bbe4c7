"""Roles by phase: which each member was given, and who waits for another."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("member", sa.Column("role", sa.Text()))
    op.add_column("member", sa.Column("role_asked_at", sa.DateTime(timezone=True)))
    op.create_index(
        "ix_member_role_asked",
        "member",
        ["role_asked_at"],
        postgresql_where=sa.text("role_asked_at IS NOT NULL"),
    )
