"""What a lock costs beside its report, and how long a neighbour's ballots wait meanwhile, on both databases.

`python -m tests.bench.bench_lock`
"""

import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask

from cardsort.domain.ballots import Ballot, Group
from cardsort.domain.settings import Settings
from cardsort.store.ballots import StoredBallot
from cardsort.usecases import voting, workshops
from cardsort.usecases.decks import shipped_deck
from cardsort.usecases.tokens import new_ballot_id, new_key
from cardsort.web.app import create_app
from cardsort.web.kit.config import Config
from tests.bench.bench_report import SECRET, SEGMENTS, fill
from tests.trust.servers import own_postgres

SIZES = (1_000, 100_000)


def main() -> None:
    """Print the ratios."""
    print("the slowest of a neighbour's ballots, one after another, while n customers' ballots are locked")
    print(f"{'':>10}  {'n':>7}  {'lock':>7}  {'report':>7}  lock / report  a ballot: usual, slowest; refused")
    with own_postgres() as server:
        for name, address in (("SQLite", lambda: ""), ("PostgreSQL", server.new_database)):
            for n in SIZES:
                with tempfile.TemporaryDirectory() as folder:
                    measure(name, n, create_app(Config(Path(folder), address(), SECRET, "http://localhost")))


def measure(name: str, n: int, app: Flask) -> None:
    """Lock and report of one workshop, both by a click, beside the ballots of another."""
    with app.app_context():
        settings, deck, now = Settings("Many", segments=SEGMENTS), shipped_deck(), datetime.now(UTC)
        many = workshops.start_workshop(settings, deck, secret=SECRET, today=now.date())
        neighbour = workshops.start_workshop(Settings("Neighbour"), deck, secret=SECRET, today=now.date())
        fill(many.workshop_id, n)
        token = workshops.voting_access(neighbour.workshop_id, secret=SECRET)[Group.IT].token
        workshops.lock_group(neighbour.workshop_id, Group.CUSTOMERS, now=now)  # of nobody: costs nothing
    client = app.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    client.get(f"/f/{many.token}")
    desk = f"/desk/{many.workshop_id}"
    sender = Sender(app, token)
    sender.start()
    time.sleep(1)
    usual = sorted(sender.waited)[len(sender.waited) // 2]
    lock = clock(lambda: client.post(f"{desk}/lock/customers"), 303)
    sender.over.set()
    sender.join()
    client.post(f"{desk}/lock/it")
    client.post(f"{desk}/reveal")
    report = clock(lambda: client.get(f"{desk}/report"), 200)
    print(
        f"{name:>10}  {n:>7,}  {lock:>5.2f} s  {report:>5.2f} s  {lock / report:>13.2f}  "
        f"{1000 * usual:.0f} ms, {1000 * max(sender.waited):.0f} ms; {sender.refused} of {len(sender.waited)}"
    )


class Sender(threading.Thread):
    """Sends one ballot of a neighbour's workshop after another, each by another person."""

    def __init__(self, app: Flask, token: str) -> None:
        super().__init__()
        self.app, self.token, self.waited, self.refused, self.over = app, token, [0.0], 0, threading.Event()

    def run(self) -> None:
        with self.app.app_context():
            door = voting.find_voting(self.token, secret=SECRET)
            while not self.over.is_set():
                begun = time.perf_counter()
                try:
                    voting.cast_ballot(door, new_key(), StoredBallot(new_ballot_id(), Ballot(("A-01", "B-02", "C-03"))))
                except Exception:  # noqa: BLE001  whatever it was, the ballot was refused
                    self.refused += 1
                self.waited.append(time.perf_counter() - begun)


def clock(work: Callable[[], object], status: int) -> float:
    """Seconds to the last byte of an answer."""
    start = time.perf_counter()
    answer = work()
    assert answer.status_code == status, answer  # type: ignore[attr-defined]
    assert answer.data is not None  # type: ignore[attr-defined]
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
