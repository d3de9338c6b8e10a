"""An application, a client and both databases, for all tests."""

import contextlib

import pytest
from hypothesis import settings

from cardsort.usecases.decks import shipped_deck
from cardsort.web.app import create_app
from cardsort.web.config import Config

settings.register_profile("cardsort", deadline=None)  # a busy machine is no fault
settings.load_profile("cardsort")
SECRET = b"a secret for tests, long enough for its use"
OWN_SITE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def make_config(tmp_path):
    def make(**given):
        usual = {"data": tmp_path, "database_url": "", "secret": SECRET, "public_url": "http://cards.test"}
        return Config(**{**usual, **given})

    return make


@pytest.fixture
def app(make_config):
    """An application on a fresh SQLite file."""
    made = create_app(make_config())
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
        yield server


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


@pytest.fixture
def any_app(make_config, database_url):
    """An application on SQLite, and another on PostgreSQL."""
    made = create_app(make_config(database_url=database_url))
    yield made
    close(made)


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
