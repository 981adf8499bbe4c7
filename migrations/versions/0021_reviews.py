"""Members who read each other: requests, reviews, and what reviewers keep to say."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "review_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Text(), nullable=False),
        sa.Column("phase", sa.SmallInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("wanted", sa.SmallInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("alike", sa.Text()),
        sa.Column("place", sa.JSON(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('code', 'evidence')", name=op.f("ck_review_request_kind")
        ),
        sa.CheckConstraint(
            "state IN ('open', 'answered', 'reviewed', 'withdrawn')",
            name=op.f("ck_review_request_state"),
        ),
        sa.CheckConstraint(
            "wanted BETWEEN 1 AND 3", name=op.f("ck_review_request_wanted")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
            name="fk_review_request_submission_id",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name="fk_review_request_member_id"
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name="fk_review_request_community_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_review_request"),
        sa.UniqueConstraint("submission_id", name="uq_review_request_submission_id"),
    )
    op.create_index("ix_review_request_member_id", "review_request", ["member_id"])
    op.create_index(
        "ix_review_request_community_id_challenge_id_alike",
        "review_request",
        ["community_id", "challenge_id", "alike"],
    )
    op.create_index(
        "ix_review_request_open",
        "review_request",
        ["community_id", "asked_at"],
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("reviewer_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lock_ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True)),
        sa.Column("decision", sa.Text()),
        sa.Column("summary", sa.Text(), server_default="", nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("comments", sa.JSON(), nullable=False),
        sa.Column("as_mentor", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("earned", sa.Integer(), server_default="0", nullable=False),
        sa.Column("thanked_at", sa.DateTime(timezone=True)),
        sa.Column("thanks", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "state IN ('claimed', 'returned', 'given')", name=op.f("ck_review_state")
        ),
        sa.CheckConstraint(
            "decision IN ('accepted', 'not_yet')", name=op.f("ck_review_decision")
        ),
        sa.CheckConstraint(
            "(state = 'given') = (given_at IS NOT NULL AND decision IS NOT NULL)",
            name=op.f("ck_review_given_has_decision"),
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["review_request.id"],
            name="fk_review_request_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name="fk_review_author_id"
        ),
        sa.ForeignKeyConstraint(
            ["reviewer_id"], ["member.id"], name="fk_review_reviewer_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_review"),
        sa.UniqueConstraint(
            "request_id", "reviewer_id", name="uq_review_request_id_reviewer_id"
        ),
    )
    op.create_index("ix_review_author_id", "review", ["author_id"])
    op.create_index(
        "ix_review_reviewer_id_claimed_at", "review", ["reviewer_id", "claimed_at"]
    )
    op.create_table(
        "saved_answer",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name="fk_saved_answer_member_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_saved_answer"),
        sa.UniqueConstraint("member_id", "name", name="uq_saved_answer_member_id_name"),
    )
