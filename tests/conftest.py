"""An application, a client and both databases, for all tests."""

import contextlib
import gc
import os
import shutil
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
import tzdata
from flask import Flask
from hypothesis import settings
from jinja2 import BytecodeCache
from sqlalchemy import create_engine, event
from sqlalchemy.engine.default import DefaultDialect
from werkzeug.routing import Rule

from cardsort.store.address import address_for_sqlalchemy
from cardsort.store.models import db
from cardsort.usecases.decks import shipped_deck
from cardsort.usecases.demo import start_example
from cardsort.web.app import create_app
from cardsort.web.kit.config import Config, read_config
from tests import guard, neighbour
from tests.wellformed import Client

sys.dont_write_bytecode = False  # whatever the environment says, no worker and no server compiles what another has
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# A busy machine is no fault; and what is drawn at random anew each time belongs into the soak.
settings.register_profile("cardsort", deadline=None, derandomize=True)
settings.load_profile("cardsort")
# 12:45 or 13:45 ahead of UTC: an hour or a day of the wrong zone is seen everywhere. A bare Debian knows no zones.
os.environ |= {"TZ": "Pacific/Chatham", "TZDIR": str(Path(tzdata.__file__).with_name("zoneinfo"))}
time.tzset()
SECRET = b"a secret for tests, long enough for its use"
OWN_SITE = {"Sec-Fetch-Site": "same-origin"}


def pytest_configure(config):
    watching = guard.watch()
    config.add_cleanup(watching.communicate)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Files of few, long tests first: begun last, they would run on one core while the others rest."""
    items.sort(key=lambda item: item.path.parent.name not in {"browser", "trust"})


def pytest_collection_finish():
    """What is imported and collected by now stays: looking through it for garbage again and again takes a tenth."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


class Compiled(BytecodeCache):
    """The compiled templates of all applications of a run: each would compile them anew."""

    def __init__(self):
        self.kept = {}

    def load_bytecode(self, bucket):
        bucket.code = self.kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket):
        self.kept[bucket.key, bucket.checksum] = bucket.code


class CompiledRule(Rule):
    """An address that is compiled once in a run, not for each application: it depends on the text alone."""

    kept = {}  # noqa: RUF012  shared by all on purpose

    def compile(self):
        key = self.rule, self.subdomain, self.host, self.merge_slashes, repr(self.defaults)
        if key not in self.kept:
            super().compile()
            self.kept[key] = {name: getattr(self, name) for name in COMPILED}
        vars(self).update(self.kept[key])
        for name in ("_build", "_build_unknown"):
            setattr(self, name, self.kept[key][name].__func__.__get__(self))


COMPILED = ("_parts", "_trace", "_converters", "arguments", "_build", "_build_unknown")
Flask.jinja_options = {"bytecode_cache": Compiled()}
Flask.url_rule_class = CompiledRule
DefaultDialect.__eq__ = lambda self, other: type(self) is type(other)  # statements are kept by the dialect, and what
DefaultDialect.__hash__ = lambda self: hash(type(self))  # it says does not depend on which application it belongs to
db._engine_options["execution_options"] = {"compiled_cache": {}}


@pytest.fixture
def make_config(tmp_path):
    def make(**given):
        usual = {"data": tmp_path, "database_url": "", "secret": SECRET, "public_url": "http://cards.test"}
        return Config(**{**usual, **given})

    return make


@pytest.fixture(scope="session")
def neighbours_rows(tmp_path_factory, deck):
    """What the neighbour has."""
    app = create_app(Config(tmp_path_factory.mktemp("neighbour"), "", SECRET, "http://cards.test"))
    with app.app_context():
        made = neighbour.build(deck, SECRET)
        neighbour.keep_for_ever(made)
        rows = neighbour.rows_of(made)
    close(app)
    return rows


@pytest.fixture(scope="session")
def migrated(tmp_path_factory, neighbours_rows):
    """An SQLite database with today's schema, with nobody in it but the neighbour, to be copied."""
    folder = tmp_path_factory.mktemp("migrated")
    prepare(Config(folder, "", SECRET, "http://cards.test"), neighbours_rows)
    return folder / "cardsort.db"


@pytest.fixture
def app(request, make_config, migrated):
    """An application on a fresh SQLite file."""
    config = make_config()
    shutil.copy(migrated, config.data)
    made = create_app(config, opening=as_it_was_copied)
    if not request.node.get_closest_marker("on_disk"):
        forget_durability(made)
    with neighbourly(made, request):
        yield made


@pytest.fixture
def client(app):
    return client_of(app)


@pytest.fixture(scope="session")
def deck():
    return shipped_deck()


