"""The schema's history. Alembic runs what is missing when the server starts, in one transaction."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

from cardsort.store.engine import writing_on

FOLDER = Path(__file__).resolve().parent
ADVISORY_LOCK = 0x63617264  # "card": any number that nothing else uses on the database


def configuration() -> Config:
    """Alembic's settings, without an ini file."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return config


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring the schema to `revision`. Safe when several servers start at once and when killed half-way:
    one transaction on either database, begun with the write lock (SQLite) or an advisory lock (PostgreSQL).
    """
    with writing_on(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
        config = configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
