"""What organisers answered to submissions that are alike."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "similarity_answer",
        sa.Column("pair", sa.Text(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("other_id", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name="fk_similarity_answer_member_id"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["member.id"], name="fk_similarity_answer_other_id"
        ),
        sa.PrimaryKeyConstraint("pair", name="pk_similarity_answer"),
    )
    op.create_index(
        "ix_similarity_answer_member_id", "similarity_answer", ["member_id"]
    )
    op.create_index("ix_similarity_answer_other_id", "similarity_answer", ["other_id"])
