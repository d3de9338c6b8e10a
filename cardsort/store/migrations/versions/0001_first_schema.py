"""The first schema: workshops, rounds, locks, segments, links, respondents, drafts and ballots."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "workshop",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("question_it", sa.Text(), nullable=False),
        sa.Column("question_customers", sa.Text(), nullable=False),
        sa.Column("picks", sa.Integer(), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("census", sa.Boolean(), nullable=False),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("deck", sa.JSON(), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("delete_on", sa.Date(), nullable=False),
        sa.CheckConstraint("picks >= 3", name="picks_at_least_three"),
        sa.CheckConstraint("threshold >= 3", name="threshold_at_least_three"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop")),
    )
    op.create_table(
        "link",
        sa.Column("workshop_id", sa.String(length=16), nullable=False),
        sa.Column("purpose", sa.String(length=12), nullable=False),
        sa.Column("segment", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("nonce", sa.LargeBinary(length=16), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=True),
        sa.CheckConstraint("purpose in ('facilitator', 'it', 'customers')", name="link_purpose_known"),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_link_workshop"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workshop_id", "purpose", "segment", name=op.f("pk_link")),
        sa.UniqueConstraint("code_hash", name="one_link_per_join_code"),
        sa.UniqueConstraint("token_hash", name="one_link_per_token"),
    )
    op.create_table(
        "respondent",
        sa.Column("workshop_id", sa.String(length=16), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_respondent_workshop"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name=op.f("pk_respondent")),
        sa.UniqueConstraint("workshop_id", "key_hash", name="one_respondent_per_key"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "round",
        sa.Column("workshop_id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("expected_it", sa.Integer(), nullable=True),
        sa.Column("expected_customers", sa.Integer(), nullable=True),
        sa.Column("revealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("number >= 1", name="round_number_from_one"),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_round_workshop"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workshop_id", "number", name=op.f("pk_round")),
    )
    op.create_table(
        "segment",
        sa.Column("workshop_id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=True),
        sa.CheckConstraint("kind in ('internal', 'business', 'paying')", name="segment_kind_known"),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_segment_workshop"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workshop_id", "number", name=op.f("pk_segment")),
        sa.UniqueConstraint("workshop_id", "name", name="one_segment_per_name"),
    )
    op.create_table(
        "ballot",
        sa.Column("workshop_id", sa.String(length=16), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("round_number", sa.Integer(), nullable=False),
        sa.Column("respondent_id", sa.String(length=16), nullable=False),
        sa.Column("group", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("segment", sa.Integer(), nullable=True),
        sa.Column("ranking", sa.LargeBinary(length=120), nullable=False),
        sa.Column("piles", sa.LargeBinary(length=120), nullable=False),
        sa.Column("basis", sa.String(length=3), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("moment", sa.String(length=10), nullable=True),
        sa.CheckConstraint("kind in ('own', 'prediction')", name="ballot_kind_known"),
        sa.CheckConstraint("moment in ('calm', 'busy', 'outage')", name="ballot_moment_known"),
        sa.CheckConstraint("\"group\" in ('it', 'customers')", name="ballot_group_known"),
        sa.CheckConstraint("length(ranking) <= 120", name="ballot_ranks_a_deck_at_most"),
        sa.CheckConstraint("length(ranking) >= 3", name="ballot_ranks_at_least_three"),
        sa.ForeignKeyConstraint(
            ["workshop_id", "respondent_id"],
            ["respondent.workshop_id", "respondent.id"],
            name=op.f("fk_ballot_respondent"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id", "round_number"],
            ["round.workshop_id", "round.number"],
            name=op.f("fk_ballot_round"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "id", name=op.f("pk_ballot")),
        sa.UniqueConstraint(
            "workshop_id", "round_number", "respondent_id", "kind", "group", name="one_ballot_per_respondent_kind_round"
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "draft",
        sa.Column("workshop_id", sa.String(length=16), nullable=False),
        sa.Column("round_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("respondent_id", sa.String(length=16), nullable=False),
        sa.Column("group", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id", "respondent_id"],
            ["respondent.workshop_id", "respondent.id"],
            name=op.f("fk_draft_respondent"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id", "round_number"],
            ["round.workshop_id", "round.number"],
            name=op.f("fk_draft_round"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "round_number", "respondent_id", "group", "kind", name=op.f("pk_draft")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "lock",
        sa.Column("workshop_id", sa.String(length=16), nullable=False),
        sa.Column("round_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("group", sa.String(length=10), nullable=False),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("\"group\" in ('it', 'customers')", name="lock_group_known"),
        sa.ForeignKeyConstraint(
            ["workshop_id", "round_number"],
            ["round.workshop_id", "round.number"],
            name=op.f("fk_lock_round"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "round_number", "group", "locked_at", name=op.f("pk_lock")),
    )
    op.create_index(
        "one_open_lock_per_group",
        "lock",
        ["workshop_id", "round_number", "group"],
        unique=True,
        sqlite_where=sa.text("reopened_at IS NULL"),
        postgresql_where=sa.text("reopened_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index(
        "one_open_lock_per_group",
        table_name="lock",
        sqlite_where=sa.text("reopened_at IS NULL"),
        postgresql_where=sa.text("reopened_at IS NULL"),
    )
    op.drop_table("lock")
    op.drop_table("draft")
    op.drop_table("ballot")
    op.drop_table("segment")
    op.drop_table("round")
    op.drop_table("respondent")
    op.drop_table("link")
    op.drop_table("workshop")
