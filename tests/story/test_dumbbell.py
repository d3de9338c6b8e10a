"""All cards in one picture: every mark stands where its place is."""

from cardsort.analysis.compare import compare
from cardsort.files.ballotfile import read_ballots
from cardsort.story.charts.dumbbell import dumbbells


def test_a_mark_stands_at_its_place_between_the_first_and_the_last(deck):
    lines = ["group,ranking", *["it,A-01 A-02 A-03"] * 3, *["customers,A-02 S-05 A-01"] * 4]
    pairs = dumbbells(compare(deck, read_ballots("\n".join(lines), deck), picks=3, threshold=3, seed=1), deck).pairs
    first, last = pairs[0], pairs[-1]
    assert (len(pairs), deck.size, first.card.code) == (52, 52, "A-02")
    assert (first.customers.place, first.customers.middle, first.customers.tied) == ("1", 0, False)
    assert (first.it.place, first.it.middle) == ("2", round(1 / 51, 4))
    assert (last.customers.place, last.customers.tied) == ("4–52", True)
    assert (last.customers.low, last.customers.middle, last.customers.high) == (round(3 / 51, 4), round(27 / 51, 4), 1)
