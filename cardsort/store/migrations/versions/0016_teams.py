"""Teams in IT beside the kinds of customers: a segment belongs to a group.

The table is made anew, as its key and its rules change.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

CUSTOMERS = "kind in ('internal', 'business', 'paying')"
EITHER = (
    f"\"group\" = 'customers' and {CUSTOMERS} "
    "or \"group\" = 'it' and kind in ('infrastructure', 'applications', 'service_desk')"
)


def upgrade() -> None:
    group = sa.Column("group", sa.String(10), nullable=False, server_default="customers")
    known = sa.CheckConstraint("\"group\" in ('it', 'customers')", name="segment_group_known")
    _remake(14, EITHER, "group", columns=(group, known))


def downgrade() -> None:
    op.execute("DELETE FROM segment WHERE \"group\" = 'it'")
    op.execute("UPDATE ballot SET segment = NULL WHERE \"group\" = 'it'")
    _remake(10, CUSTOMERS)


def _remake(length: int, kinds: str, *key: str, columns: tuple[sa.schema.SchemaItem, ...] = ()) -> None:
    """The table with what it held; `key` stands in its key and its names too."""
    op.execute(
        "CREATE TABLE segment_before AS SELECT workshop_id, number, name, kind, expected, counts_with FROM segment"
    )
    op.drop_table("segment")
    op.create_table(
        "segment",
        sa.Column("workshop_id", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length), nullable=True),
        sa.Column("expected", sa.Integer(), nullable=True),
        sa.Column("counts_with", sa.Integer(), nullable=True),
        *columns,
        sa.CheckConstraint(kinds, name="segment_kind_known"),
        sa.CheckConstraint("expected >= 1", name="segment_expects_somebody"),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name="fk_segment_workshop", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workshop_id", *key, "number", name="pk_segment"),
        sa.UniqueConstraint("workshop_id", *key, "name", name="one_segment_per_name"),
    )
    op.execute(
        "INSERT INTO segment (workshop_id, number, name, kind, expected, counts_with) "
        "SELECT workshop_id, number, name, kind, expected, counts_with FROM segment_before"
    )
    op.drop_table("segment_before")
