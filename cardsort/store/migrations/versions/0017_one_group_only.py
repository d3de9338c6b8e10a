"""A round in which one group alone takes part. Until now both did."""

from alembic import op

revision = "0017"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(  # with its rule in the column itself, which both databases add without writing a row
        "ALTER TABLE round ADD COLUMN alone VARCHAR(10) "
        "CONSTRAINT round_alone_known CHECK (alone in ('it', 'customers'))"
    )


def downgrade() -> None:
    op.drop_column("round", "alone")
