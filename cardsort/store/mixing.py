"""After a lock nothing on disk tells in which order people voted, or which code came with which ballot.

Ids and hashes are random, so rows in the order of their keys are shuffled. But both databases keep them as they came:
SQLite within its pages and in its log; PostgreSQL in its files (`ctid`), with the transaction that stored a ballot and
used its code up (`xmin`). So after each lock everything is written anew. `lock.mixed` minds that it was done: where
the server is killed in between, or the disk is full, tidying does it again.
"""

import sqlite3
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, exists, select, text, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from cardsort.domain.errors import NotFound
from cardsort.store.engine import (
    DatabaseBusy,
    forget_deleted,
    reading,
    whole_file,
    writes_alone,
    writing,
    writing_votes,
)
from cardsort.store.models import (
    BallotRow,
    DraftRow,
    LockRow,
    OneTimeCodeRow,
    RemovedBallotRow,
    RespondentRow,
    WorkshopRow,
    table_of,
)
from cardsort.store.workshops import hold_round

LOCK, BALLOT, WORKSHOP = table_of(LockRow), table_of(BallotRow), table_of(WorkshopRow)
KEY = tuple(LOCK.primary_key)
TABLES = tuple(map(table_of, (RespondentRow, DraftRow, BallotRow, RemovedBallotRow, OneTimeCodeRow)))
TRIES = 25  # to empty SQLite's log, each a fifth of a second, while somebody reads
_FILES = text(  # what PostgreSQL keeps a table in, one or its parts, each with its key
    "SELECT indrelid::regclass::text, indexrelid::regclass::text FROM pg_index "
    "JOIN pg_class ON pg_class.oid = indrelid LEFT JOIN pg_inherits ON inhrelid = indrelid "
    "WHERE indisprimary AND relkind = 'r' AND CAST(:name AS regclass) IN (indrelid, inhparent) ORDER BY 1"
)
PATIENCE = "2s"  # for readers of a whole table, such as pg_dump: whoever comes later waits behind this


class NotMixed(Exception):
    """The disk still tells an order of votes: it was full, or somebody read for too long. Tidying tries again."""


def workshops_to_mix(session: Session) -> list[str]:
    """The workshops with a lock after which this has not been done yet."""
    return list(session.scalars(select(LOCK.c.workshop_id).where(_due(LOCK.c.workshop_id)).distinct()))


def mix(workshop_ids: Sequence[str]) -> None:
    """Write what people have stored in these workshops so that it tells no order, as far as a lock asks for it.

    All in transactions of its own, as a file or table as a whole can only be written so; else NotMixed. Nobody of
    another workshop is refused meanwhile: on SQLite they wait longer than usual, on PostgreSQL while tables are sorted.
    """
    try:
        with reading() as session:
            due = [lock for one in workshop_ids for lock in session.execute(select(*KEY).where(_due(one)))]
        if due:
            _write_anew({lock.workshop_id for lock in due})
            _mark(due)
    except (DatabaseBusy, SQLAlchemyError, sqlite3.Error) as error:
        raise NotMixed from error


def _due(workshop_id: Any) -> ColumnElement[bool]:
    """The locks not minded yet of a workshop in which people have voted; nobody votes in an example."""
    return and_(
        LOCK.c.workshop_id == workshop_id,
        ~LOCK.c.mixed,
        exists().where(BALLOT.c.workshop_id == workshop_id),
        exists().where(WORKSHOP.c.id == workshop_id, ~WORKSHOP.c.example),
    )


def _mark(locks: Sequence[Row[Any]]) -> None:
    with writing() as session:
        for lock in locks:
            this = (column == value for column, value in zip(KEY, lock, strict=True))
            session.execute(update(LOCK).where(*this).values(mixed=True))


def _write_anew(workshop_ids: set[str]) -> None:
    if writes_alone():
        with whole_file() as cursor:
            cursor.execute("VACUUM")
        if not any(forget_deleted() for _ in range(TRIES)):
            raise NotMixed
        return
    for workshop_id in sorted(workshop_ids):
        with writing_votes() as connection:
            _renew_rows(connection, workshop_id)
    with reading() as session:
        files = [file for table in TABLES for file in session.execute(_FILES, {"name": table.name})]
    for table, key in files:
        with writing_votes() as connection:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}'")
            connection.exec_driver_sql(f"CLUSTER {table} USING {key}")


def _renew_rows(connection: Connection, workshop_id: str) -> None:
    """Make this one transaction the one that stored every row of the workshop's people; their values stay."""
    try:
        hold_round(connection, workshop_id)
    except NotFound:
        return  # deleted meanwhile
    for table in TABLES:
        last = list(table.c)[-1]
        connection.execute(update(table).where(table.c.workshop_id == workshop_id).values({last: last}))
