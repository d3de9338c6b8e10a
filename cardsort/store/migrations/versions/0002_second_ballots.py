"""Second ballots, IT's words about whom it works for, and going on with a ballot on another device."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TEXTS = (("workshop", "question_it_own"), ("workshop", "question_customers_prediction"), ("ballot", "serves"))


def upgrade() -> None:
    for table, name in TEXTS:
        op.add_column(table, sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "handover",
        sa.Column("workshop_id", sa.String(length=16), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("purpose", sa.String(length=12), nullable=False),
        sa.Column("segment", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(length=32), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_handover_workshop"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workshop_id", "code_hash", name=op.f("pk_handover")),
        sa.UniqueConstraint("code_hash", name="one_handover_per_code"),
    )


def downgrade() -> None:
    op.drop_table("handover")
    for table, name in TEXTS:
        op.drop_column(table, name)
