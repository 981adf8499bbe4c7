"""The log: signed points, reputation, and kinds that need no migration."""

from alembic import op
from sqlalchemy import Column, Integer

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_constraint(op.f("ck_event_kind"), "event", type_="check")
    op.drop_constraint(op.f("ck_event_points"), "event", type_="check")
    op.add_column(
        "event", Column("reputation", Integer, nullable=False, server_default="0")
    )
