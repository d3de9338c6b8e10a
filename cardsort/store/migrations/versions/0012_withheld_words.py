"""Which words of a round are withheld: a mark that follows from their letters, and names no ballot."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "withheld_words",
        sa.Column("workshop_id", sa.String(16), nullable=False),
        sa.Column("round_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mark", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("workshop_id", "round_number", "mark", name="pk_withheld_words"),
        sa.ForeignKeyConstraint(
            ["workshop_id", "round_number"],
            ["round.workshop_id", "round.number"],
            name="fk_withheld_words_round",
            ondelete="CASCADE",
        ),
    )


def downgrade() -> None:
    op.drop_table("withheld_words")
