"""A connection to PostgreSQL that is lost, silent or read-only is noticed, and costs the next one nothing."""

import socket
from contextlib import closing

import pytest
from sqlalchemy.exc import InternalError, OperationalError

from cardsort.store import postgres as dialect
from cardsort.store.engine import reading, writing, writing_votes
from cardsort.store.models import db
from cardsort.web.app import create_app
from tests.conftest import close
from tests.trust.pair import Road, address_by


@pytest.fixture
def engine(postgres_app):
    with postgres_app.app_context():
        yield db.engine


def backend(connection):
    return connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()


def test_a_pooled_connection_that_the_server_has_ended_is_replaced_before_it_is_used(engine):
    with engine.connect() as first, engine.connect() as second:
        ended = {backend(first), backend(second)}
    with engine.connect() as other:
        kept = backend(other)
        ended -= {kept}
        other.exec_driver_sql(f"SELECT pg_terminate_backend({ended.pop()}, 5000)")
        with engine.connect() as replaced:
            assert backend(replaced) != kept


def test_looking_whether_a_connection_is_there_asks_the_server_nothing(engine):
    def last_asked():
        found = watching.exec_driver_sql(f"SELECT state_change FROM pg_stat_activity WHERE pid = {number}").scalar_one()
        watching.rollback()
        return found

    with engine.connect() as watching, engine.connect() as idle:
        number = backend(idle)
        idle.rollback()
        before = last_asked()
        assert engine.dialect.do_ping(idle.connection.dbapi_connection)
        assert last_asked() == before


def test_what_a_read_only_database_refuses_ends_its_connections(engine):
    with engine.connect() as other:
        before = backend(other)
    with engine.connect() as connection:
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
        with pytest.raises(InternalError) as refused:
            connection.exec_driver_sql("DELETE FROM workshop")
    assert refused.value.connection_invalidated
    with engine.connect() as after:
        assert backend(after) != before


@pytest.fixture
def afar(make_config, postgres, migrated_postgres):
    """A road to a database, and an application at this end of it."""
    address = postgres.new_database(migrated_postgres)
    with closing(Road(postgres.socket)) as road:
        app = create_app(make_config(database_url=address_by([road], address)))
        with app.app_context():
            yield road
        close(app)
    postgres.drop(address)


def wait_a_little(connection):
    connection.exec_driver_sql("SELECT pg_sleep(0.4)")


@pytest.mark.usefixtures("afar")
def test_a_vote_and_a_page_wait_for_a_silent_server_no_longer_than_they_must_and_other_writing_for_its_end(
    monkeypatch,
):
    monkeypatch.setattr(dialect, "SILENCE_SECONDS", 0.2)
    with pytest.raises(OperationalError), writing_votes() as connection:
        wait_a_little(connection)
    with pytest.raises(OperationalError), reading() as session:
        wait_a_little(session.connection())
    with writing() as session:
        wait_a_little(session.connection())


@pytest.mark.usefixtures("afar")
def test_an_answer_that_keeps_coming_is_no_silence(monkeypatch):
    monkeypatch.setattr(dialect, "SILENCE_SECONDS", 0.3)
    with reading() as session:
        rows = session.connection().exec_driver_sql(
            "SELECT repeat('x', 100000) FROM generate_series(1, 8) AS n, LATERAL (SELECT pg_sleep(0.1 + 0 * n)) AS slow"
        )
        assert len(rows.all()) == 8


@pytest.mark.usefixtures("afar")
def test_the_system_gives_a_connection_up_whose_other_end_is_gone():
    with db.engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        with socket.socket(fileno=raw.fileno()) as line:
            kept = [
                line.getsockopt(socket.IPPROTO_TCP, option)
                for option in (socket.TCP_USER_TIMEOUT, socket.TCP_KEEPIDLE, socket.TCP_KEEPINTVL, socket.TCP_KEEPCNT)
            ]
            on = line.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
            line.detach()
    assert (kept, on) == ([4000, 2, 1, 3], 1)
