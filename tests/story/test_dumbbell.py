"""Both places of a card: every mark stands where its place is."""

from cardsort.analysis.compare import compare
from cardsort.files.ballotfile import read_ballots
from cardsort.story.charts.dumbbell import pair


def test_a_mark_stands_at_its_place_between_the_first_and_the_last(deck):
    lines = ["group,ranking", *["it,A-01 A-02 A-03"] * 3, *["customers,A-02 S-05 A-01"] * 4]
    found = compare(deck, read_ballots("\n".join(lines), deck), picks=3, threshold=3, seed=1)
    first, last = pair(found, "A-02"), pair(found, "C-01")
    assert (deck.size, first.customers.middle, first.customers.tied) == (52, 0, False)
    assert first.it.middle == round(1 / 51, 4)
    assert last.customers.tied
    assert (last.customers.low, last.customers.middle, last.customers.high) == (round(3 / 51, 4), round(27 / 51, 4), 1)


def test_a_list_that_is_hidden_has_no_mark(deck):
    lines = ["group,ranking", *["it,A-01 A-02 A-03"] * 2, *["customers,A-02 S-05 A-01"] * 4]
    found = compare(deck, read_ballots("\n".join(lines), deck), picks=3, threshold=3, seed=1)
    assert (pair(found, "A-02").it, pair(found, "A-02").clear) == (None, False)
