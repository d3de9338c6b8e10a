"""What wins people for taking part, the people expected of each kind of customer, the edition of what is asked."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

APPEAL = ("asked_by", "last_round", "hear_by", "honest")


def upgrade() -> None:
    for name in APPEAL:
        op.add_column("workshop", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column("round", sa.Column("edition", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("segment") as segment:
        segment.add_column(sa.Column("expected", sa.Integer(), nullable=True))
        segment.create_check_constraint("segment_expects_somebody", "expected >= 1")


def downgrade() -> None:
    with op.batch_alter_table("segment") as segment:
        segment.drop_constraint("segment_expects_somebody", type_="check")
        segment.drop_column("expected")
    op.drop_column("round", "edition")
    for name in APPEAL:
        op.drop_column("workshop", name)
