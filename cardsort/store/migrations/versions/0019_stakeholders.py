"""Whom a card on the agenda touches, and whether we would accept it from our own supplier."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("agenda_item") as item:
        item.add_column(sa.Column("acceptable", sa.String(length=10), nullable=True))
        item.add_column(sa.Column("stakeholder", sa.Text(), nullable=False, server_default=""))
        item.create_check_constraint("agenda_acceptable_known", "acceptable in ('yes', 'no', 'unsure')")
        item.create_check_constraint("agenda_stakeholder_short", "length(stakeholder) <= 80")


def downgrade() -> None:
    with op.batch_alter_table("agenda_item") as item:
        item.drop_constraint("agenda_stakeholder_short", type_="check")
        item.drop_constraint("agenda_acceptable_known", type_="check")
        item.drop_column("stakeholder")
        item.drop_column("acceptable")
