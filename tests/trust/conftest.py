"""Real servers, one for the tests of each file."""

import pytest

from tests.browser.live import Server
from tests.trust.servers import Gunicorn, own_postgres, running


@pytest.fixture(scope="module")
def server():
    with running(Server) as started:
        yield started


@pytest.fixture(scope="module")
def own_database():
    """A PostgreSQL server that tests may stop, as long as they start it again."""
    with own_postgres() as postgres:
        yield postgres


@pytest.fixture
def server_on_postgres(own_database):
    with running(Server, own_database.new_database()) as started:
        yield started


@pytest.fixture
def gunicorn(own_database):
    with running(Gunicorn, own_database.new_database()) as started:
        yield started
