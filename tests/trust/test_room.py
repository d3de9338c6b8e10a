"""A full room behind one address: nobody is refused, and every ballot is there."""

from collections import Counter

from tests.trust import room
from tests.trust.figures import SMALL
from tests.trust.sending import ranking_of


def test_a_full_room_joins_sorts_polls_and_sends_and_nobody_is_refused(server):
    visit = room.visit(server, SMALL)
    assert visit.stored == Counter(ranking_of(number) for number in range(SMALL.tablets))
    assert visit.unanswered == 0
    assert set(visit.statuses) == {200, 201, 303}
    assert (visit.statuses[201], visit.statuses[303]) == (SMALL.tablets, SMALL.tablets)
