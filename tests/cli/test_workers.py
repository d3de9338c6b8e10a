"""gunicorn: several workers serve one PostgreSQL database; on SQLite a second process is refused with a sentence."""

import json
import logging
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from types import SimpleNamespace

import pytest

from cardsort.cli.discretion import Discreet
from cardsort.cli.running import wsgi_application
from tests.browser.live import ROOT, Facilitator, free_port


@pytest.fixture
def gunicorn(tmp_path):
    """Starts gunicorn with these options; ended with the test."""
    started = []

    def start(*options, **settings):
        port = free_port()
        usual = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "SECRET_KEY"}}
        url = f"http://127.0.0.1:{port}"
        settings = {**usual, "CARDSORT_DATA": str(tmp_path / "data"), "PUBLIC_URL": url, **settings}
        command = [sys.executable, "-m", "gunicorn", "app:application", "--bind", f"127.0.0.1:{port}", *options]
        with (tmp_path / "log").open("wb") as log:
            process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=log, stderr=log)
        started.append(process)
        return SimpleNamespace(process=process, url=url, loopback=url, log=(tmp_path / "log").read_text)

    yield start
    for process in started:
        process.terminate()
        process.wait(20)


def wait(server):
    end = time.monotonic() + 30
    while time.monotonic() < end:
        with suppress(OSError), urllib.request.urlopen(f"{server.url}/health", timeout=5) as answer:
            return answer.read()
        if server.process.poll() is not None:
            break
        time.sleep(0.05)
    raise AssertionError(server.log())


def send(address, number):
    body = {"id": f"{number:032x}", "kind": "prediction", "ranking": ["A-01", "B-02", "C-07"]}
    headers = {"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"}
    request = urllib.request.Request(address, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.status


def test_two_workers_serve_one_postgresql_database(gunicorn, postgres_url):
    options = ("--workers", "2", "--threads", "4", "--access-logfile", "-", "--access-logformat", "by %(p)s")
    server = gunicorn(*options, DATABASE_URL=postgres_url)
    assert wait(server) == b"ok\n"
    facilitator = Facilitator(server).start()
    address = f"{facilitator.link('it')}/ballots"
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda number: send(address, number), range(1, 61))) == [201] * 60
    assert facilitator.counts()["it"] == 60
    end = time.monotonic() + 20
    while len(workers := {line for line in server.log().splitlines() if line.startswith("by ")}) < 2:
        assert time.monotonic() < end, server.log()
        facilitator.counts()
    assert len(workers) == 2


def test_two_workers_count_together_where_they_have_a_folder_for_it(gunicorn, postgres_url, tmp_path):
    shared = tmp_path / "counts"
    shared.mkdir()
    options = ("--workers", "2", "--threads", "4")
    server = gunicorn(*options, DATABASE_URL=postgres_url, PROMETHEUS_MULTIPROC_DIR=str(shared))
    wait(server)
    address = f"{Facilitator(server).start().link('it')}/ballots"
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda number: send(address, number), range(1, 61))) == [201] * 60
    with urllib.request.urlopen(f"{server.url}/metrics", timeout=30) as answer:
        lines = answer.read().decode().splitlines()
    assert "cardsort_ballots_stored_total 60.0" in lines
    assert 'cardsort_answers_total{endpoint="voting.send",status="2xx"} 60.0' in lines
    assert "cardsort_pool_in_use 0.0" in lines
    gauges = [int(name.stem.rsplit("_", 1)[1]) for name in shared.glob("gauge_livesum_*.db")]
    assert len(gauges) == 2
    os.kill(gauges[0], signal.SIGTERM)
    end = time.monotonic() + 20
    while (shared / f"gauge_livesum_{gauges[0]}.db").exists():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_folder_for_their_counts_that_is_not_there_is_a_sentence(gunicorn, tmp_path):
    server = gunicorn("--workers", "1", PROMETHEUS_MULTIPROC_DIR=str(tmp_path / "counts"))
    assert server.process.wait(30) == 3
    assert f"PROMETHEUS_MULTIPROC_DIR is “{tmp_path}/counts”, no folder that can be written." in server.log()
    assert "Traceback" not in server.log()


