"""What a monitor on the same machine reads, and nobody else; and what the log tells where the operator wants more."""

import logging
import re
import sqlite3

import pytest
from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import create_engine

from cardsort.store.engine import count_connections
from cardsort.store.models import db
from cardsort.web.app import create_app
from tests.conftest import client_of, close
from tests.web.conftest import open_room

TOP = ["A-01", "B-02", "C-07"]
HERE = {"HTTP_HOST": "localhost:8000", "REMOTE_ADDR": "127.0.0.1"}


def ask(app, **environ):
    return app.test_client().get("/metrics", environ_overrides={**HERE, **environ})


def read(text):
    """Our own numbers by name and labels."""
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name.startswith("cardsort_")
    }


def counted_by(app, act):
    """What has grown meanwhile; but for how long exactly somebody waited, and this reading itself."""
    before = read(ask(app).text)
    act()
    after = read(ask(app).text)
    grown = {key: after[key] - before.get(key, 0) for key in after if after[key] != before.get(key, 0)}
    return {key: value for key, value in grown.items() if not re.search("wait_seconds_(sum|bucket)", key[0])}


def answered(endpoint, status, by):
    return {("cardsort_answers_total", ("endpoint", endpoint), ("status", status)): by}


READ = answered("metrics.show", "2xx", 1)


def test_a_monitor_on_this_machine_reads_it(app):
    for peer in ("127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"):
        for host in ("localhost:8000", "127.0.0.1", "[::1]:8000"):
            answer = ask(app, REMOTE_ADDR=peer, HTTP_HOST=host)
            assert (answer.status_code, answer.mimetype) == (200, "text/plain"), (peer, host)


ELSEWHERE = (
    {"REMOTE_ADDR": "192.168.1.7"},
    {"REMOTE_ADDR": "::ffff:192.168.1.7"},
    {"REMOTE_ADDR": "2001:db8::1"},
    {"REMOTE_ADDR": ""},  # by a socket that is a file
    {"REMOTE_ADDR": "192.168.1.7", "HTTP_X_FORWARDED_FOR": "127.0.0.1"},
    {"REMOTE_ADDR": "192.168.1.7", "HTTP_X_FORWARDED_FOR": "127.0.0.1", "HTTP_X_FORWARDED_HOST": "localhost"},
    {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},  # from here on by a proxy on this machine
    {"HTTP_X_FORWARDED_FOR": "192.168.1.7"},
    {"HTTP_X_FORWARDED_PROTO": "https"},
    {"HTTP_FORWARDED": "for=127.0.0.1"},
    {"HTTP_VIA": "1.1 proxy"},
    {"HTTP_X_REAL_IP": "127.0.0.1"},
    {"HTTP_HOST": "cards.test"},
)


@pytest.mark.parametrize("proxies", [0, 1])
def test_to_everybody_else_there_is_no_such_page_whatever_headers_say(make_config, proxies):
    app = create_app(make_config(proxies=proxies))
    for environ in ELSEWHERE:
        answer = ask(app, **environ)
        missing = app.test_client().get("/nothing", environ_overrides={**HERE, **environ})
        assert (answer.status_code, answer.text.replace("/metrics", "/nothing")) == (404, missing.text), environ
    close(app)


def test_a_ballot_is_counted_once_it_is_stored_and_never_again(room):
    def vote():
        assert [room.cast(room.it, TOP, 1).status_code for _ in range(3)] == [201, 200, 200]

    assert counted_by(room.app, vote) == {
        **READ,
        ("cardsort_ballots_stored_total",): 1,
        ("cardsort_write_wait_seconds_count",): 3,
        **answered("voting.send", "2xx", 3),
    }


def test_what_is_refused_is_counted_by_its_status(room):
    def vote():
        assert room.cast(room.it, ["A-01"], 1).status_code == 422
        assert room.post("/lock/it").status_code == 303
        assert room.cast(room.it, TOP, 2).status_code == 423

    assert counted_by(room.app, vote) == {
        **READ,
        ("cardsort_write_wait_seconds_count",): 1,
        **answered("voting.send", "4xx", 2),
        **answered("desk.lock", "3xx", 1),
    }


