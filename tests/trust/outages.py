"""A database that vanishes, falls silent or turns read-only under ballots, which are stored again in seconds."""

import time
import urllib.error
import urllib.request
from contextlib import closing

from tests.browser.live import Server
from tests.trust.durability import row, seconds_until_saved, send_through, wait_for_refusal
from tests.trust.pair import Road, address_by, own_pair
from tests.trust.servers import Gunicorn, own_postgres, running
from tests.trust.table import Row

AGAIN = 10.0  # seconds after a promotion or a return, within which ballots are stored again


def primary_killed(kind, figures):
    return _promoted(kind, figures, lambda pair: pair.kill_first())


def primary_silent(kind, figures):
    return _promoted(kind, figures, lambda pair: pair.silence_first())


def _promoted(kind, figures, cut_off):
    """The first server of a pair is cut off, a moment later the second takes its place. Also what was logged."""
    with own_pair() as pair, running(kind, pair.address) as server:

        def strike(link):
            cut_off(pair)
            time.sleep(1)  # ballots are on their way
            pair.promote_second()
            return seconds_until_saved(link)

        return send_through(server, strike, times=1, ballots=figures.ballots), logged(server)


def silent_for_a_while(kind, postgres, figures):
    """The only server is not heard of, and then again."""
    database = postgres.new_database()
    with closing(Road(postgres.socket)) as road, running(kind, address_by([road], database)) as server:

        def strike(link):
            road.fall_silent()
            wait_for_refusal(link)
            road.speak()
            return seconds_until_saved(link)

        return send_through(server, strike, times=figures.outages, ballots=figures.ballots), logged(server)


def read_only(server, postgres, figures):
    """The database can be read but not written to, and then again. What /health said meanwhile."""
    said = set()

    def strike(link):
        postgres.set("default_transaction_read_only", "on")
        wait_for_refusal(link)
        said.add(health(server))
        postgres.set("default_transaction_read_only", "off")
        return seconds_until_saved(link)

    outcome = send_through(server, strike, times=figures.outages, ballots=figures.ballots)
    return outcome, said, logged(server)


def health(server):
    try:
        with urllib.request.urlopen(f"{server.loopback}/health", timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()


def logged(server):
    return (server.data / "server.log").read_text().splitlines()


def measure(figures):
    for name, kind in (("cardsort run", Server), ("gunicorn", Gunicorn)):
        yield from rows(f"the primary killed, the standby promoted ({name})", primary_killed(kind, figures)[0])
        yield from rows(f"the primary silent, the standby promoted ({name})", primary_silent(kind, figures)[0])
    with own_postgres() as postgres:
        outcome, _log = silent_for_a_while(Gunicorn, postgres, figures)
        yield from rows(f"PostgreSQL silent, {figures.outages} times", outcome)
        with running(Gunicorn, postgres.new_database()) as server:
            yield from rows(f"PostgreSQL read-only, {figures.outages} times", read_only(server, postgres, figures)[0])


def rows(what, outcome):
    yield row(what, outcome)
    slowest = max(outcome.seconds)
    yield Row("  stored again, the slowest", f"{slowest:.1f} s", f"within {AGAIN:g} s", slowest <= AGAIN)
