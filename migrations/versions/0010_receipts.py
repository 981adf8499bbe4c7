"""What was done once for everybody: events heard, messages posted."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "receipt",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told", sa.Text()),
        sa.PrimaryKeyConstraint("key", name="pk_receipt"),
    )
