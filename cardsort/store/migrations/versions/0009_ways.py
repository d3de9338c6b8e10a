"""Which way through the cards is offered first to whom; the honest sentence in IT's own wording.

Until now both sides read one wording, so that is what IT's begins with.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

COLUMNS = ("honest_it", "first_way_it", "first_way_customers")


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column("workshop", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.execute("UPDATE workshop SET honest_it = honest")


def downgrade() -> None:
    for name in COLUMNS:
        op.drop_column("workshop", name)
