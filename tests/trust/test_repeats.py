"""However often a ballot is sent, it is stored once."""

from tests.trust import repeats
from tests.trust.figures import SMALL


def test_the_same_request_ten_times_at_once_is_stored_once_and_acknowledged_ten_times(server):
    found = repeats.sent_together(server, SMALL)
    assert found.statuses == [[200] * 9 + [201]] * SMALL.repeated
    assert found.stored == SMALL.repeated


def test_where_answers_are_cut_off_after_storing_there_are_as_many_ballots_as_respondents(server):
    cut = repeats.answers_cut_off(server, SMALL)
    assert (cut.done, cut.stored) == (SMALL.cut_off, SMALL.cut_off)
    assert cut.lost > 0