def test_ballots_that_are_brought_in_count_and_those_of_an_example_do_not(room):
    def bring():
        lines = "group,ranking\n" + "it,A-01 B-02 C-03\n" * 4
        assert room.post("/import", text=lines, store="all", count="4").status_code in {200, 303}
        assert room.stranger().post("/example").status_code == 303

    assert counted_by(room.app, bring)["cardsort_ballots_stored_total",] == 4


def test_what_is_not_saved_for_want_of_the_database_stands_apart(app, client):
    def ask_for_nothing():
        assert client.get("/no-such-page").status_code == 404
        with app.app_context(), db.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE workshop RENAME TO away")
        assert client.get("/health").status_code == 503
        with app.app_context(), db.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE away RENAME TO workshop")

    assert counted_by(app, ask_for_nothing) == {
        **READ,
        **answered("none", "4xx", 1),
        **answered("health.health", "503", 1),
    }


def test_connections_in_use_are_counted_and_one_that_is_lost_is_not_counted_twice(any_app):
    def in_use():
        return read(ask(any_app).text)["cardsort_pool_in_use",]

    before = in_use()
    with any_app.app_context():
        one, other = db.engine.connect(), db.engine.connect()
        assert in_use() == before + 2
        one.invalidate()
        assert in_use() == before + 1
        one.close()
        other.close()
    assert in_use() == before


def test_a_connection_that_could_not_be_opened_anew_was_never_in_use():
    opened = [sqlite3.connect(":memory:", check_same_thread=False)]
    engine = create_engine("sqlite:///a-file", creator=opened.pop)
    count_connections(engine)
    before = REGISTRY.get_sample_value("cardsort_pool_in_use")
    with engine.connect() as lost:
        lost.invalidate()
    with pytest.raises(IndexError):
        engine.connect()
    engine.dispose()
    assert REGISTRY.get_sample_value("cardsort_pool_in_use") == before


def test_no_label_and_no_line_of_the_log_holds_a_link_a_workshop_or_an_address(make_config, caplog):
    app = create_app(make_config(request_log=True))
    with caplog.at_level(logging.INFO):
        room = open_room(app)
        room.get("")
        room.cast(room.it, TOP, 1)
        room.stranger().get(room.it, environ_overrides={"REMOTE_ADDR": "203.0.113.9"})
        room.stranger().get("/v/sesame")
    text, lines = ask(app).text, [record.getMessage() for record in caplog.records]
    labels = {(key, value) for sample in read(text) for key, value in sample[1:]}
    known = {("endpoint", name) for name in (*app.view_functions, "none")}
    known |= {("status", kind) for kind in ("2xx", "3xx", "4xx", "503", "5xx")}
    assert {label for label in labels if label[0] != "le"} <= known
    secrets = (*room.it.split("/")[2:], *room.customers.split("/")[2:], room.desk.split("/")[2], "sesame", "203.0.113")
    assert [one for one in secrets if one in text or one in caplog.text] == []
    assert [re.sub(r" \d+ ms$", " … ms", line) for line in lines] == [
        "pages.create 303 … ms",
        "desk.show 200 … ms",
        "voting.send 201 … ms",
        "voting.welcome 200 … ms",
        "voting.welcome 404 … ms",
        "metrics.show 200 … ms",
    ]
    close(app)


def test_without_the_setting_no_request_leaves_a_line(app, caplog):
    with caplog.at_level(logging.INFO):
        room = open_room(app)
        assert room.cast(room.it, TOP, 1).status_code == 201
        assert client_of(app).get("/v/sesame").status_code == 404
    assert caplog.messages == []


def test_the_log_tells_that_a_workshop_was_deleted_and_not_which(room, caplog):
    with caplog.at_level(logging.INFO):
        assert room.post("/delete", name="Spring").status_code == 422
        assert room.post("/delete", name="Autumn").status_code == 200
    assert caplog.messages == ["workshops deleted: 1"]
