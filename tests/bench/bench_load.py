"""How many ballots the real server takes, beside a bare view that stores one row; what polling, starting and memory
cost; and how many bytes a ballot is. On loopback, with clients in a process of their own on the same cores.
"""

import http.client
import json
import os
import re
import secrets
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from contextlib import contextmanager, suppress
from pathlib import Path

from cardsort.usecases.decks import shipped_deck
from tests.browser.live import ROOT, Facilitator, Server, free_port
from tests.trust.servers import own_postgres

LOADS = {1: 150, 32: 800, 200: 800}  # connections -> ballots of one run
RUNS = 3
TABS, POLLED = 200, 18.0  # open desks, seconds watched
STARTS = 3
CODES = shipped_deck().codes


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        sending(Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        sending(Path(folder), postgres=True)
    with tempfile.TemporaryDirectory() as folder:
        polling(Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        starting(Path(folder))


def show(what: str, measured: str, goal: str = "") -> None:
    print(f"{what:52}{measured:>14}   {goal}", flush=True)


def sending(folder: Path, *, postgres: bool = False) -> None:
    """Ballots a second and their latencies, ours and the bare view's by turns."""
    with databases(postgres=postgres) as (ours_at, bare_at):
        name = "PostgreSQL" if postgres else "SQLite"
        print(f"sending on {name}: ballots a second (50th, 99th percentile in ms), and the ratio to the bare view")
        server = Server(folder, database=ours_at).start()
        bare = Bare(bare_at or f"sqlite:///{folder / 'bare.db'}").start()
        try:
            desk = Facilitator(server).start()
            path = urllib.parse.urlsplit(desk.link("customers")).path + "/ballots"
            before = size_of(folder)
            for connections, count in LOADS.items():
                compare(connections, count, (server.port, path), (bare.port, "/"))
            if not postgres:
                grown = (size_of(folder) - before) / desk.counts()["customers"]
                show("bytes a ballot, with its indexes", f"{grown:.0f}")
        finally:
            bare.stop()
            server.stop()


def compare(connections: int, count: int, ours: tuple[int, str], bare: tuple[int, str]) -> None:
    rounds = [(drive(*ours, connections, count), drive(*bare, connections, count)) for _ in range(RUNS)]
    ratio = statistics.median(one.rate / other.rate for one, other in rounds)
    for name, place in (("ours", 0), ("bare view", 1)):
        run = sorted((both[place] for both in rounds), key=lambda found: found.rate)[RUNS // 2]
        show(f"  {connections} connections, {name}", f"{run.rate:.0f}/s ({run.at(50):.0f}, {run.at(99):.0f})")
    show(f"  {connections} connections, ratio", f"{ratio:.2f}", "at least 0.6")


class Run:
    def __init__(self, seconds: float, latencies: list[float]) -> None:
        self.rate, self.latencies = len(latencies) / seconds, sorted(latencies)

    def at(self, percent: int) -> float:
        return self.latencies[min(len(self.latencies) - 1, len(self.latencies) * percent // 100)] * 1000


def drive(port: int, path: str, connections: int, count: int) -> Run:
    """Send `count` ballots, each of another person, over so many connections that stay open."""
    shares = [[new_ballot() for _ in range(count // connections)] for _ in range(connections)]
    latencies: list[float] = []
    ready = threading.Barrier(connections + 1)

    def send(bodies: list[bytes]) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.connect()
        ready.wait()
        for body in bodies:
            start = time.perf_counter()
            connection.request("POST", path, body, JSON)
            answer = connection.getresponse()
            answer.read()
            latencies.append(time.perf_counter() - start)
            assert answer.status == 201, answer.status
        connection.close()

    threads = [threading.Thread(target=send, args=(share,)) for share in shares]
    for thread in threads:
        thread.start()
    ready.wait()
    start = time.perf_counter()
    for thread in threads:
        thread.join()
    assert len(latencies) == sum(map(len, shares)), "not every ballot was taken"
    return Run(time.perf_counter() - start, latencies)


JSON = {"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"}


def new_ballot() -> bytes:
    """A whole ballot as the page sends it: ten ranked cards, and the piles of all 52."""
    dice = secrets.SystemRandom()
    piles = {code: dice.choice(("often", "sometimes", "no")) for code in CODES}
    body = {"id": secrets.token_hex(16), "kind": "own", "ranking": dice.sample(CODES, 10), "piles": piles}
    return json.dumps({**body, "reasons": [], "moment": None, "round": 1, "replace": False}).encode()


def polling(folder: Path) -> None:
    """What the open desks cost the server while nothing happens, as a share of one core; and a bare view that is asked
    as often.
    """
    server, bare = Server(folder).start(), Bare(f"sqlite:///{folder / 'bare.db'}").start()
    try:
        desk = Facilitator(server).start()
        cookie = "; ".join(f"{one.name}={one.value}" for one in desk.jar)
        every = float(re.search(r'data-poll .*?data-hx-trigger="every (\d+)s"', desk.request(desk.desk)[1].decode())[1])
        ours = share_of_core(server.process.pid, server.port, f"{desk.desk}/status", {"Cookie": cookie}, 304, every)
        floor = share_of_core(bare.process.pid, bare.port, "/", {}, 200, every)
        show(f"{TABS} open desks, share of one core", f"{ours:.1%}", "below 10 %")
        show("  a bare view asked as often", f"{floor:.1%}")
    finally:
        bare.stop()
        server.stop()


def share_of_core(pid: int, port: int, path: str, headers: dict[str, str], status: int, every: float) -> float:
    stop, statuses = threading.Event(), []
    tabs = [threading.Thread(target=poll, args=(port, path, dict(headers), stop, statuses, every)) for _ in range(TABS)]
    for tab in tabs:
        tab.start()
    time.sleep(every * 2)
    statuses.clear()
    before = cpu_seconds(pid)
    time.sleep(POLLED)
    share, asked = (cpu_seconds(pid) - before) / POLLED, len(statuses)
    stop.set()
    for tab in tabs:
        tab.join()
    assert set(statuses) == {status}, set(statuses)
    assert asked > 0.8 * TABS * POLLED / every, asked
    return share


def poll(
    port: int, path: str, headers: dict[str, str], stop: threading.Event, statuses: list[int], every: float
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    stop.wait(secrets.SystemRandom().uniform(0, every))
    while not stop.is_set():
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        headers["If-None-Match"] = answer.headers.get("ETag", "")
        statuses.append(answer.status)
        stop.wait(every)
    connection.close()


def starting(folder: Path) -> None:
    """From the command to the first answer, and the memory before the first report."""
    times, memory = [], []
    for number in range(STARTS):
        data = folder / str(number)
        data.mkdir()
        server = Server(data)
        start = time.perf_counter()
        server.start()
        times.append(time.perf_counter() - start)
        try:
            Facilitator(server).start().counts()
            memory.append(resident_megabytes(server.process.pid))
        finally:
            server.stop()
    show("start to ready, s", f"{statistics.median(times):.2f}", "below 2")
    show("memory before the first report, MB", f"{statistics.median(memory):.0f}", "below 120")


class Bare:
    """The bare view in a process of its own."""

    def __init__(self, database: str) -> None:
        self.database, self.port = database, free_port()

    def start(self) -> "Bare":
        command = [sys.executable, "-m", "tests.bench.bare_server", self.database, str(self.port)]
        self.process = subprocess.Popen(command, cwd=ROOT)
        for _ in range(200):
            with suppress(OSError):
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
                connection.request("GET", "/")
                connection.getresponse()
                return self
            time.sleep(0.05)
        raise AssertionError("the bare server did not start")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)


@contextmanager
def databases(*, postgres: bool):
    """Two empty databases of a throw-away PostgreSQL; "" twice for SQLite."""
    if not postgres:
        yield "", ""
        return
    with own_postgres() as server:
        yield server.new_database(), server.new_database()


def size_of(folder: Path) -> int:
    """Bytes of our SQLite database once its log is in it."""
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(folder / "cardsort.db")) as connection:
        pages, size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    return pages * size


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_megabytes(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


if __name__ == "__main__":
    main()
