"""Mentors, mentees and pairings."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

LIVE = (
    "state IN ('accepted', 'active', 'mentee_said_yes', 'mentor_said_yes',"
    " 'offered', 'stalled')"
)


def upgrade() -> None:
    op.create_table(
        "pairing_batch",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date()),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["community.id"],
            name="fk_pairing_batch_community_id",
        ),
        sa.PrimaryKeyConstraint("community_id", name="pk_pairing_batch"),
    )
    op.create_table(
        "mentor_block",
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("blocked_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("member_id <> blocked_id", name=op.f("ck_mentor_block_two")),
        sa.ForeignKeyConstraint(
            ["blocked_id"], ["member.id"], name="fk_mentor_block_blocked_id"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name="fk_mentor_block_member_id"
        ),
        sa.PrimaryKeyConstraint("member_id", "blocked_id", name="pk_mentor_block"),
    )
    op.create_index("ix_mentor_block_blocked_id", "mentor_block", ["blocked_id"])
    op.create_table(
        "mentor_offer",
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("phases", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("hours", sa.JSON(), nullable=False),
        sa.Column("capacity", sa.SmallInteger(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paused_until", sa.DateTime(timezone=True)),
        sa.CheckConstraint(
            "capacity BETWEEN 1 AND 5", name=op.f("ck_mentor_offer_capacity")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name="fk_mentor_offer_member_id"
        ),
        sa.PrimaryKeyConstraint("member_id", name="pk_mentor_offer"),
    )
    op.create_table(
        "mentor_request",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("hours", sa.JSON(), nullable=False),
        sa.Column("weeks", sa.SmallInteger(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("head_start_days", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint(
            "(state = 'waiting') = (ended_at IS NULL)",
            name=op.f("ck_mentor_request_ended"),
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'served', 'withdrawn')",
            name=op.f("ck_mentor_request_state"),
        ),
        sa.CheckConstraint(
            "weeks BETWEEN 4 AND 24", name=op.f("ck_mentor_request_weeks")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name="fk_mentor_request_member_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_mentor_request"),
    )
    op.create_index("ix_mentor_request_member_id", "mentor_request", ["member_id"])
    op.create_index(
        "uq_mentor_request_waiting",
        "mentor_request",
        ["member_id"],
        unique=True,
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "pairing",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("mentor_id", sa.BigInteger(), nullable=False),
        sa.Column("mentee_id", sa.BigInteger(), nullable=False),
        sa.Column("request_id", sa.BigInteger(), nullable=False),
        sa.Column("other_request_id", sa.BigInteger()),
        sa.Column("beside_id", sa.BigInteger()),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("weeks", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("active_at", sa.DateTime(timezone=True)),
        sa.Column("ended_why", sa.Text()),
        sa.Column("channel", sa.Text()),
        sa.Column("asked_days", sa.Integer(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint(
            "(state = 'ended') = (ended_why IS NOT NULL)", name=op.f("ck_pairing_ended")
        ),
        sa.CheckConstraint(
            "ended_why IN ('term', 'done', 'mentor_left', 'mentee_left', "
            "'silent', 'blocked', 'mentor_found')",
            name=op.f("ck_pairing_ended_why"),
        ),
        sa.CheckConstraint(
            "kind IN ('mentor', 'trio', 'peers')", name=op.f("ck_pairing_kind")
        ),
        sa.CheckConstraint(
            "state IN ('offered', 'mentor_said_yes', 'mentee_said_yes', "
            "'accepted', 'active', 'stalled', 'ended', 'declined', 'ran_out', "
            "'withdrawn')",
            name=op.f("ck_pairing_state"),
        ),
        sa.CheckConstraint("mentor_id <> mentee_id", name=op.f("ck_pairing_two")),
        sa.ForeignKeyConstraint(
            ["beside_id"],
            ["pairing.id"],
            name="fk_pairing_beside_id",
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name="fk_pairing_community_id"
        ),
        sa.ForeignKeyConstraint(
            ["mentee_id"], ["member.id"], name="fk_pairing_mentee_id"
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["member.id"], name="fk_pairing_mentor_id"
        ),
        sa.ForeignKeyConstraint(
            ["other_request_id"],
            ["mentor_request.id"],
            name="fk_pairing_other_request_id",
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["mentor_request.id"], name="fk_pairing_request_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_pairing"),
    )
    op.create_index("ix_pairing_beside_id", "pairing", ["beside_id"])
    op.create_index(
        "ix_pairing_live",
        "pairing",
        ["community_id"],
        postgresql_where=sa.text(LIVE),
    )
    op.create_index("ix_pairing_mentee_id", "pairing", ["mentee_id"])
    op.create_index("ix_pairing_mentor_id", "pairing", ["mentor_id"])
    op.create_index("ix_pairing_other_request_id", "pairing", ["other_request_id"])
    op.create_index(
        "uq_pairing_request",
        "pairing",
        ["request_id"],
        unique=True,
        postgresql_where=sa.text(f"kind <> 'peers' AND {LIVE}"),
    )
    op.create_table(
        "check_in",
        sa.Column("pairing_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "answer IN ('well', 'slowly', 'not_yet')", name=op.f("ck_check_in_answer")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name="fk_check_in_member_id"
        ),
        sa.ForeignKeyConstraint(
            ["pairing_id"],
            ["pairing.id"],
            name="fk_check_in_pairing_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("pairing_id", "member_id", "day", name="pk_check_in"),
    )
    op.create_index("ix_check_in_member_id", "check_in", ["member_id"])
    op.create_table(
        "mentor_report",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("pairing_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name="fk_mentor_report_member_id"
        ),
        sa.ForeignKeyConstraint(
            ["pairing_id"],
            ["pairing.id"],
            name="fk_mentor_report_pairing_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_mentor_report"),
    )
    op.create_index("ix_mentor_report_member_id", "mentor_report", ["member_id"])
    op.create_index(
        "ix_mentor_report_open",
        "mentor_report",
        ["id"],
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_index("ix_mentor_report_pairing_id", "mentor_report", ["pairing_id"])
    op.create_table(
        "mentor_session",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("pairing_id", sa.BigInteger(), nullable=False),
        sa.Column("proposed_by", sa.BigInteger(), nullable=False),
        sa.Column("times", sa.JSON(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True)),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint(
            "state IN ('proposed', 'agreed', 'held', 'missed', 'cancelled', 'lapsed')",
            name=op.f("ck_mentor_session_state"),
        ),
        sa.ForeignKeyConstraint(
            ["pairing_id"],
            ["pairing.id"],
            name="fk_mentor_session_pairing_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["member.id"], name="fk_mentor_session_proposed_by"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_mentor_session"),
    )
    op.create_index(
        "ix_mentor_session_open",
        "mentor_session",
        ["id"],
        postgresql_where=sa.text("state IN ('agreed', 'proposed')"),
    )
    op.create_index("ix_mentor_session_pairing_id", "mentor_session", ["pairing_id"])
    op.create_index("ix_mentor_session_proposed_by", "mentor_session", ["proposed_by"])
    op.create_table(
        "pairing_feedback",
        sa.Column("pairing_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rating", sa.SmallInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "rating BETWEEN 1 AND 5", name=op.f("ck_pairing_feedback_rating")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name="fk_pairing_feedback_member_id"
        ),
        sa.ForeignKeyConstraint(
            ["pairing_id"],
            ["pairing.id"],
            name="fk_pairing_feedback_pairing_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("pairing_id", "member_id", name="pk_pairing_feedback"),
    )
    op.create_index("ix_pairing_feedback_member_id", "pairing_feedback", ["member_id"])
    op.create_table(
        "pairing_step",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("pairing_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("by_id", sa.BigInteger()),
        sa.CheckConstraint(
            "event IN ('mentor_accepted', 'mentee_accepted', 'declined', "
            "'ran_out', 'withdrawn', 'opened', 'fell_silent', 'resumed', 'ended')",
            name=op.f("ck_pairing_step_event"),
        ),
        sa.CheckConstraint(
            "state IN ('offered', 'mentor_said_yes', 'mentee_said_yes', "
            "'accepted', 'active', 'stalled', 'ended', 'declined', 'ran_out', "
            "'withdrawn')",
            name=op.f("ck_pairing_step_state"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name="fk_pairing_step_by_id"),
        sa.ForeignKeyConstraint(
            ["pairing_id"],
            ["pairing.id"],
            name="fk_pairing_step_pairing_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_pairing_step"),
    )
    op.create_index("ix_pairing_step_by_id", "pairing_step", ["by_id"])
    op.create_index("ix_pairing_step_pairing_id", "pairing_step", ["pairing_id"])
    op.create_table(
        "session_reminder",
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name="fk_session_reminder_member_id"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["mentor_session.id"],
            name="fk_session_reminder_session_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", "member_id", name="pk_session_reminder"),
    )
    op.create_index("ix_session_reminder_member_id", "session_reminder", ["member_id"])
