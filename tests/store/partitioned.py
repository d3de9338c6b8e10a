"""A PostgreSQL database whose tables are divided by the workshop, as Citus would among machines: the same rule holds,
that every unique key has the workshop's, and every foreign key too. Links and the server's row stay whole.
"""

import pytest
from sqlalchemy import text

from cardsort.store.models import Base

WHOLE = {"link", "server"}
PARTS = 4
UNDIVIDED = pytest.mark.parametrize("any_app", ["sqlite", "postgres"], indirect=True)  # what goes down a schema


def divide(connection):
    """Make every other table anew in four parts, with all that it had."""
    tables = [table for table in Base.metadata.sorted_tables if table.name not in WHOLE]
    keys = {table.name: _foreign_keys(connection, table.name) for table in tables}
    for table in reversed(tables):
        connection.execute(text(f'ALTER TABLE "{table.name}" RENAME TO "{table.name}_whole"'))
    for table in tables:
        owner = "id" if table.name == "workshop" else "workshop_id"
        connection.execute(
            text(f'CREATE TABLE "{table.name}" (LIKE "{table.name}_whole" INCLUDING ALL) PARTITION BY HASH ({owner})')
        )
        for part in range(PARTS):
            connection.execute(
                text(
                    f'CREATE TABLE "{table.name}_{part}" PARTITION OF "{table.name}" '
                    f"FOR VALUES WITH (MODULUS {PARTS}, REMAINDER {part})"
                )
            )
        connection.execute(text(f'INSERT INTO "{table.name}" SELECT * FROM "{table.name}_whole"'))
    for table in reversed(tables):
        connection.execute(text(f'DROP TABLE "{table.name}_whole" CASCADE'))
    for name, rules in keys.items():
        for rule, definition in rules:
            connection.execute(text(f'ALTER TABLE "{name}" ADD CONSTRAINT "{rule}" {definition}'))


def _foreign_keys(connection, name):
    return connection.execute(
        text(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE contype = 'f' AND conrelid = CAST(:name AS regclass)"
        ),
        {"name": f'"{name}"'},
    ).all()
