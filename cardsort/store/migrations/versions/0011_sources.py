"""Where ballots came from, and from which archive a workshop. Of ballots that are here already nobody knows it."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(  # with its rule in the column itself, which both databases add without writing a row
        "ALTER TABLE ballot ADD COLUMN source VARCHAR(10) "
        "CONSTRAINT ballot_source_known CHECK (source in ('sent', 'typed', 'imported'))"
    )
    op.add_column("round", sa.Column("sources", sa.JSON(), nullable=True))
    op.add_column("workshop", sa.Column("restored", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("workshop", sa.Column("archived_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("workshop", "archived_on")
    op.drop_column("workshop", "restored")
    op.drop_column("round", "sources")
    op.drop_column("ballot", "source")
