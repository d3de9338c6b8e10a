import pytest

from cardsort.analysis.compare import compare
from cardsort.analysis.sayable import sayable, sayable_of
from tests.analysis.decks import make_ballots, make_deck

NOTHING, PLACES, SHARES, FLAGS, EVERYTHING = range(5)


@pytest.mark.parametrize(
    ("n", "said", "words"),
    [
        (0, NOTHING, "Fewer than 3 people answered"),
        (2, NOTHING, "Fewer than 3 people answered"),
        (3, PLACES, "A conversation starter: the smaller group has 3 people."),
        (4, PLACES, "A conversation starter"),
        (5, SHARES, "wide uncertainty"),
        (7, SHARES, "wide uncertainty"),
        (8, FLAGS, "Only the first two or three places are firm."),
        (19, FLAGS, "Only the first two or three places are firm."),
        (20, EVERYTHING, "have a band"),
        (99, EVERYTHING, "have a band"),
        (1000, EVERYTHING, "1,000 people: significance is cheap here, read the size of the gap"),
    ],
)
def test_the_fewer_the_people_the_less_is_said(n: int, said: int, words: str):
    found = sayable(n, 3)
    assert found.anything == (said >= PLACES)
    assert found.shares_with_intervals == (said >= SHARES)
    assert found.flags == found.position_uncertainty == (said >= FLAGS)
    assert found.rare_cards == (said >= EVERYTHING)
    assert words in found.caption


def test_a_raised_threshold_comes_first():
    found = sayable(9, 10)
    assert (found.anything, found.shares_with_intervals, found.flags) == (False, False, False)
    assert found.caption.startswith("Fewer than 10 people answered.")


def test_a_threshold_of_one_lets_one_person_speak():
    assert sayable(1, 1).caption == "A conversation starter: the smaller group has 1 person."


def test_of_a_comparison_the_smaller_group_counts():
    deck = make_deck(6)
    ballots = make_ballots(deck, it=[[1, 2, 3]] * 6, customers=[[1, 2, 3]] * 9)
    assert sayable_of(compare(deck, ballots)).n == 6
    assert sayable_of(compare(deck, make_ballots(deck, it=[[1, 2, 3]] * 6))).n == 0
