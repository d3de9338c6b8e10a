"""An SQLite file as a whole: copied while a server writes to it, and looked over without changing anything."""

import sqlite3
from contextlib import closing
from pathlib import Path


class DamagedDatabase(Exception):
    """The file cannot be read, is damaged, or is no database of Cardsort; str() is SQLite's own word for it."""


def copy_database(source: Path, target: Path) -> None:
    """Copy in one reading transaction: every commit before now is in it, and no writer waits.

    Rows are copied in the order of their keys, so that the copy does not tell in which order they came; a plain copy
    of the file does, and lacks what is still in the write-ahead log.
    """
    try:
        with closing(sqlite3.connect(f"{source.as_uri()}?mode=rw", uri=True)) as old:
            old.execute("VACUUM INTO ?", (str(target),))
    except sqlite3.Error as error:
        raise DamagedDatabase(str(error)) from error


def open_unchanged(path: Path) -> sqlite3.Connection:
    """An SQLite file to read, beside a running server or not; no file is made or changed."""
    running = path.with_name(f"{path.name}-wal").exists()  # without one, SQLite would make it and leave it there
    return sqlite3.connect(f"{path.as_uri()}?{'mode=ro' if running else 'immutable=1'}", uri=True)


def revision_of(path: Path) -> str:
    """The revision of the schema in an SQLite file that is whole; else DamagedDatabase."""
    try:
        with closing(open_unchanged(path)) as database:
            faults = database.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if faults != "ok":
                raise DamagedDatabase(faults)
            return str(database.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    except (sqlite3.Error, TypeError) as error:
        raise DamagedDatabase(str(error)) from error
