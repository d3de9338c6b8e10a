"""Kinds of customers that are told together with another."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("segment", sa.Column("counts_with", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("segment", "counts_with")