@pytest.fixture(scope="session")
def postgres():
    """One throw-away PostgreSQL server, in memory where there is room: it need not outlive anything."""
    from tests.trust.servers import in_memory, own_postgres

    with own_postgres(in_memory()) as server:
        server.forget_durability()
        yield server


@pytest.fixture(scope="session")
def migrated_postgres(postgres, tmp_path_factory, neighbours_rows):
    """The same on PostgreSQL."""
    address = postgres.new_database()
    prepare(Config(tmp_path_factory.mktemp("postgres"), address, SECRET, "http://cards.test"), neighbours_rows)
    return address


@pytest.fixture
def postgres_url(postgres):
    """An empty PostgreSQL database."""
    address = postgres.new_database()
    yield address
    postgres.drop(address)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request):
    """The same test on both databases."""
    return "" if request.param == "sqlite" else request.getfixturevalue("postgres_url")


@pytest.fixture(scope="session")
def divided_postgres(postgres, migrated_postgres):
    """The same with its tables divided by the workshop."""
    from tests.store.partitioned import divide

    address = postgres.new_database(migrated_postgres)
    engine = create_engine(address_for_sqlalchemy(address))
    with engine.begin() as connection:
        divide(connection)
    engine.dispose()
    return address


@pytest.fixture(params=["sqlite", "postgres", "divided"])
def any_app(request):
    """An application on SQLite, on PostgreSQL, and on PostgreSQL with its tables divided by the workshop."""
    return request.getfixturevalue({"sqlite": "app"}.get(request.param, f"{request.param}_app"))


@pytest.fixture
def postgres_app(request, make_config, postgres, migrated_postgres):
    """An application on a fresh PostgreSQL database."""
    yield from app_on(postgres, migrated_postgres, request, make_config)


@pytest.fixture
def divided_app(request, make_config, postgres, divided_postgres):
    """The same, divided."""
    yield from app_on(postgres, divided_postgres, request, make_config)


def app_on(postgres, copied, request, make_config):
    """An application on a copy of that database."""
    address = postgres.new_database(copied)
    made = create_app(make_config(database_url=address), opening=as_it_was_copied)
    with neighbourly(made, request):
        yield made
    postgres.drop(address)


@pytest.fixture(scope="session")
def example_folder(tmp_path_factory):
    """A data folder with the example in it, to be copied."""
    folder = tmp_path_factory.mktemp("example") / "data"
    config = read_config({"CARDSORT_DATA": str(folder), "PUBLIC_URL": "http://cards.test"})
    app = create_app(config)
    with app.test_request_context():
        start_example(shipped_deck(), secret=config.secret, now=datetime.now(UTC))
    close(app)
    return folder


@pytest.fixture
def data(example_folder, tmp_path):
    """A data folder with the example in it, served by nobody."""
    return shutil.copytree(example_folder, tmp_path / "data")


@pytest.fixture
def clock(monkeypatch):
    """Sets the server's clock, from now on, so far from the true time."""

    def put_by(by):
        class Clock(datetime):
            @classmethod
            def now(cls, tz=None):
                return datetime.now(tz) + by

        for name, module in list(sys.modules.items()):
            if name.startswith(("cardsort.web.", "cardsort.cli.")) and hasattr(module, "datetime"):
                monkeypatch.setattr(module, "datetime", Clock)
        return datetime.now(UTC) + by

    return put_by


def prepare(config, rows):
    """A database with today's schema and the neighbour in it."""
    app = create_app(config)
    with app.app_context():
        neighbour.move_in(rows)
    close(app)


@contextlib.contextmanager
def neighbourly(app, request):
    """The application for one test, after which the neighbour has all that it had before and nothing else; but where
    a test takes the tables themselves apart, or counts all that there is and so has moved the neighbour out.
    """
    with app.app_context():
        if alone := request.node.get_closest_marker("nobody_else"):
            neighbour.move_out()
        before = neighbour.standing()
    assert any(before) != bool(alone)
    yield app
    try:
        if not (alone or request.node.get_closest_marker("rebuilds_tables")):
            with app.app_context():
                assert neighbour.standing() == before
    finally:
        close(app)


def as_it_was_copied(_secret):
    """Nothing to migrate or to check: it is the copy of a database that was opened with this secret in this run."""


def forget_durability(app):
    """No more waiting for the disk: for tests that kill nothing."""
    with app.app_context():
        event.listen(db.engine, "connect", lambda connection, _record: connection.execute("PRAGMA synchronous=OFF"))
        db.engine.dispose()


def client_of(app):
    """A client that behaves like a browser on the site's own pages."""
    client = Client(app, app.response_class)
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    client.environ_base["HTTP_HOST"] = "cards.test"
    return client


def close(app):
    with app.app_context(), contextlib.suppress(RuntimeError):
        db.session.remove()
        db.engine.dispose()
