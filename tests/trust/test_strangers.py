"""Strangers at their worst, and people vote on."""

from tests.trust import strangers
from tests.trust.figures import SMALL


def test_beside_requests_sent_by_half_others_are_answered(server):
    strangers.hold_halves(server, SMALL)


def test_ballots_are_taken_while_a_large_file_is_imported_into_another_workshop(server):
    statuses, _slowest, stored = strangers.vote_beside_an_import(server, SMALL)
    assert statuses == {201}
    assert stored == SMALL.lines
