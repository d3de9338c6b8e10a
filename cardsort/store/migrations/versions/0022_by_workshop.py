"""Every key that is unique holds the workshop's key, and links stand by themselves, so that every table but theirs can
be divided among machines by the workshop. The tables are made anew: SQLite changes no rule in place.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _remake("link", _link())
    _remake("handover", _handover())
    _remake("one_time_code", _code(), sqlite_with_rowid=False)
    op.create_index("ix_handover_code_hash", "handover", ["code_hash"])
    op.create_index("ix_one_time_code_code_hash", "one_time_code", ["code_hash"])


def downgrade() -> None:
    op.drop_index("ix_one_time_code_code_hash", "one_time_code")
    op.drop_index("ix_handover_code_hash", "handover")
    belongs = sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name="fk_link_workshop", ondelete="CASCADE")
    _remake("link", (*_link(), belongs))
    _remake("handover", (*_handover(), sa.UniqueConstraint("code_hash", name="one_handover_per_code")))
    once = sa.UniqueConstraint("code_hash", name="no_one_time_code_twice")
    _remake("one_time_code", (*_code(), once), sqlite_with_rowid=False)


def _remake(name: str, parts: tuple[sa.schema.SchemaItem, ...], **options: bool) -> None:
    """The table with what it held."""
    columns = ", ".join(part.name for part in parts if isinstance(part, sa.Column))
    op.execute(f"CREATE TABLE {name}_before AS SELECT {columns} FROM {name}")  # noqa: S608  names of our own
    op.drop_table(name)
    op.create_table(name, *parts, **options)
    op.execute(f"INSERT INTO {name} ({columns}) SELECT {columns} FROM {name}_before")  # noqa: S608
    op.drop_table(f"{name}_before")


def _link() -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("workshop_id", sa.String(16), nullable=False),
        sa.Column("purpose", sa.String(12), nullable=False),
        sa.Column("segment", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("nonce", sa.LargeBinary(16), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(32), nullable=True),
        sa.Column("language", sa.String(12), nullable=True),
        sa.CheckConstraint("purpose in ('facilitator', 'it', 'customers')", name="link_purpose_known"),
        sa.PrimaryKeyConstraint("workshop_id", "purpose", "segment", name="pk_link"),
        sa.UniqueConstraint("token_hash", name="one_link_per_token"),
        sa.UniqueConstraint("code_hash", name="one_link_per_join_code"),
    )


def _handover() -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("workshop_id", sa.String(16), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("purpose", sa.String(12), nullable=False),
        sa.Column("segment", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(32), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name="fk_handover_workshop", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workshop_id", "code_hash", name="pk_handover"),
    )


def _code() -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("workshop_id", sa.String(16), nullable=False),
        sa.Column("round_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("nonce", sa.LargeBinary(16), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False, server_default="1"),
        sa.ForeignKeyConstraint(
            ["workshop_id", "round_number"],
            ["round.workshop_id", "round.number"],
            name="fk_one_time_code_round",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workshop_id", "round_number", "code_hash", name="pk_one_time_code"),
    )
