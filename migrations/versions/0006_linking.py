"""Accounts that are one person."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("joined_to", sa.BigInteger()))
    op.create_foreign_key(
        "fk_person_joined_to", "person", "person", ["joined_to"], ["id"]
    )
    op.create_index("ix_person_joined_to", "person", ["joined_to"])
    _link_code()
    _link_try()
    _person_link()


def _link_code() -> None:
    op.create_table(
        "link_code",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_link_code_person_id"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name="fk_link_code_member_id"
        ),
        sa.PrimaryKeyConstraint("person_id", name="pk_link_code"),
        sa.UniqueConstraint("digest", name="uq_link_code_digest"),
    )
    op.create_index("ix_link_code_member_id", "link_code", ["member_id"])


def _link_try() -> None:
    op.create_table(
        "link_try",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_link_try_person_id"
        ),
        sa.PrimaryKeyConstraint("person_id", name="pk_link_try"),
    )


def _person_link() -> None:
    op.create_table(
        "person_link",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("other_id", sa.BigInteger(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_person_link_person_id"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["person.id"], name="fk_person_link_other_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_person_link"),
    )
    op.create_index("ix_person_link_person_id", "person_link", ["person_id"])
    op.create_index("ix_person_link_other_id", "person_link", ["other_id"])
