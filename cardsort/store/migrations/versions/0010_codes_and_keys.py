"""Which one-time codes were made together, as they are printed again; keys that ended when a ballot was handed over."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("one_time_code", sa.Column("batch", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("respondent", sa.Column("ended", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("respondent", "ended")
    op.drop_column("one_time_code", "batch")
