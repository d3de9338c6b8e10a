import numpy as np
import pytest

from cardsort.analysis.lenses import find_balance, find_lens_zone
from cardsort.analysis.ranks import tally
from cardsort.analysis.result import LensBalance
from cardsort.analysis.selection import Terms
from tests.analysis.decks import make_deck
from tests.analysis.test_ranks import pad

DECK = make_deck(6)  # customer, process, cost, customer, process, cost
TERMS = Terms(DECK.codes, depth=3, threshold=1, seed=1)


def test_shares_of_pain_by_hand():
    # ballots [0, 3, 1]: ranks 1, 2, 3 of U = 5: scores 100, 75, 50; two cards of each lens
    found = find_balance(DECK, TERMS, tally(pad([[0, 3, 1]] * 20), 6))
    assert found.customer == pytest.approx(175 / 225)
    assert found.process == pytest.approx(50 / 225)
    assert found.cost == 0
    assert found.zone == "cost without customer"


def test_a_card_tied_over_the_cut_counts_in_part():
    # [0, 1] and [0, 2]: ranks of 2 and 3: (2 + 4.5)/2 = 3.25, U = 4.5, scores 100 and 250/7; top 2: half of each
    found = find_balance(DECK, Terms(DECK.codes, 2, 1, 1), tally(pad([[0, 1], [0, 2]] * 10), 6))
    assert found.customer == pytest.approx(100 / (100 + 250 / 7))
    assert found.process == found.cost == pytest.approx(125 / 7 / (100 + 250 / 7))
    assert found.zone is None  # process and cost are equally strong


def test_no_zone_is_named_from_fewer_cards_than_the_top():
    found = find_balance(DECK, TERMS, tally(pad([[0, 3]] * 20), 6))
    assert found.customer == 1.0
    assert found.zone is None


def test_no_zone_is_named_from_fewer_than_twenty_people():
    twenty = find_balance(DECK, TERMS, tally(pad([[0, 3, 1]] * 20), 6))
    fewer = find_balance(DECK, TERMS, tally(pad([[0, 3, 1]] * 19), 6))
    assert (twenty.zone, fewer.zone) == ("cost without customer", None)
    assert fewer.customer == twenty.customer


def test_a_deck_without_all_three_lenses_has_no_balance():
    plain = make_deck(6, lenses=False)
    assert find_balance(plain, TERMS, tally(pad([[0, 3, 1]]), 6)) == LensBalance(None, None, None, None)


@pytest.mark.parametrize(
    ("shares", "zone"),
    [
        ((0.2, 0.3, 0.5), "customer without cost"),
        ((0.2, 0.5, 0.3), "customer without process"),
        ((0.5, 0.2, 0.3), "process without customer"),
        ((0.3, 0.2, 0.5), "process without cost"),
        ((0.5, 0.3, 0.2), "cost without customer"),
        ((0.3, 0.5, 0.2), "cost without process"),
        ((0.30, 0.26, 0.44), "process without cost"),
        ((0.30, 0.28, 0.42), "balanced"),
        ((0.25, 0.35, 0.40), "customer without cost"),  # a difference of 0.15 is no balance any more
        ((0.5, 0.25, 0.25), None),
        ((0.4, 0.4, 0.2), None),
        ((1 / 3, 1 / 3, 1 / 3), "balanced"),
    ],
)
def test_the_zone_is_strong_without_missing(shares: tuple[float, ...], zone: str | None):
    assert find_lens_zone(np.array(shares)) == zone
