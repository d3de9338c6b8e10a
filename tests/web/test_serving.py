"""How the server stands in its place: behind proxies, watched by monitors."""

import contextlib
import http.client
import signal
import socket
import urllib.error
import urllib.request

import pytest

from cardsort.store.models import db
from cardsort.web.app import create_app
from tests.browser.live import Facilitator, Server
from tests.conftest import client_of, close
from tests.trust.servers import running


@pytest.fixture
def proxied(make_config):
    """An application behind one proxy, reached under another name inside than outside."""
    made = create_app(make_config(public_url="https://cards.test", proxies=1))
    yield made
    close(made)


def guess(server, forwarded):
    """The status of a wrong join code."""
    headers = {"X-Forwarded-For": forwarded, "Sec-Fetch-Site": "same-origin"}
    request = urllib.request.Request(f"{server.loopback}/join", b"code=ABCD-EFGH", headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code


def test_sigterm_ends_the_server_in_order(tmp_path):
    server = Server(tmp_path).start()
    server.stop(signal.SIGTERM)
    assert server.process.returncode == 0


@pytest.mark.parametrize(
    ("proxies", "expected"),
    [
        ("0", {"10.0.0.{}": 429}),  # nobody is believed: all come from the one address that the server sees
        ("1", {"10.0.0.{}": 404, "10.0.1.{}, 192.0.2.7": 429}),  # the proxy's own entry, at the end, counts
    ],
)
def test_a_header_that_nobody_vouches_for_does_not_help_guessing(tmp_path, monkeypatch, proxies, expected):
    monkeypatch.setenv("TRUSTED_PROXIES", proxies)
    server = Server(tmp_path).start()
    found = {form: [guess(server, form.format(number)) for number in range(61)] for form in expected}
    server.stop()
    assert found == {form: [404] * 60 + [last] for form, last in expected.items()}


def test_behind_a_proxy_the_name_outside_counts_and_a_foreign_one_is_refused(proxied):
    client = proxied.test_client()
    inside = {"Host": "127.0.0.1:8000", "X-Forwarded-Proto": "https"}
    for name, origin, status in (
        ("cards.test", "https://cards.test", 404),  # a wrong code
        ("cards.test", "https://evil.test", 403),
        ("evil.test", "https://cards.test", 400),
    ):
        headers = {**inside, "X-Forwarded-Host": name, "Origin": origin}
        assert client.post("/join", data={"code": "ABCD-EFGH"}, headers=headers).status_code == status


@pytest.mark.rebuilds_tables
def test_health_is_200_while_the_database_answers_and_503_without_facts_when_it_does_not(any_app):
    client = client_of(any_app)
    answer = client.get("/health", headers={"Host": "localhost"})
    assert (answer.status_code, answer.text, answer.mimetype) == (200, "ok\n", "text/plain")
    with any_app.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE workshop RENAME TO away")
    answer = client.get("/health")
    assert (answer.status_code, answer.text) == (503, "The database does not answer.\n")


@pytest.mark.rebuilds_tables
def test_health_is_503_where_the_file_is_damaged(app, client, tmp_path):
    close(app)
    (tmp_path / "cardsort.db").write_bytes(b"no database" * 1000)
    assert client.get("/health").status_code == 503


@pytest.mark.parametrize("number", ["-1", "two", "10", "1" * 5000])
def test_a_number_of_proxies_that_cannot_be_is_a_sentence(tmp_path, number):
    from cardsort.web.config import InvalidSetting, read_config

    with pytest.raises(InvalidSetting, match=r"^TRUSTED_PROXIES is “.*”\. Set it to a number from 0 to 9\.$"):
        read_config({"CARDSORT_DATA": str(tmp_path), "TRUSTED_PROXIES": number})


class Confined(Server):
    """Started where a process may have 256 files open, unless it asks for more."""

    def command(self):
        return ["sh", "-c", 'ulimit -Sn 256; exec "$@"', "sh", *super().command()]


def test_more_tablets_than_the_system_allows_open_files_at_first_keep_their_connections_and_are_answered():
    with running(Confined) as server, contextlib.ExitStack() as open_pages:
        for _ in range(400):
            open_pages.enter_context(socket.create_connection(("127.0.0.1", server.port)))
        with urllib.request.urlopen(f"{server.loopback}/health", timeout=30) as answer:
            assert answer.read() == b"ok\n"
        assert "no longer accepting" not in (server.data / "server.log").read_text()


@pytest.mark.parametrize(("asked", "kept"), [({}, True), ({"Connection": "close"}, False)])
def test_an_answer_without_a_body_leaves_the_connection_open_unless_the_client_ends_it(asked, kept):
    with running(Server) as server:
        desk = Facilitator(server).start()
        headers = {"Cookie": "; ".join(f"{cookie.name}={cookie.value}" for cookie in desk.jar), **asked}
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        connection.request("GET", f"{desk.desk}/status", headers={"Cookie": headers["Cookie"]})
        first = connection.getresponse()
        first.read()
        socket_of_first = connection.sock
        connection.request("GET", f"{desk.desk}/status", headers={"If-None-Match": first.headers["ETag"], **headers})
        second = connection.getresponse()
        assert (second.status, second.read()) == (304, b"")
        assert (connection.sock is socket_of_first) is kept
        connection.close()
