"""Whether a second mentee may join."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "mentor_request",
        sa.Column("shares", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