@pytest.mark.parametrize("folder", ["", "stopped/counts"])
def test_a_command_does_without_the_folder_that_the_service_takes_away_when_it_is_stopped(tmp_path, folder):
    environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path / folder) if folder else ""}
    command = [sys.executable, "-m", "cardsort", "restore", "none", "--data", "data"]
    ended = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert (ended.returncode, ended.stderr) == (2, "none cannot be read: No such file or directory.\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--workers", "2"), "Another Cardsort is running on"),
        (("--workers", "1", "--preload"), "start gunicorn without --preload"),
    ],
)
def test_on_sqlite_more_than_one_process_is_refused_with_a_sentence(gunicorn, options, sentence):
    server = gunicorn(*options)
    assert server.process.wait(30) == 3
    assert sentence in server.log()
    assert "Traceback" not in server.log()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("RATE_LIMIT_STORAGE", "nonsense://me:secret@host", "RATE_LIMIT_STORAGE (nonsense:…) cannot be used."),
        ("DATABASE_URL", "postgresql://me:secret@127.0.0.1:1/none", "The database cannot be opened (DATABASE_URL)"),
        (
            "DATABASE_URL",
            "mysql://me:secret@host/none",
            "DATABASE_URL cannot be used: it does not begin with postgresql:",
        ),
        (
            "DATABASE_URL",
            "postgresql://me:secret@h1:1,h2:b/none",
            "DATABASE_URL cannot be used: a port is no number from",
        ),
        (
            "DATABASE_URL",
            "postgresql://me:secret@127.0.0.1:1,127.0.0.1:2/none",
            "The database cannot be opened (DATABASE",
        ),
        (
            "DATABASE_URL",
            "postgresql://me:secret@127.0.0.1:1/none?sslmode=some",
            "The database cannot be opened (DATABAS",
        ),
        ("PREPARED_STATEMENTS", "no", "PREPARED_STATEMENTS is “no”. Set it to on or off."),
        ("CARDSORT_PORT", "eighty", "CARDSORT_PORT is “eighty”."),
    ],
)
def test_what_cannot_start_ends_with_a_sentence_that_tells_no_password(
    tmp_path, monkeypatch, capsys, name, value, sentence
):
    monkeypatch.setenv("CARDSORT_DATA", str(tmp_path))
    monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as ended:
        wsgi_application()
    said = capsys.readouterr().err
    assert (ended.value.code, sentence in said, "secret" in said) == (3, True, False)


def test_gunicorn_writes_neither_address_nor_path_of_what_it_cannot_read(gunicorn):
    server = gunicorn("--threads", "2")
    wait(server)
    unreadable = (
        b"GET /v/sesame HTTP/9.9\r\n\r\n",
        b"B@D /v/sesame HTTP/1.1\r\n\r\n",
        b"GET /v/sesame\r\n\r\n",
        b"GET /v/sesame HTTP/1.1\r\nses@me: sesame\r\n\r\n",
        b"GET /v/" + b"sesame" * 2000 + b" HTTP/1.1\r\n\r\n",
        b"POST /v/sesame HTTP/1.1\r\nTransfer-Encoding: sesame\r\n\r\n",
    )
    for request in unreadable:
        with socket.create_connection(("127.0.0.1", int(server.url.rsplit(":", 1)[1])), timeout=30) as connection:
            connection.sendall(request)
            assert connection.recv(8) == b"HTTP/1.1"
    log = server.log()
    assert log.count("a request that cannot be read was refused") == len(unreadable)
    assert [line for line in log.splitlines() if "127.0.0.1" in line and "Listening at" not in line] == []
    assert "sesame" not in log


def test_of_a_request_that_gunicorn_could_not_answer_kind_and_place_are_written():
    try:
        int("sesame")
    except ValueError:
        asked = ("GET", "/v/sesame")
        said = "Error handling request %s %s"
        record = logging.LogRecord("gunicorn.error", logging.ERROR, "", 1, said, asked, sys.exc_info())
    assert Discreet().filter(record)
    written = logging.Formatter().format(record)
    assert written.startswith("unexpected ValueError\n")
    assert "test_workers.py" in written
    assert "/v/sesame" not in written
    assert "invalid literal" not in written
