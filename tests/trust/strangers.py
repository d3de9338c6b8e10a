"""What strangers do to a server that others vote on: requests sent by half, and very large files of their own."""

import contextlib
import json
import socket
import threading
import time
import urllib.request

from tests.browser.live import Facilitator, Server
from tests.trust.sending import Respondent
from tests.trust.servers import running
from tests.trust.table import Row

HALVES = (b"GET /health HTTP/1.1\r\nX: ", b"POST /join HTTP/1.1\r\nContent-Length: 900\r\n\r\ncode=")
PATIENCE = 5.0  # seconds, of whoever sends a ballot


def hold_halves(server, figures):
    """How long `/health` takes beside so many half-sent requests, in seconds."""
    with contextlib.ExitStack() as held:
        for number in range(figures.halves):
            connection = held.enter_context(socket.create_connection(("127.0.0.1", server.port)))
            connection.sendall(HALVES[number % 2])
        begin = time.monotonic()
        with urllib.request.urlopen(f"{server.loopback}/health", timeout=30) as answer:
            assert answer.read() == b"ok\n"
        return time.monotonic() - begin


def vote_beside_an_import(server, figures):
    """The answers' statuses, the seconds of the slowest, and how many lines the other workshop has in the end."""
    ours, theirs = Facilitator(server).start(), Facilitator(server).start()
    link, lines = ours.link("customers"), "group,ranking\n" + "it,A-01 B-02 C-03\n" * figures.lines
    done = threading.Event()

    def bring():
        try:
            parts = {"text": lines, "store": "all", "count": figures.lines}
            assert theirs.request(f"{theirs.desk}/import", parts)[0] == 200
        finally:
            done.set()

    importing = threading.Thread(target=bring)
    importing.start()
    waited, statuses = [], set()
    while not done.is_set() or not waited:
        with Respondent(link, len(waited)) as voter:
            begin = time.monotonic()
            statuses.add(voter.ask("POST", f"{voter.path}/ballots", voter.ballot)[0])
            waited.append(time.monotonic() - begin)
    importing.join()
    return statuses, max(waited), theirs.counts()["it"]


def measure(figures):
    with running(Server) as server:
        seconds = hold_halves(server, figures)
    holds = seconds < 1
    yield Row(f"{figures.halves} requests sent by half: /health takes", f"{seconds:.2f} s", "below 1 s", holds)
    with running(Server) as server:
        statuses, slowest, stored = vote_beside_an_import(server, figures)
    what = f"ballots elsewhere while {figures.lines:,} lines are imported: the slowest"
    found = f"{slowest:.2f} s, {json.dumps(sorted(statuses))}"
    holds = statuses == {201} and slowest < PATIENCE and stored == figures.lines
    yield Row(what, found, f"below {PATIENCE:g} s, [201]", holds)
