"""Acknowledged is on disk, once, whatever befalls the server while ballots are sent."""

from tests.trust import durability
from tests.trust.figures import SMALL


def check(outcome):
    assert outcome.wrong == (0, 0, 0)
    assert outcome.acknowledged >= SMALL.ballots
    assert outcome.statuses <= {200, 201, 503}


def test_a_server_killed_at_random_moments_has_each_acknowledged_ballot_once(server):
    check(durability.killed(server, SMALL))


def test_a_disk_that_fills_up_while_ballots_are_sent_loses_none_that_was_acknowledged(server):
    check(durability.disk_full(server, SMALL))  # a draft was refused with the sentence meanwhile
    assert "Traceback" not in (server.data / "server.log").read_text()


def test_a_killed_worker_of_gunicorn_takes_no_acknowledged_ballot_with_it(gunicorn):
    check(durability.worker_killed(gunicorn, SMALL))


def test_a_postgresql_that_goes_away_and_comes_back_is_a_sentence_meanwhile_and_needs_no_restart(
    server_on_postgres, own_database
):
    outcome = durability.database_away(server_on_postgres, own_database, SMALL)
    check(outcome)
    assert 503 in outcome.statuses
    assert server_on_postgres.process.poll() is None
    assert "Traceback" not in (server_on_postgres.data / "server.log").read_text()
