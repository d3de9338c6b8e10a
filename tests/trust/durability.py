"""Ballots sent while the server is struck: what was acknowledged is there, once, and the rest at most once."""

import json
import random
import resource
import signal
import time
from collections import Counter
from dataclasses import dataclass

from tests.browser.live import Facilitator, Server
from tests.trust.sending import Crowd, Respondent, ranking_of, rankings_in_result, reveal
from tests.trust.servers import Gunicorn, own_postgres, running
from tests.trust.table import Row

READY = 3.0  # seconds from a new start to the first answer
LARGE = json.dumps({"draft": {"words": "x" * 15_000}}).encode()
SENTENCE = "Not saved: the server cannot write at the moment. Keep this page open and try again in a minute."


@dataclass(frozen=True)
class Outcome:
    """What became of the ballots; `seconds` are those that the server needed after each blow."""

    acknowledged: int
    missing: int  # acknowledged, and not in the result
    twice: int
    strange: int  # in the result, and sent by nobody
    statuses: set[int]
    seconds: list[float]

    @property
    def wrong(self):
        return self.missing, self.twice, self.strange


def send_through(server, strike, *, times, ballots):
    """Send at least so many ballots while `strike(link)` hits the server so many times, at random moments."""
    desk, dice, seconds = Facilitator(server).start(), random.Random(), []
    link = desk.link("customers")
    with Crowd(link) as crowd:
        for _ in range(times):
            time.sleep(dice.uniform(0.02, 0.5))
            seconds.append(strike(link))
        crowd.wait_for(ballots)
    reveal(desk)
    stored = Counter(rankings_in_result(desk))
    sent, acknowledged = ({ranking_of(n) for n in numbers} for numbers in (crowd.sent, crowd.acknowledged))
    return Outcome(
        acknowledged=len(acknowledged),
        missing=len(acknowledged - stored.keys()),
        twice=sum(count > 1 for count in stored.values()),
        strange=len(stored.keys() - sent),
        statuses=crowd.statuses,
        seconds=seconds,
    )


def killed(server, figures):
    """The server is killed and started again, on the same data."""

    def strike(_link):
        server.stop(signal.SIGKILL)
        begin = time.monotonic()
        server.start()
        return time.monotonic() - begin

    return send_through(server, strike, times=figures.kills, ballots=figures.ballots)


def worker_killed(gunicorn, figures):
    """One of gunicorn's workers is killed; the other serves on, and gunicorn starts a new one."""

    def strike(link):
        gunicorn.kill_worker()
        return seconds_until_saved(link)

    return send_through(gunicorn, strike, times=figures.worker_kills, ballots=figures.ballots)


def database_away(server, postgres, figures):
    """PostgreSQL is stopped under the running server, and started again."""

    def strike(link):
        postgres.stop()
        wait_for_refusal(link)
        postgres.start()
        return seconds_until_saved(link)

    return send_through(server, strike, times=figures.outages, ballots=figures.ballots)


def disk_full(server, figures):
    """No file of the server may grow beyond a random size, as if the disk was full; then there is room again."""

    def strike(link):
        written = (server.data / "cardsort.db-wal").stat().st_size
        allow(random.randrange(4096, written + 4097))
        wait_for_refusal(link)
        allow(resource.RLIM_INFINITY)
        return seconds_until_saved(link)

    def allow(size):
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    return send_through(server, strike, times=figures.outages, ballots=figures.ballots)


def wait_for_refusal(link):
    """Keep one long draft after the other until one is refused, with the sentence."""
    status, text = 200, b""
    while status == 200:
        with Respondent(link, 0) as tablet:
            status, _headers, text = tablet.ask("PUT", f"{tablet.path}/draft", LARGE)
    assert (status, json.loads(text)["message"]) == (503, SENTENCE)


def seconds_until_saved(link):
    begin = time.monotonic()
    with Respondent(link, 0) as tablet:
        assert tablet.keep_draft()
    return time.monotonic() - begin


def measure(figures):
    with running(Server) as server:
        outcome = killed(server, figures)
        yield row(f"kill -9 of the server, {figures.kills} times", outcome)
        slowest, usual = max(outcome.seconds), sorted(outcome.seconds)[len(outcome.seconds) // 2]
        ready = f"{slowest:.1f} s (median {usual:.1f})"
        yield Row("  started again after a kill, the slowest", ready, f"within {READY:g} s", slowest <= READY)
        yield row(f"the disk is full, {figures.outages} times", disk_full(server, figures))
    with own_postgres() as postgres:
        with running(Gunicorn, postgres.new_database()) as gunicorn:
            yield row(f"kill -9 of a worker, {figures.worker_kills} times", worker_killed(gunicorn, figures))
        with running(Server, postgres.new_database()) as server:
            away = database_away(server, postgres, figures)
            yield row(f"PostgreSQL stopped and started, {figures.outages} times", away)


def row(what, outcome):
    measured = f"{'-'.join(map(str, outcome.wrong))} of {outcome.acknowledged}"
    return Row(f"{what}: ballots missing, twice, strange", measured, "0-0-0", outcome.wrong == (0, 0, 0))
