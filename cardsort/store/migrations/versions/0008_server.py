"""What the machines that share a database must agree on: the last day that one of them saw, and their secret."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    server = op.create_table(
        "server",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day_seen", sa.Date(), nullable=True),
        sa.Column("secret_mark", sa.LargeBinary(length=32), nullable=True),
        sa.CheckConstraint("number = 1", name="one_server_row"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_server")),
    )
    op.bulk_insert(server, [{"number": 1}])


def downgrade() -> None:
    op.drop_table("server")
