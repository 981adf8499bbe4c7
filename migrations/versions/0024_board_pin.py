"""Whether the message that shows a board was pinned."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "board_post",
        sa.Column("is_pinned", sa.Boolean(), nullable=False, server_default="false"),
    )
