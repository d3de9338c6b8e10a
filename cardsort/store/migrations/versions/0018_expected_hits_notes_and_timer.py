"""How many of the customers' cards somebody in IT expects to be named; the presenter's notes and timer."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "ALTER TABLE ballot ADD COLUMN expected_hits INTEGER "
        "CONSTRAINT ballot_expects_some_of_ten CHECK (expected_hits between 0 and 10)"
    )
    op.add_column("round", sa.Column("timer_ends_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "slide_note",
        sa.Column("workshop_id", sa.String(16), nullable=False),
        sa.Column("slide", sa.String(24), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint("length(words) <= 1000", name="slide_note_short"),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name="fk_slide_note_workshop", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workshop_id", "slide", name="pk_slide_note"),
    )


def downgrade() -> None:
    op.drop_table("slide_note")
    op.drop_column("round", "timer_ends_at")
    op.drop_column("ballot", "expected_hits")
