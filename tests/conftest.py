"""An application, a client and both databases, for all tests."""

import contextlib
import shutil

import pytest
from flask import Flask
from hypothesis import settings
from jinja2 import BytecodeCache
from werkzeug.routing import Rule

from cardsort.usecases.decks import shipped_deck
from cardsort.web.app import create_app
from cardsort.web.config import Config

# A busy machine is no fault; and what is drawn at random anew each time belongs into the soak.
settings.register_profile("cardsort", deadline=None, derandomize=True)
settings.load_profile("cardsort")
SECRET = b"a secret for tests, long enough for its use"
OWN_SITE = {"Sec-Fetch-Site": "same-origin"}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Files of few, long tests first: begun last, they would run on one core while the others rest."""
    items.sort(key=lambda item: item.path.parent.name not in {"browser", "trust"})


class Compiled(BytecodeCache):
    """The compiled templates of all applications of a run: each would compile them anew."""

    def __init__(self):
        self.kept = {}

    def load_bytecode(self, bucket):
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket):
        self.kept[bucket.key] = bucket.bytecode_to_string()


class CompiledRule(Rule):
    """An address whose code is compiled once in a run, not for each application: it depends on the text alone."""

    kept = {}  # noqa: RUF012  shared by all on purpose

    def _compile_builder(self, append_unknown=True):  # noqa: FBT002  as Werkzeug calls it
        key = self.rule, self.subdomain, self.host, repr(self.defaults), append_unknown
        if key not in self.kept:
            self.kept[key] = super()._compile_builder(append_unknown)
        return self.kept[key]


Flask.jinja_options = {"bytecode_cache": Compiled()}
Flask.url_rule_class = CompiledRule


@pytest.fixture
def make_config(tmp_path):
    def make(**given):
        usual = {"data": tmp_path, "database_url": "", "secret": SECRET, "public_url": "http://cards.test"}
        return Config(**{**usual, **given})

    return make


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """An empty SQLite database with today's schema, to be copied."""
    folder = tmp_path_factory.mktemp("migrated")
    close(create_app(Config(folder, "", SECRET, "http://cards.test")))
    return folder / "cardsort.db"


@pytest.fixture
def app(make_config, migrated):
    """An application on a fresh SQLite file."""
    config = make_config()
    shutil.copy(migrated, config.data)
    made = create_app(config)
    yield made
    close(made)


@pytest.fixture
def client(app):
    return client_of(app)


@pytest.fixture(scope="session")
def deck():
    return shipped_deck()


@pytest.fixture(scope="session")
def postgres():
    """One throw-away PostgreSQL server."""
    from tests.trust.servers import own_postgres

    with own_postgres() as server:
        server.forget_durability()
        yield server


@pytest.fixture(scope="session")
def migrated_postgres(postgres, tmp_path_factory):
    """An empty PostgreSQL database with today's schema, to be copied."""
    address = postgres.new_database()
    close(create_app(Config(tmp_path_factory.mktemp("postgres"), address, SECRET, "http://cards.test")))
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


@pytest.fixture(params=["sqlite", "postgres"])
def any_app(request):
    """An application on SQLite, and another on PostgreSQL."""
    return request.getfixturevalue("app" if request.param == "sqlite" else "postgres_app")


@pytest.fixture
def postgres_app(make_config, postgres, migrated_postgres):
    """An application on a fresh PostgreSQL database."""
    address = postgres.new_database(migrated_postgres)
    made = create_app(make_config(database_url=address))
    yield made
    close(made)
    postgres.drop(address)


def client_of(app):
    """A client that behaves like a browser on the site's own pages."""
    client = app.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    client.environ_base["HTTP_HOST"] = "cards.test"
    return client


def close(app):
    from cardsort.store.models import db

    with app.app_context(), contextlib.suppress(RuntimeError):
        db.session.remove()
        db.engine.dispose()
