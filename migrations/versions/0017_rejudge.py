"""Judging again."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rejudge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Text(), nullable=False),
        sa.Column("submission_id", sa.Uuid()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('proposed', 'running', 'done')", name=op.f("ck_rejudge_state")
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name="fk_rejudge_community_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_rejudge"),
    )
    op.create_index("ix_rejudge_community_id", "rejudge", ["community_id"])
    op.create_table(
        "rejudge_turn",
        sa.Column("rejudge_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("settled", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["rejudge_id"], ["rejudge.id"], name="fk_rejudge_turn_rejudge_id"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name="fk_rejudge_turn_member_id"
        ),
        sa.PrimaryKeyConstraint("rejudge_id", "member_id", name="pk_rejudge_turn"),
    )
    op.create_index("ix_rejudge_turn_member_id", "rejudge_turn", ["member_id"])
