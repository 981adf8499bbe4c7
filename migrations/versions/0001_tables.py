"""The tables of 0.1."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(sa.schema.CreateSequence(sa.Sequence("entry_revision")))
    _community()
    _person()
    _account()
    _member()
    _submission()
    _event()
    _daily()
    _board_total()
    _entry()


def _community() -> None:
    op.create_table(
        "community",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), server_default="en", nullable=False),
        sa.Column("time_zone", sa.Text(), server_default="UTC", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_community"),
        sa.UniqueConstraint(
            "platform", "external_id", name="uq_community_platform_external_id"
        ),
    )


def _person() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("language", sa.Text()),
        sa.Column("time_zone", sa.Text()),
        sa.Column(
            "day_start_hour", sa.SmallInteger(), server_default="4", nullable=False
        ),
        sa.Column("hidden", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "day_start_hour BETWEEN 0 AND 23", name=op.f("ck_person_day_start_hour")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
    )


def _account() -> None:
    op.create_table(
        "account",
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.Text()),
        sa.Column("time_zone", sa.Text()),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_account_person_id"
        ),
        sa.PrimaryKeyConstraint("platform", "external_id", name="pk_account"),
    )
    op.create_index("ix_account_person_id", "account", ["person_id"])


def _member() -> None:
    op.create_table(
        "member",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("platform_name", sa.Text(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("phase", sa.SmallInteger(), server_default="1", nullable=False),
        sa.Column("focus", sa.Text()),
        sa.CheckConstraint("phase BETWEEN 1 AND 7", name=op.f("ck_member_phase")),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name="fk_member_community_id"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_member_person_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_member"),
        sa.UniqueConstraint(
            "community_id", "person_id", name="uq_member_community_id_person_id"
        ),
    )
    op.create_index("ix_member_person_id", "member", ["person_id"])


def _submission() -> None:
    op.create_table(
        "submission",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("challenge_id", sa.Text(), nullable=False),
        sa.Column("challenge_digest", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("place", sa.JSON(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("local_on", sa.Date(), nullable=False),
        sa.Column("is_daily", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Integer()),
        sa.Column("verdict", sa.Text()),
        sa.Column("grade", sa.JSON()),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True)),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint(
            "state <> 'judged' OR verdict IS NOT NULL",
            name=op.f("ck_submission_judged_has_verdict"),
        ),
        sa.CheckConstraint(
            "state IN ('queued', 'judging', 'judged', 'awaiting_review')",
            name=op.f("ck_submission_state"),
        ),
        sa.CheckConstraint(
            "verdict IN ('accepted', 'partial', 'wrong_answer', 'runtime_error',"
            " 'time_limit', 'memory_limit', 'output_limit', 'compile_error',"
            " 'security_violation', 'judge_error')",
            name=op.f("ck_submission_verdict"),
        ),
        sa.CheckConstraint("attempt > 0", name=op.f("ck_submission_attempt")),
        sa.CheckConstraint("points >= 0", name=op.f("ck_submission_points")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name="fk_submission_member_id"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_submission_person_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_submission"),
    )
    op.create_index("ix_submission_member_id", "submission", ["member_id"])
    op.create_index(
        "ix_submission_person_id_challenge_id_submitted_at",
        "submission",
        ["person_id", "challenge_id", "submitted_at"],
    )
    op.create_index(
        "ix_submission_person_id_submitted_at",
        "submission",
        ["person_id", "submitted_at"],
    )


def _event() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("local_on", sa.Date(), nullable=False),
        sa.Column("challenge_id", sa.Text()),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('joined', 'hint_taken', 'solution_opened', 'solved',"
            " 'day_excused')",
            name=op.f("ck_event_kind"),
        ),
        sa.CheckConstraint("points >= 0", name=op.f("ck_event_points")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name="fk_event_member_id"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_event_person_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
        sa.UniqueConstraint("key", name="uq_event_key"),
    )
    op.create_index("ix_event_member_id", "event", ["member_id"])
    op.create_index("ix_event_person_id_id", "event", ["person_id", "id"])


def _daily() -> None:
    op.create_table(
        "daily",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("phase", sa.SmallInteger(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("challenge_id", sa.Text(), nullable=False),
        sa.CheckConstraint("phase BETWEEN 1 AND 7", name=op.f("ck_daily_phase")),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name="fk_daily_community_id"
        ),
        sa.PrimaryKeyConstraint("community_id", "phase", "on", name="pk_daily"),
    )


def _board_total() -> None:
    op.create_table(
        "board_total",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("phase", sa.SmallInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("solved", sa.Integer(), nullable=False),
        sa.Column("reached_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "period IN ('week', 'month', 'all_time')",
            name=op.f("ck_board_total_period"),
        ),
        sa.CheckConstraint("phase BETWEEN 0 AND 7", name=op.f("ck_board_total_phase")),
        sa.CheckConstraint("points >= 0", name=op.f("ck_board_total_points")),
        sa.CheckConstraint("solved >= 0", name=op.f("ck_board_total_solved")),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name="fk_board_total_community_id"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name="fk_board_total_member_id"
        ),
        sa.PrimaryKeyConstraint(
            "community_id",
            "period",
            "starts_on",
            "phase",
            "member_id",
            name="pk_board_total",
        ),
    )
    op.create_index("ix_board_total_member_id", "board_total", ["member_id"])
    op.create_index(
        "ix_board_total_top",
        "board_total",
        [
            "community_id",
            "period",
            "starts_on",
            "phase",
            sa.text("points DESC"),
            "reached_at",
            "member_id",
        ],
        postgresql_where=sa.text("NOT hidden AND points > 0"),
    )


def _entry() -> None:
    op.create_table(
        "entry",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.BigInteger()),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name="fk_entry_community_id"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name="fk_entry_member_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_entry"),
        sa.UniqueConstraint("revision", name="uq_entry_revision"),
    )
    op.create_index(
        "ix_entry_community_id_member_id_revision",
        "entry",
        ["community_id", "member_id", "revision"],
    )
    op.create_index("ix_entry_member_id", "entry", ["member_id"])
