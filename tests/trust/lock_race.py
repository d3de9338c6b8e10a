"""The lock falls while ballots arrive: those acknowledged are those in the result, and all others are told so."""

import itertools
import random
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tests.browser.live import Facilitator, Server
from tests.trust.sending import PATIENCE, THREADS, Respondent, ranking_of, rankings_in_result, reveal
from tests.trust.servers import Gunicorn, own_postgres, running
from tests.trust.table import Row

SHOWN_FROM = 3  # people: below, a result is told of nobody


@dataclass(frozen=True)
class Race:
    """One round: the rankings acknowledged; those in the file of ballots, read at once after the lock while others
    still try, and again at the end; and the people counted in the result.
    """

    acknowledged: Counter[tuple[str, ...]]
    at_once: Counter[tuple[str, ...]]
    in_result: Counter[tuple[str, ...]]
    counted: int
    sent: int
    statuses: set[int]

    @property
    def exact(self):
        same = self.acknowledged == self.at_once == self.in_result
        return same and self.counted == self.acknowledged.total()


def race(server, figures):
    """At least so many submits; the lock falls as soon as a random number of them has been acknowledged."""
    desk = Facilitator(server).start()
    link, falls_after = desk.link("customers"), random.randint(SHOWN_FROM, figures.lock_submits)
    numbers, acknowledged, statuses = itertools.count(), [], set()
    enough, locked = threading.Event(), threading.Event()

    def send_on():
        for number in numbers:
            late = locked.is_set() and number >= figures.lock_submits
            with Respondent(link, number) as respondent:
                if respondent.send():
                    acknowledged.append(ranking_of(number))
            statuses.update(respondent.statuses)
            if len(acknowledged) >= falls_after:
                enough.set()
            if late:
                return

    with ThreadPoolExecutor(THREADS) as pool:
        sending = [pool.submit(send_on) for _ in range(THREADS)]
        enough.wait(PATIENCE)
        reveal(desk)
        at_once = Counter(rankings_in_result(desk))
        locked.set()
    assert [one.result() for one in sending] == [None] * THREADS
    counted = desk.result()["lists"]["customers_own"]["n"]
    return Race(Counter(acknowledged), at_once, Counter(rankings_in_result(desk)), counted, next(numbers), statuses)


def measure(figures):
    with running(Server) as server:
        yield row("SQLite", server, figures)
    with own_postgres() as postgres, running(Gunicorn, postgres.new_database()) as gunicorn:
        yield row("PostgreSQL, two workers", gunicorn, figures)


def row(name, server, figures):
    races = [race(server, figures) for _ in range(figures.lock_rounds)]
    exact = sum(one.exact and one.statuses == {201, 423} for one in races)
    acknowledged = sum(one.acknowledged.total() for one in races)
    sent = sum(one.sent for one in races)
    what = f"the lock against {figures.lock_submits} submits on {name} ({acknowledged} of {sent} taken): rounds exact"
    return Row(what, f"{exact} of {len(races)}", "all", exact == len(races))
