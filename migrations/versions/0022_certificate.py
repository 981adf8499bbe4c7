"""Certificates that were asked for, and which of them are revoked."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "certificate",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column(
            "person_id", sa.BigInteger(), sa.ForeignKey("person.id"), nullable=False
        ),
        sa.Column(
            "member_id", sa.BigInteger(), sa.ForeignKey("member.id"), nullable=False
        ),
        sa.Column("event_key", sa.Text(), nullable=False, unique=True),
        sa.Column("phase", sa.Integer(), nullable=False),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("community", sa.Text(), nullable=False),
        sa.Column("earned_on", sa.Date(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("phase BETWEEN 1 AND 7", name="phase"),
    )
    op.create_index("ix_certificate_person_id", "certificate", ["person_id"])
    op.create_index("ix_certificate_member_id", "certificate", ["member_id"])
    op.create_table(
        "certificate_revocation",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("why IN ('rejudged', 'organiser', 'deleted')", name="why"),
    )
