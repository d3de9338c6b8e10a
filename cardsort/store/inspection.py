"""What a database tells about itself, read without changing it: before it is used, and for `cardsort doctor`."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, NullPool, create_engine, inspect, make_url, select
from sqlalchemy.exc import SQLAlchemyError

from cardsort.store.links import Link, all_links
from cardsort.store.models import ServerRow
from cardsort.store.server import last_day, newest_day
from cardsort.store.snapshots import DamagedDatabase, open_unchanged


@dataclass(frozen=True, slots=True)
class Standing:
    """What must fit before a program may use the database. `revision` None = it has no schema yet."""

    revision: str | None = None
    links: tuple[Link, ...] = ()
    secret_mark: bytes | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class DatabaseFacts:
    """`faults` is SQLite's first complaint, "" where it has none; `newest` the latest day that is stored."""

    product: str
    version: tuple[int, ...]
    faults: str
    standing: Standing
    newest: date | None


def inspect_database(address: str) -> DatabaseFacts:
    """The facts; DamagedDatabase with the cause where it cannot be read."""
    with _readable():
        return _inspect(_reading_engine(address))


def standing_at(address: str) -> Standing:
    """The standing of a database that is not opened yet; DamagedDatabase with the cause where it cannot be read."""
    with _readable():
        return read_standing(_reading_engine(address))


def read_standing(engine: Engine) -> Standing:
    """The standing of the database that the engine opens."""
    with engine.connect() as connection:
        return standing_on(connection)


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, ImportError) as error:
        raise DamagedDatabase(str(getattr(error, "orig", None) or error).strip().splitlines()[0]) from error


def _inspect(engine: Engine) -> DatabaseFacts:
    with engine.connect() as connection:
        sqlite = engine.dialect.name == "sqlite"
        said = _damage(connection) if sqlite else "ok"
        standing = standing_on(connection) if said == "ok" else Standing()
        return DatabaseFacts(
            product="SQLite" if sqlite else "PostgreSQL",
            version=tuple(part for part in engine.dialect.server_version_info or () if isinstance(part, int)),
            faults="" if said == "ok" else " ".join(str(said).split()),
            standing=standing,
            newest=newest_day(connection) if standing.revision else None,
        )


def _damage(connection: Connection) -> str:
    """What SQLite says of its pages, then of rows without what they belong to: "ok", or the first damage."""
    said = str(connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one())
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first() if said == "ok" else None
    return f"FOREIGN KEY constraint failed: {broken[0]}" if broken else said


def standing_on(connection: Connection) -> Standing:
    """The standing of the database, read on this connection."""
    tables, revision = (
        inspect(connection).get_table_names(),
        MigrationContext.configure(connection).get_current_revision(),
    )
    if "link" not in tables:
        return Standing(revision)
    with_server = "server" in tables  # older schemas had none
    return Standing(
        revision,
        links=tuple(all_links(connection)),
        secret_mark=connection.scalar(select(ServerRow.secret_mark)) if with_server else None,
        last_day=last_day(connection) if with_server else newest_day(connection),
    )


def _reading_engine(address: str) -> Engine:
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        path = Path(url.database or "")
        return create_engine("sqlite://", creator=lambda: open_unchanged(path), poolclass=NullPool)
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
    return engine.execution_options(postgresql_readonly=True)
