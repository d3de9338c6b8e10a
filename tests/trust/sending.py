"""Respondents who do as the ballot page does, by plain requests: the same ballot and id until it is answered."""

import csv
import http.client
import io
import itertools
import json
import random
import secrets
import threading
import time
import urllib.parse

from cardsort.usecases.decks import shipped_deck
from tests.browser.live import Facilitator

CODES = shipped_deck().codes
THREADS = 8
PATIENCE = 60  # seconds after which something is wrong with the trial itself


def ranking_of(number):
    """Ten cards, in an order that no other number has."""
    cards, ranking = list(CODES), []
    for _ in range(10):
        number, place = divmod(number, len(cards))
        ranking.append(cards.pop(place))
    return tuple(ranking)


class Respondent:
    """One device with its cookie and an open connection."""

    def __init__(self, link, number):
        parts = urllib.parse.urlsplit(link)
        self.link, self.path = link, parts.path
        self.connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
        self.become(number)

    def become(self, number):
        """The next person takes the device: another ballot, and nothing known of the last."""
        self.number, self.cookies = number, {}
        self.statuses = []  # of all answers that came
        ranking = ranking_of(number)
        self.ballot = json.dumps({"id": secrets.token_hex(16), "kind": "own", "ranking": ranking}).encode()
        self.draft = json.dumps({"draft": {"version": 1, "ranking": ranking}}).encode()
        return self

    def ask(self, method, path, body=None, kind="application/json"):
        """The answer's status, headers and text; OSError or HTTPException where none comes."""
        headers = {"Sec-Fetch-Site": "same-origin", "Cookie": "; ".join(map("=".join, self.cookies.items()))}
        try:
            self.connection.request(method, path, body, {**headers, "Content-Type": kind} if body else headers)
            answer = self.connection.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            raise
        for cookie in answer.headers.get_all("Set-Cookie", ()):
            self.cookies.update([cookie.split(";")[0].split("=", 1)])
        self.statuses.append(answer.status)
        return answer.status, answer.headers, text

    def insist(self, method, path, body, *, tries=None):
        """Whether it was done; again after 503 and where no answer comes, at most `tries` times."""
        end = time.monotonic() + PATIENCE
        for _ in itertools.count() if tries is None else range(tries):
            try:
                status = self.ask(method, path, body)[0]
            except (OSError, http.client.HTTPException):
                status = None
            if status not in {None, 503}:
                return status in {200, 201}
            assert time.monotonic() < end, f"no answer to {method} {path} in {PATIENCE} seconds"
            time.sleep(random.uniform(0.02, 0.2))
        return False

    def keep_draft(self, **how):
        return self.insist("PUT", f"{self.path}/draft", self.draft, **how)

    def send(self, **how):
        """Whether the ballot was acknowledged."""
        return self.insist("POST", f"{self.path}/ballots", self.ballot, **how)

    def again(self):
        """The same person's device once more, with a connection of its own."""
        twin = Respondent(self.link, self.number)
        twin.cookies, twin.ballot = dict(self.cookies), self.ballot
        return twin

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.connection.close()


class Crowd:
    """Several threads that let one respondent after the other send through the link; every fourth tries once only."""

    def __init__(self, link):
        self.link, self.numbers = link, itertools.count()
        self.sent, self.acknowledged, self.faults = [], [], []
        self.statuses = set()
        self.done = threading.Event()
        self.threads = [threading.Thread(target=self._work) for _ in range(THREADS)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_error):
        self.done.set()
        for thread in self.threads:
            thread.join()
        assert self.faults == []

    def wait_for(self, ballots):
        """Until so many are acknowledged."""
        end = time.monotonic() + PATIENCE
        while len(self.acknowledged) < ballots and not self.faults:
            assert time.monotonic() < end, f"{len(self.acknowledged)} of {ballots} ballots in {PATIENCE} seconds"
            time.sleep(0.05)

    def _work(self):
        try:
            while not self.done.is_set():
                self._vote(next(self.numbers))
        except Exception as fault:  # noqa: BLE001  told at the end
            self.faults.append(fault)

    def _vote(self, number):
        tries = 1 if number % 4 == 3 else None
        self.sent.append(number)
        with Respondent(self.link, number) as respondent:
            respondent.keep_draft(tries=tries)
            if respondent.send(tries=tries):
                self.acknowledged.append(number)
        self.statuses.update(respondent.statuses)


def reveal(desk: Facilitator):
    """Lock both groups and reveal: from now on the result can be read."""
    for group in ("customers", "it"):
        desk.lock(group)
    desk.reveal()


def rankings_in_result(desk: Facilitator):
    """The customers' rankings as the result has them, in the order of the file."""
    status, text = desk.request(f"{desk.desk}/ballots.csv")
    assert status == 200, text
    rows = csv.DictReader(io.StringIO(text.decode()))
    return [tuple(row["ranking"].split()) for row in rows if row["group"] == "customers"]
