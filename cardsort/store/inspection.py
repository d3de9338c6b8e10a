"""What a database tells about itself, read without changing it: for `cardsort doctor`, also beside a running server."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, NullPool, create_engine, func, make_url, select
from sqlalchemy.exc import SQLAlchemyError

from cardsort.store.models import LockRow, WorkshopRow
from cardsort.store.snapshots import DamagedDatabase, open_unchanged


@dataclass(frozen=True, slots=True)
class DatabaseFacts:
    """`faults` is SQLite's first complaint, "" where it has none; `newest` the latest day that is stored."""

    product: str
    version: tuple[int, ...]
    faults: str
    revision: str | None
    newest: date | None


def inspect_database(address: str) -> DatabaseFacts:
    """The facts; DamagedDatabase with the cause where it cannot be read."""
    try:
        return _inspect(_reading_engine(address))
    except (SQLAlchemyError, ImportError) as error:
        raise DamagedDatabase(str(getattr(error, "orig", None) or error).strip().splitlines()[0]) from error


def _inspect(engine: Engine) -> DatabaseFacts:
    with engine.connect() as connection:
        sqlite = engine.dialect.name == "sqlite"
        said = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one() if sqlite else "ok"
        revision = MigrationContext.configure(connection).get_current_revision()
        return DatabaseFacts(
            product="SQLite" if sqlite else "PostgreSQL",
            version=tuple(part for part in engine.dialect.server_version_info or () if isinstance(part, int)),
            faults="" if said == "ok" else " ".join(str(said).split()),
            revision=revision,
            newest=_newest_day(connection) if revision else None,
        )


def _reading_engine(address: str) -> Engine:
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        path = Path(url.database or "")
        return create_engine("sqlite://", creator=lambda: open_unchanged(path), poolclass=NullPool)
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
    return engine.execution_options(postgresql_readonly=True)


def _newest_day(connection: Connection) -> date | None:
    started = connection.scalar(select(func.max(WorkshopRow.created_on)))
    locked = connection.scalar(select(func.max(LockRow.locked_at)))
    return max((day for day in (started, locked and locked.date()) if day), default=None)
