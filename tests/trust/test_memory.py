"""The soak's look at the memory, on a few ballots: it counts what it sends."""

from tests.trust import memory
from tests.trust.figures import SMALL


def test_a_server_that_has_stored_hundreds_of_ballots_takes_no_more_memory_than_before(server):
    taken, stored = memory.send_and_watch(server, SMALL)
    assert (max(taken), stored) == (SMALL.memory_ballots, SMALL.memory_ballots)
    assert taken[SMALL.memory_ballots] - taken[SMALL.memory_first] <= memory.STEADY
