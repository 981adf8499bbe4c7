"""Whom members follow on the boards."""

from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, PrimaryKeyConstraint

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "follow",
        Column("member_id", BigInteger, nullable=False),
        Column("followed_id", BigInteger, nullable=False),
        PrimaryKeyConstraint("member_id", "followed_id", name="pk_follow"),
        *(
            ForeignKeyConstraint(
                [name], ["member.id"], name=f"fk_follow_{name}", ondelete="CASCADE"
            )
            for name in ("member_id", "followed_id")
        ),
    )
    op.create_index("ix_follow_followed_id", "follow", ["followed_id"])
