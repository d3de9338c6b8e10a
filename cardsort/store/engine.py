"""How the database is opened, and the one way to write to it.

SQLite: write-ahead log, every commit on disk before it is acknowledged (synchronous=FULL), and one writer at a time:
all writes of the process go through one lock and begin with BEGIN IMMEDIATE, so that no write fails half-way for
being late, and no two connections write or checkpoint at the same moment (SQLite before 3.51.3 can lose commits
then). Reads use plain BEGIN and never wait. PostgreSQL needs none of this.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from contextvars import ContextVar
from time import monotonic
from typing import Any, TypeAlias

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from cardsort.store.measures import IN_USE, WAITED
from cardsort.store.models import db

Transaction: TypeAlias = Session | Connection  # what a statement runs in
BUSY_MILLISECONDS = 3000
WAIT_SECONDS = 5.0  # for the writer before; together with the time-out below the patience of a sending tablet
WAIT_FOR_WHOLE_SECONDS = 10.0  # more while the file is written as a whole: still within a tablet's 20 seconds
_write_lock, _count_lock, _whole = threading.Lock(), threading.Lock(), threading.Event()
_written = {"votes": 0, "other": 0}
_writes: ContextVar[str] = ContextVar("cardsort_writes", default="")  # what is being written, of the two


class DatabaseBusy(Exception):
    """Another writer did not finish in time; nothing was stored."""


class WriteConflict(Exception):
    """Somebody else stored the same key at the same moment; nothing was stored here, and a second try may succeed."""


def install_sqlite_events(
    engine: Engine, *, foreign_keys: bool = True, busy_milliseconds: int = BUSY_MILLISECONDS
) -> None:
    """Give every connection of an SQLite engine the settings above; other engines are left alone."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the sqlite3 module stops emitting its own BEGIN
        cursor = connection.cursor()
        settings = (
            f"busy_timeout={busy_milliseconds}",
            "journal_mode=WAL",
            "synchronous=FULL",
            f"foreign_keys={foreign_keys:d}",
        )
        for pragma in (*settings, "secure_delete=ON"):  # the time-out first: switching to WAL can itself be locked
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes_now() else "BEGIN")


def count_connections(engine: Engine) -> None:
    """Count those in use. Where a lost one cannot be opened anew, it is given back without having been taken."""

    @event.listens_for(engine, "checkout")
    def take(_connection: object, record: Any, _proxy: object) -> None:
        record.record_info["taken"] = True
        IN_USE.inc()

    @event.listens_for(engine, "checkin")
    def give_back(_connection: object, record: Any) -> None:
        if record.record_info.pop("taken", False):
            IN_USE.dec()


@contextmanager
def reading() -> Iterator[Session]:
    """A session for reading; closed at the end, so that no transaction stays open while a page or PDF is made."""
    session = db.session()
    try:
        yield session
    finally:
        db.session.remove()


@contextmanager
def writing() -> Iterator[Session]:
    """A session for one unit of work: committed at the end, rolled back as a whole when anything goes wrong."""
    with _one_writer(db.engine):
        session = db.session()
        try:
            yield session
            session.commit()
        except IntegrityError as error:
            session.rollback()
            raise WriteConflict from error
        except BaseException:
            session.rollback()
            raise
        finally:
            db.session.remove()


@contextmanager
def writing_votes() -> Iterator[Connection]:
    """The same for nothing but what one respondent stores, and the use of their code. A connection, as a session takes
    longer than a statement.
    """
    wanted = monotonic()
    with _one_writer(db.engine, of_votes=True):
        try:
            with db.engine.begin() as connection:
                WAITED.observe(monotonic() - wanted)
                yield connection
        except IntegrityError as error:
            raise WriteConflict from error


def forget_deleted() -> bool:
    """Take deleted rows out of SQLite's log as well: secure_delete has overwritten them in the file itself.

    False where somebody was just reading: the log then goes with the next call. Never fails, as the rows are gone.
    """
    if db.engine.dialect.name != "sqlite":
        return True
    try:
        with whole_file() as cursor:
            cursor.execute("PRAGMA busy_timeout=200")
            busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            cursor.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
    except (DatabaseBusy, sqlite3.Error):
        return False
    return not busy


@contextmanager
def whole_file() -> Iterator[Any]:
    """A cursor on SQLite's file outside any transaction, for what treats it as a whole; other writers wait longer."""
    with _one_writer(db.engine, of_votes=True), closing(db.engine.raw_connection()) as connection:
        _whole.set()
        try:
            yield connection.cursor()
        finally:
            _whole.clear()


@contextmanager
def writing_on(engine: Engine) -> Iterator[Connection]:
    """A connection for one unit of work outside the session, for migrations: the same lock, BEGIN and commit."""
    with _one_writer(engine), engine.begin() as connection:
        yield connection


def writes_now() -> str:
    """What the transaction at hand writes: "votes", "other", or "" for nothing."""
    return _writes.get()


def count_writes(*, but_votes: bool = False) -> int:
    """How often this process has written, or has written more than votes."""
    return _written["other"] + (0 if but_votes else _written["votes"])


def writes_alone() -> bool:
    """Whether this process does all the writing."""
    return db.engine.dialect.name == "sqlite"


@contextmanager
def _one_writer(engine: Engine, *, of_votes: bool = False) -> Iterator[None]:
    alone = engine.dialect.name == "sqlite"
    if alone and not _wait_for_turn():
        raise DatabaseBusy
    mark = _writes.set("votes" if of_votes else "other")
    try:
        yield
    finally:
        with _count_lock:
            _written[writes_now()] += 1
        _writes.reset(mark)
        if alone:
            _write_lock.release()


def _wait_for_turn() -> bool:
    if _write_lock.acquire(timeout=WAIT_SECONDS):
        return True
    return _whole.is_set() and _write_lock.acquire(timeout=WAIT_FOR_WHOLE_SECONDS)
