"""Commands that only read never bring a database up to date: a server of another version may be running on it."""

import sqlite3
from contextlib import closing

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, text

from cardsort.cli.commands import main
from cardsort.store.migrations import migrate, revisions
from tests.conftest import SECRET

READERS = (("admin-link",), ("admin-link", "x"), ("report", "x"), ("archive", "x", "f"), ("purge",))
each_reader = pytest.mark.parametrize("words", READERS, ids=" ".join)


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("CARDSORT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("SECRET_KEY", SECRET.decode())
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(main, words, catch_exceptions=False)


@pytest.fixture
def at_revision(tmp_path, database_url, monkeypatch):
    """A database, empty but of that revision; the answer tells which it has now."""
    (tmp_path / "data").mkdir()
    address = database_url or f"sqlite:///{tmp_path / 'data' / 'cardsort.db'}"
    if database_url:
        monkeypatch.setenv("DATABASE_URL", database_url)
    engine = create_engine(address)

    def make(revision):
        migrate(engine, revision)
        return engine

    yield make
    engine.dispose()


def revision_in(engine):
    with engine.connect() as connection:
        return connection.scalar(text("SELECT version_num FROM alembic_version"))


@each_reader
def test_an_older_database_is_left_as_it_is_with_the_remedy(run, at_revision, words):
    engine = at_revision("0005")
    refused = run(*words)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.startswith(f"The database has schema 0005, and this Cardsort reads {revisions()[0]}. Nothing")
    assert "let this version's server start on it once" in refused.stderr
    assert revision_in(engine) == "0005"


@each_reader
def test_a_newer_database_is_left_as_it_is_too(run, at_revision, words):
    engine = at_revision("head")
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    refused = run(*words)
    assert (refused.exit_code, "Install that one, or restore a backup." in refused.stderr) == (2, True)
    assert revision_in(engine) == "9999"


def test_a_server_does_not_start_on_a_newer_database(run, at_revision):
    engine = at_revision("head")
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert run("demo").stderr.startswith("The database is of a newer Cardsort (schema 9999).")
    assert revision_in(engine) == "9999"


@each_reader
def test_where_there_is_no_database_none_is_made(run, tmp_path, words):
    refused = run(*words)
    assert (refused.exit_code, refused.stderr.startswith(f"There is no database in {tmp_path / 'data'}.")) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_a_writing_command_brings_an_older_database_up_to_date(run, tmp_path):
    (tmp_path / "data").mkdir()
    engine = create_engine(f"sqlite:///{tmp_path / 'data' / 'cardsort.db'}")
    migrate(engine, "0005")
    engine.dispose()
    assert run("demo").exit_code == 0
    with closing(sqlite3.connect(tmp_path / "data" / "cardsort.db")) as database:
        assert database.execute("SELECT version_num FROM alembic_version").fetchone() == (revisions()[0],)
