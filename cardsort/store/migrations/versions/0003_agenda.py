"""The agenda: what becomes of a card after the reveal, and since when customers can read the answer."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("round", sa.Column("published_on", sa.Date(), nullable=True))
    op.create_table(
        "agenda_item",
        sa.Column("workshop_id", sa.String(length=16), nullable=False),
        sa.Column("round_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=True),
        sa.Column("cost", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("alternative", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("quick_win", sa.Boolean(), nullable=False),
        sa.Column("worth_paying", sa.String(length=10), nullable=True),
        sa.Column("behaviour", sa.Text(), nullable=False),
        sa.Column("from_whom", sa.JSON(), nullable=False),
        sa.Column("public_owner", sa.Text(), nullable=False),
        sa.Column("progress", sa.String(length=10), nullable=False),
        sa.Column("progress_on", sa.Date(), nullable=True),
        sa.CheckConstraint("decision in ('do', 'later', 'no')", name="agenda_decision_known"),
        sa.CheckConstraint("worth_paying in ('yes', 'no', 'unsure')", name="agenda_worth_known"),
        sa.CheckConstraint("progress in ('open', 'under_way', 'done')", name="agenda_progress_known"),
        sa.CheckConstraint("(progress = 'open') = (progress_on IS NULL)", name="agenda_progress_has_its_day"),
        sa.CheckConstraint(
            "length(cost) <= 280 and length(action) <= 280 and length(reason) <= 280 and length(alternative) <= 280 "
            "and length(behaviour) <= 280 and length(owner) <= 80 and length(public_owner) <= 80",
            name="agenda_texts_short",
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id", "round_number"],
            ["round.workshop_id", "round.number"],
            name=op.f("fk_agenda_item_round"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "round_number", "code", name=op.f("pk_agenda_item")),
    )


def downgrade() -> None:
    op.drop_table("agenda_item")
    op.drop_column("round", "published_on")
