"""The result page's charts: every mark stands where its place is."""

from cardsort.analysis.ballotfile import read_ballots
from cardsort.analysis.compare import compare
from cardsort.web.charts import Mark, dumbbell_chart


def test_the_axis_gives_each_place_as_much_room_and_a_mark_stands_in_its_middle(deck):
    lines = ["group,ranking", *["it,A-01 A-02 A-03"] * 3, *["customers,A-02 S-05 A-01"] * 4]
    found = dumbbell_chart(compare(deck, read_ballots("\n".join(lines), deck), picks=3, threshold=3, seed=1))
    first = found[0]
    assert (len(found), first.code) == (deck.size, "A-02") == (52, "A-02")
    assert first.customers == Mark(middle=0.96, low=0.96, high=0.96, tied=False)  # the first 52nd goes to 1.92
    assert first.it == Mark(middle=2.88, low=2.88, high=2.88, tied=False)
    assert found[-1].customers == Mark(middle=52.88, low=6.73, high=99.04, tied=True)  # 4–52
