"""Locking is exact over HTTP, too: what was acknowledged is in the result, and nothing else."""

from tests.trust import lock_race
from tests.trust.figures import SMALL


def check(server):
    for _ in range(SMALL.lock_rounds):
        race = lock_race.race(server, SMALL)
        assert race.acknowledged == race.in_result
        assert race.at_once == race.in_result
        assert race.counted == race.acknowledged.total()
        assert race.sent >= SMALL.lock_submits
        assert race.statuses == {201, 423}


def test_the_acknowledged_ballots_of_a_race_against_the_lock_are_the_result(server):
    check(server)


def test_two_workers_on_postgresql_lock_as_exactly(gunicorn):
    check(gunicorn)
