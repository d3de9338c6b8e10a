"""A database that vanishes or turns read-only costs seconds, no ballot, and a few lines of the log."""

from tests.browser.live import Server
from tests.trust import outages
from tests.trust.figures import SMALL
from tests.trust.test_durability import check


def check_again(outcome, log):
    check(outcome)
    assert max(outcome.seconds) <= outages.AGAIN
    assert len(log) < 40
    assert not any("Traceback" in line for line in log)


def test_a_primary_that_is_killed_loses_and_doubles_nothing_and_the_promoted_standby_takes_ballots_in_seconds():
    check_again(*outages.primary_killed(Server, SMALL))


def test_a_primary_that_falls_silent_keeps_no_ballot_waiting_for_longer_than_seconds_once_the_standby_is_promoted():
    check_again(*outages.primary_silent(Server, SMALL))


def test_a_database_that_turns_read_only_is_an_outage_that_health_tells_until_it_can_be_written_to(
    server_on_postgres, own_database
):
    outcome, said, log = outages.read_only(server_on_postgres, own_database, SMALL)
    assert said == {(503, "The database is read-only.\n")}
    assert 503 in outcome.statuses
    check_again(outcome, log)
    assert outages.health(server_on_postgres) == (200, "ok\n")
