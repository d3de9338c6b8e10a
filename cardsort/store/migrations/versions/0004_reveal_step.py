"""The slide that the reveal has reached: every device shows the same one, after a reload too."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(  # in words, as Alembic can add no constraint on SQLite without copying the table
        "ALTER TABLE round ADD COLUMN reveal_step INTEGER DEFAULT 0 NOT NULL "
        "CONSTRAINT reveal_step_from_zero CHECK (reveal_step >= 0)"
    )


def downgrade() -> None:
    op.drop_column("round", "reveal_step")
