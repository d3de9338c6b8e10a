"""The schema's history. Alembic runs what is missing when the server starts, in one transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, NullPool, create_engine, text

from cardsort.store.engine import install_sqlite_events, writing_on

FOLDER = Path(__file__).resolve().parent
PATIENCE_MILLISECONDS = 60_000  # another server may be migrating a large database
ADVISORY_LOCK = 0x63617264  # "card": any number that nothing else uses on the database


def configuration() -> Config:
    """Alembic's settings, without an ini file."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return config


@cache
def revisions() -> tuple[str, ...]:
    """The schema's history that this version knows, newest first."""
    return tuple(step.revision for step in ScriptDirectory.from_config(configuration()).walk_revisions())


def migrate(engine: Engine, revision: str = "", check: Callable[[Connection], None] = lambda _: None) -> None:
    """Bring the schema to `revision` (default: the newest), unless `check` of the database as it is raises. Safe when
    several servers start at once and when killed half-way: one transaction on either database, begun with the write
    lock (SQLite) or an advisory lock (PostgreSQL). `check` reads within it: before, it would hold what another server
    waits for.
    """
    with _migrating(engine) as own, writing_on(own) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
        check(connection)
        if MigrationContext.configure(connection).get_current_revision() != (revision or revisions()[0]):
            _upgrade(connection, revision or "head")


@contextmanager
def _migrating(engine: Engine) -> Iterator[Engine]:
    """The engine to migrate with. SQLite rebuilds a table by dropping it, which with foreign keys on would empty every
    table that refers to it; so they are off meanwhile, and checked before the commit.
    """
    if engine.dialect.name != "sqlite":
        yield engine
        return
    own = create_engine(engine.url, poolclass=NullPool)
    install_sqlite_events(own, foreign_keys=False, busy_milliseconds=PATIENCE_MILLISECONDS)
    yield own
    own.dispose()


def _upgrade(connection: Connection, revision: str) -> None:
    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
    if connection.dialect.name == "sqlite":
        _check_references(connection)


def _check_references(connection: Connection) -> None:
    if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        raise RuntimeError(f"The migration would leave {len(broken)} rows without what they belong to.")
