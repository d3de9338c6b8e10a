"""Ballots that were taken out again, by sender or facilitator: that they were here, and nothing that they said."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "removed_ballot",
        sa.Column("workshop_id", sa.String(16), nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("round_number", sa.Integer(), nullable=False),
        sa.Column("respondent_id", sa.String(16), nullable=False),
        sa.Column("group", sa.String(10), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("discarded", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("workshop_id", "id", name="pk_removed_ballot"),
        sa.ForeignKeyConstraint(
            ["workshop_id", "respondent_id"],
            ["respondent.workshop_id", "respondent.id"],
            name="fk_removed_ballot_respondent",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id", "round_number"],
            ["round.workshop_id", "round.number"],
            name="fk_removed_ballot_round",
            ondelete="CASCADE",
        ),
        sa.CheckConstraint("length(reason) <= 280", name="removal_reason_short"),
        sqlite_with_rowid=False,
    )
    op.add_column("respondent", sa.Column("removed", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("respondent", "removed")
    op.drop_table("removed_ballot")
