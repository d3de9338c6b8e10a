"""The language that a workshop speaks, and one that a link may speak."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("workshop", sa.Column("language", sa.String(12), server_default="en", nullable=False))
    op.add_column("link", sa.Column("language", sa.String(12)))


def downgrade() -> None:
    op.drop_column("link", "language")
    op.drop_column("workshop", "language")
