"""How many of the customers' cards somebody in IT expects the group's list to name."""

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


def downgrade() -> None:
    op.drop_column("ballot", "expected_hits")
