"""When a group closes by itself."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("round", sa.Column("closes_it", sa.DateTime(timezone=True), nullable=True))
    op.add_column("round", sa.Column("closes_customers", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("round", "closes_customers")
    op.drop_column("round", "closes_it")
