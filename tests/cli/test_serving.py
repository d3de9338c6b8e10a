"""How the server stands in its place: behind proxies, watched by monitors."""

import contextlib
import http.client
import signal
import socket
import threading
import time
import urllib.error
import urllib.request

import pytest

from cardsort.cli import server
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
    """The status of a wrong code for starting, which few may be tried of."""
    headers = {"X-Forwarded-For": forwarded, "Sec-Fetch-Site": "same-origin"}
    request = urllib.request.Request(f"{server.loopback}/start-code", b"code=bread", headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code


def test_sigterm_ends_the_server_in_order(tmp_path):
    started = Server(tmp_path).start()
    started.stop(signal.SIGTERM)
    assert started.process.returncode == 0


@pytest.mark.parametrize(
    ("proxies", "expected"),
    [
        ("0", {"10.0.0.{}": 429}),  # nobody is believed: all come from the one address that the server sees
        ("1", {"10.0.0.{}": 404, "10.0.1.{}, 192.0.2.7": 429}),  # the proxy's own entry, at the end, counts
    ],
)
def test_a_header_that_nobody_vouches_for_does_not_help_guessing(tmp_path, monkeypatch, proxies, expected):
    monkeypatch.setenv("TRUSTED_PROXIES", proxies)
    monkeypatch.setenv("START_CODE", "bread and butter")
    started = Server(tmp_path).start()
    found = {form: [guess(started, form.format(number)) for number in range(61)] for form in expected}
    started.stop()
    assert found == {form: [404] * 60 + [last] for form, last in expected.items()}


@pytest.mark.parametrize("proxies", ["0", "1"])
def test_only_a_monitor_on_this_machine_reads_the_counts_and_nobody_through_a_proxy_on_it(
    tmp_path, monkeypatch, proxies
):
    monkeypatch.setenv("TRUSTED_PROXIES", proxies)
    started = Server(tmp_path).start()
    connection = http.client.HTTPConnection("127.0.0.1", started.port, timeout=30)
    found = []
    for headers in ({}, {"X-Forwarded-For": "127.0.0.1"}, {"Forwarded": "for=127.0.0.1"}, {"Host": "cards.test"}):
        connection.request("GET", "/metrics", headers=headers)
        with connection.getresponse() as answer:
            found.append((answer.status, b"cardsort_ballots_stored_total 0.0\n" in answer.read()))
    connection.close()
    started.stop()
    assert found == [(200, True), (404, False), (404, False), (400, False)]


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
    assert answer.headers["Retry-After"] == "10"


@pytest.mark.rebuilds_tables
def test_health_is_503_where_the_file_is_damaged(app, client, tmp_path):
    close(app)
    (tmp_path / "cardsort.db").write_bytes(b"no database" * 1000)
    assert client.get("/health").status_code == 503


@pytest.mark.parametrize("number", ["-1", "two", "10", "1" * 5000])
def test_a_number_of_proxies_that_cannot_be_is_a_sentence(tmp_path, number):
    from cardsort.web.kit.config import InvalidSetting, read_config

    with pytest.raises(InvalidSetting, match=r"^TRUSTED_PROXIES is “.*”\. Set it to a number from 0 to 9\.$"):
        read_config({"CARDSORT_DATA": str(tmp_path), "TRUSTED_PROXIES": number})


class Confined(Server):
    """Started where a process may have 256 files open, unless it asks for more."""

    def command(self):
        return ["sh", "-c", 'ulimit -Sn 256; exec "$@"', "sh", *super().command()]


def test_more_tablets_than_the_system_allows_open_files_at_first_keep_their_connections_and_are_answered():
    with running(Confined) as started, contextlib.ExitStack() as open_pages:
        for _ in range(400):
            open_pages.enter_context(socket.create_connection(("127.0.0.1", started.port)))
        with urllib.request.urlopen(f"{started.loopback}/health", timeout=30) as answer:
            assert answer.read() == b"ok\n"
        assert "no longer accepting" not in (started.data / "server.log").read_text()


@pytest.mark.parametrize(("asked", "kept"), [({}, True), ({"Connection": "close"}, False)])
def test_an_answer_without_a_body_leaves_the_connection_open_unless_the_client_ends_it(asked, kept):
    with running(Server) as started:
        desk = Facilitator(started).start()
        headers = {"Cookie": "; ".join(f"{cookie.name}={cookie.value}" for cookie in desk.jar), **asked}
        connection = http.client.HTTPConnection("127.0.0.1", started.port, timeout=30)
        connection.request("GET", f"{desk.desk}/status", headers={"Cookie": headers["Cookie"]})
        first = connection.getresponse()
        first.read()
        socket_of_first = connection.sock
        connection.request("GET", f"{desk.desk}/status", headers={"If-None-Match": first.headers["ETag"], **headers})
        second = connection.getresponse()
        assert (second.status, second.read()) == (304, b"")
        assert (connection.sock is socket_of_first) is kept
        connection.close()


@contextlib.contextmanager
def impatient(make_config, monkeypatch, **given):
    """A server in this process that waits for whole requests for a second, and looks five times a second."""
    monkeypatch.setattr(server, "WHOLE_WITHIN", 1)
    for name, seconds in (("channel_timeout", 1), ("cleanup_interval", 0.2), ("asyncore_loop_timeout", 0.1)):
        monkeypatch.setitem(server.SERVER, name, seconds)
    app = create_app(make_config(host="127.0.0.1", port=0, **given))
    made = server.make_server(app, app.config["CARDSORT"])
    thread = threading.Thread(target=serve, args=[made])
    thread.start()
    try:
        yield made.effective_port
    finally:
        for channel in [*made.active_channels.values(), made]:
            channel.close()
        made.trigger.close()
        thread.join()
        made.task_dispatcher.shutdown()
        close(app)


def serve(made):
    """Until its sockets are closed under its hands."""
    with contextlib.suppress(OSError):
        made.asyncore.loop(timeout=0.1, map=made._map)


def drip(connection):
    """A letter at a time, up to 300 of them."""
    for _ in range(300):
        connection.sendall(b"x")
        time.sleep(0.05)


@pytest.mark.parametrize("proxies", [0, 1])
@pytest.mark.parametrize("beginning", [b"GET /health HT", b"POST /join HTTP/1.1\r\nContent-Length: 900\r\n\r\n"])
def test_a_request_that_drips_is_ended_however_steadily(make_config, monkeypatch, proxies, beginning):
    with (
        impatient(make_config, monkeypatch, proxies=proxies) as port,
        socket.create_connection(("127.0.0.1", port)) as connection,
    ):
        connection.sendall(beginning)
        with pytest.raises(ConnectionError):
            drip(connection)


def test_a_connection_that_stays_open_from_request_to_request_is_not_ended_for_its_age(make_config, monkeypatch):
    with impatient(make_config, monkeypatch) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        for _ in range(30):
            connection.request("GET", "/health")
            assert connection.getresponse().read() == b"ok\n"
            time.sleep(0.1)
            assert connection.sock is not None
        connection.close()


def test_each_request_of_a_connection_has_its_own_time_to_come_whole(make_config, monkeypatch):
    with (
        impatient(make_config, monkeypatch) as port,
        socket.create_connection(("127.0.0.1", port), timeout=30) as connection,
    ):
        for _ in range(4):
            connection.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n")
            time.sleep(0.4)
            connection.sendall(b"\r\n")
            answer = http.client.HTTPResponse(connection)
            answer.begin()
            assert answer.read() == b"ok\n"


class Narrow(Server):
    """Started where a process may have 256 files open, whatever it asks for: 160 connections, 120 for one address."""

    def command(self):
        return ["sh", "-c", 'ulimit -n 256; exec "$@"', "sh", *super().command()]


def ended(connection):
    """Whether the server has closed it."""
    connection.settimeout(5)
    try:
        return connection.recv(1) == b""
    except TimeoutError:
        return False
    except ConnectionError:
        return True


def comes_through(port):
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection, contextlib.suppress(ConnectionError):
        connection.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
        return connection.recv(15) == b"HTTP/1.1 200 OK"
    return False


def test_no_address_takes_all_connections():
    with running(Narrow) as narrow, contextlib.ExitStack() as held:
        ours = [held.enter_context(socket.create_connection(("127.0.0.1", narrow.port))) for _ in range(121)]
        assert ended(ours[-1])
        for connection in ours[:60]:
            connection.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert connection.recv(15) == b"HTTP/1.1 200 OK"
        other = http.client.HTTPConnection("127.0.0.1", narrow.port, timeout=30, source_address=("127.0.0.2", 0))
        other.request("GET", "/health")
        assert other.getresponse().read() == b"ok\n"
        other.close()
        ours[0].close()  # makes room for the next
        assert any(comes_through(narrow.port) or time.sleep(0.1) for _ in range(100))  # once the server has seen it
