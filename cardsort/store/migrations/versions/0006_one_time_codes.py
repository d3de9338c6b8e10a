"""One-time codes: each lets one customer send one ballot of a round; no row says whose it was, or when."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "one_time_code",
        sa.Column("workshop_id", sa.String(length=16), nullable=False),
        sa.Column("round_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("nonce", sa.LargeBinary(length=16), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id", "round_number"],
            ["round.workshop_id", "round.number"],
            name=op.f("fk_one_time_code_round"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "round_number", "code_hash", name=op.f("pk_one_time_code")),
        sa.UniqueConstraint("code_hash", name="no_one_time_code_twice"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("one_time_code")
