"""The message that shows a community's board."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "board_post",
        sa.Column("community_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("channel", sa.Text()),
        sa.Column("message", sa.Text()),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["community.id"],
            name=op.f("fk_board_post_community_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", name=op.f("pk_board_post")),
    )
