"""Dailies: why they were chosen, when they come, their posts; the bot's outages."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("left", "total", "waiting"):
        op.add_column(
            "daily",
            sa.Column(name, sa.Integer(), nullable=False, server_default="0"),
        )
    op.add_column("daily", sa.Column("weak_skill", sa.Text()))
    for name in ("shares", "reminded"):
        op.add_column(
            "person",
            sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()),
        )
    op.create_index(
        "ix_submission_daily",
        "submission",
        ["challenge_id", "submitted_at"],
        postgresql_where=sa.text("is_daily AND verdict = 'accepted'"),
    )
    op.add_column("entry", sa.Column("key", sa.Text()))
    op.create_unique_constraint(
        "uq_entry_community_id_key", "entry", ["community_id", "key"]
    )
    _daily_setting()
    _daily_post()
    _outage()


def _daily_setting() -> None:
    op.create_table(
        "daily_setting",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("since", sa.Date()),
        sa.Column("channel", sa.Text()),
        sa.Column("time_zone", sa.Text()),
        sa.Column("hour", sa.SmallInteger(), nullable=False),
        sa.Column("weekdays", sa.JSON(), nullable=False),
        sa.Column("phases", sa.JSON(), nullable=False),
        sa.Column("mentions", sa.JSON(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("paused_until", sa.Date()),
        sa.CheckConstraint("hour BETWEEN 4 AND 23", name=op.f("ck_daily_setting_hour")),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name="fk_daily_setting_community_id"
        ),
        sa.PrimaryKeyConstraint("community_id", name="pk_daily_setting"),
    )


def _daily_post() -> None:
    op.create_table(
        "daily_post",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("phase", sa.SmallInteger(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True)),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("retry_at", sa.DateTime(timezone=True)),
        sa.Column("channel", sa.Text()),
        sa.Column("message", sa.Text()),
        sa.Column("thread", sa.Text()),
        sa.Column("posted_at", sa.DateTime(timezone=True)),
        sa.Column("trouble", sa.Text()),
        sa.CheckConstraint(
            "state IN ('chosen', 'posting', 'waiting', 'posted', 'skipped')",
            name=op.f("ck_daily_post_state"),
        ),
        sa.CheckConstraint(
            "trouble IN ('down', 'unavailable', 'refused')",
            name=op.f("ck_daily_post_trouble"),
        ),
        sa.CheckConstraint("phase BETWEEN 1 AND 7", name=op.f("ck_daily_post_phase")),
        sa.CheckConstraint(
            "state <> 'posted' OR (message IS NOT NULL AND posted_at IS NOT NULL)",
            name=op.f("ck_daily_post_posted_is_somewhere"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name="fk_daily_post_community_id"
        ),
        sa.PrimaryKeyConstraint("community_id", "phase", "on", name="pk_daily_post"),
    )
    op.create_index(
        "ix_daily_post_open",
        "daily_post",
        ["community_id", "on"],
        postgresql_where=sa.text("state IN ('chosen', 'posting', 'waiting')"),
    )


def _outage() -> None:
    op.create_table(
        "heartbeat",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_heartbeat_alone")),
        sa.PrimaryKeyConstraint("id", name="pk_heartbeat"),
    )
    op.create_table(
        "outage",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("community_id", sa.Integer()),
        sa.Column("phase", sa.SmallInteger()),
        sa.Column("settled_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name="fk_outage_community_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_outage"),
    )
    op.create_index("ix_outage_community_id", "outage", ["community_id"])
    op.create_index(
        "ix_outage_open",
        "outage",
        ["id"],
        postgresql_where=sa.text("settled_at IS NULL"),
    )
