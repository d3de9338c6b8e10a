import numpy as np
import pytest

from cardsort.analysis.basis import find_basis
from cardsort.analysis.compare import compare
from cardsort.analysis.intervals import wilson
from cardsort.analysis.jsonform import to_json
from cardsort.analysis.result import BasisRate
from cardsort.files.ballotfile import read_ballots
from tests.analysis.decks import make_deck

CHOSEN = np.array([1.0, 1.0, 0.5, 0.5, 0.0, 0.0])  # the customers' top 3: cards 0, 1 and half of 2 and 3
RANKINGS = np.array([[0, 1, 2], [4, 0, 5], [1, 2, 3], [5, 4, 0]], dtype=np.int16)
KNOW, THINK, NOT_SAID = 0, 1, -1
SAID = np.array([[0, 1, 1], [1, 1, -1], [1, 0, -1], [1, 0, -1]], dtype=np.int8)
SENT, TYPED = np.zeros(4, dtype=np.int8), np.array([0, 0, 0, 1], dtype=np.int8)


def test_who_said_it_on_a_typed_ballot_does_not_count_towards_the_threshold():
    found = find_basis(RANKINGS, SAID, TYPED, CHOSEN, 3)  # three say know, one of them on paper
    assert found is not None
    assert found.know == found.think == BasisRate(None, None, None)
    assert found.think_share == (3 / 4, 2 / 4, None)


def test_shares_and_hit_rates_by_hand():
    found = find_basis(RANKINGS, SAID, SENT, CHOSEN, 1)
    assert found is not None
    assert found.think_share_first == 3 / 4
    assert found.think_share == (3 / 4, 2 / 4, 1.0)
    # know: card 0 (1), card 2 (1/2), card 4 (0); think: 1 (1), 2 (1/2), 4 (0), 0 (1), 1 (1), 5 (0)
    assert (found.know.n, found.know.hit_rate) == (3, 0.5)
    assert (found.think.n, found.think.hit_rate) == (6, 3.5 / 6)
    assert found.think.interval == pytest.approx(wilson(np.array(3.5), 6))


def test_a_share_of_fewer_people_than_the_threshold_is_not_told():
    found = find_basis(RANKINGS, SAID, SENT, CHOSEN, 3)
    assert found is not None
    assert found.think_share == (3 / 4, 2 / 4, None)
    assert found.know.hit_rate == 0.5  # three people said it


def test_where_too_few_said_one_of_the_two_neither_is_told():
    found = find_basis(RANKINGS, SAID, SENT, CHOSEN, 4)  # three people said know, four think
    assert found is not None
    assert found.know == found.think == BasisRate(None, None, None)


def test_that_nobody_said_one_of_the_two_is_told():
    said = np.where(SAID == KNOW, NOT_SAID, SAID).astype(np.int8)
    found = find_basis(RANKINGS, said, SENT, CHOSEN, 4)
    assert found is not None
    assert found.know == BasisRate(0, None, None)
    assert (found.think.n, found.think.hit_rate) == (6, 3.5 / 6)
    hidden = find_basis(RANKINGS, said, SENT, CHOSEN, 5)
    assert hidden is not None
    assert (hidden.know.n, hidden.think.n) == (0, None)


def test_a_hidden_rate_has_its_reason():
    rows = ["group,ranking,basis"] + ["it,C01 C02,know think"] * 2 + ["it,C01 C02,think think"] * 4
    ballots = read_ballots("\n".join([*rows, *["customers,C01 C02,"] * 3]), make_deck(6))
    found = compare(make_deck(6), ballots)
    assert to_json(found)["basis"]["think"] == {"n": None, "hit_rate": None, "interval": None}
    said = "Fewer than 3 people said one of “we know” and “we think”, so neither is shown."
    for word in ("know", "think"):
        assert [found.reasons[f"/basis/{word}/{key}"] for key in ("n", "hit_rate", "interval")] == [said] * 3


def test_without_the_customers_list_there_are_shares_only():
    found = find_basis(RANKINGS, SAID, SENT, None, 1)
    assert found is not None
    assert found.think_share_first == 3 / 4
    assert (found.think.n, found.think.hit_rate) == (6, None)


def test_a_place_that_nobody_spoke_of_is_undefined():
    said = np.array([[-1, 1, -1]] * 4, dtype=np.int8)
    found = find_basis(RANKINGS, said, SENT, CHOSEN, 1)
    assert found is not None
    assert found.think_share_first is None
    assert found.think_share == (None, 1.0)
    assert (found.know.n, found.know.hit_rate) == (0, None)


def test_where_nobody_said_anything_there_is_no_basis():
    assert find_basis(RANKINGS, np.full((4, 3), NOT_SAID, dtype=np.int8), SENT, CHOSEN, 1) is None
