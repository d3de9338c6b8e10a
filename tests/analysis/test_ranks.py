from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardsort.analysis.ranks import centre_ranks, count_listed, find_membership, find_places, sum_products, tally


def pad(ballots: list[list[int]], depth: int = 0) -> np.ndarray:
    width = max([depth, *map(len, ballots)])
    return np.array([ballot + [-1] * (width - len(ballot)) for ballot in ballots], dtype=np.int16)


@st.composite
def ballot_boxes(draw: st.DrawFn, size: int = 6) -> list[list[int]]:
    ballot = st.permutations(range(size)).flatmap(lambda order: st.integers(1, size).map(lambda k: list(order[:k])))
    return draw(st.lists(ballot, min_size=1, max_size=8))


def test_ranks_by_hand():
    # of 5 cards: [3, 1] leaves places 3, 4, 5 to the others (4 each); [1] leaves 2 to 5 (7/2 each)
    counted = tally(pad([[3, 1], [1]]), 5)
    assert [Fraction(int(s), 4) for s in counted.rank_sums] == [
        Fraction(15, 4),
        Fraction(3, 2),
        Fraction(15, 4),
        Fraction(9, 4),
        Fraction(15, 4),
    ]
    assert Fraction(counted.unlisted_sum, 4) == Fraction(15, 4)
    assert counted.listed.tolist() == [0, 2, 0, 1, 0]
    assert counted.listed_within(1).tolist() == [0, 1, 0, 1, 0]
    assert counted.lengths.tolist() == [1, 2]
    assert counted.ballots.tolist() == [1, 1]


def test_a_whole_deck_leaves_nothing_over():
    assert centre_ranks(pad([[2, 0, 1]]), 3).tolist() == [[0, 2, -2]]
    assert tally(pad([[2, 0, 1]]), 3).rank_sums.tolist() == [4, 6, 2]


def test_the_mean_rank_is_the_mean_over_all_completions():
    for ballot in ([4], [4, 0], [1, 2, 3], [0, 1, 2, 3, 4]):
        rest = [card for card in range(5) if card not in ballot]
        whole = [[*ballot, *order] for order in permutations(rest)]
        completed = tally(pad(whole), 5).rank_sums
        assert (completed == tally(pad([ballot]), 5).rank_sums * len(whole)).all()


@given(ballot_boxes())
def test_tally_and_single_ranks_say_the_same(ballots: list[list[int]]):
    rankings = pad(ballots)
    centred = centre_ranks(rankings, 6)
    counted = tally(rankings, 6)
    assert (centred.sum(axis=1) == 0).all()
    assert counted.centred_sums.tolist() == centred.sum(axis=0, dtype=int).tolist()
    assert counted.n == len(ballots)
    assert counted.rank_sums.sum() == len(ballots) * 6 * 7
    assert counted.listed.sum() == sum(map(len, ballots))
    assert count_listed(rankings).tolist() == list(map(len, ballots))


@given(ballot_boxes())
def test_second_moments_are_the_sum_of_products(ballots: list[list[int]]):
    centred = centre_ranks(pad(ballots), 6).astype(int)
    assert sum_products(pad(ballots), 6).tolist() == (centred.T @ centred).tolist()


@pytest.mark.parametrize("size", [52, 120])
def test_second_moments_of_many_ballots_are_exact(size: int):
    random = np.random.default_rng(3)
    rankings = random.permuted(np.tile(np.arange(size, dtype=np.int16), (9000, 1)), axis=1)
    centred = centre_ranks(rankings, size).astype(np.int64)
    assert (sum_products(rankings, size) == centred.T @ centred).all()


def test_no_ballots_count_as_nothing():
    counted = tally(np.empty((0, 4), dtype=np.int16), 6)
    assert counted.n == 0
    assert counted.rank_sums.tolist() == [0] * 6


def test_equal_values_share_a_block_of_places():
    low, high = find_places(np.array([7, 3, 7, 9, 7]))
    assert low.tolist() == [2, 1, 2, 5, 2]
    assert high.tolist() == [4, 1, 4, 5, 4]


@given(st.lists(st.lists(st.integers(0, 5), min_size=4, max_size=4), min_size=1, max_size=5))
def test_places_are_counts_of_smaller_and_larger_values(rows: list[list[int]]):
    low, high = find_places(np.array(rows))
    assert low.tolist() == [[1 + sum(other < value for other in row) for value in row] for row in rows]
    assert high.tolist() == [[4 - sum(other > value for other in row) for value in row] for row in rows]


def test_cards_tied_over_the_cut_belong_to_the_top_in_part():
    low, high = find_places(np.array([1, 5, 5, 5, 9]))
    assert find_membership(low, high, 3).tolist() == [1, 2 / 3, 2 / 3, 2 / 3, 0]


@given(st.lists(st.integers(0, 5), min_size=5, max_size=5), st.integers(1, 5))
def test_the_top_always_has_its_size(values: list[int], top: int):
    assert find_membership(*find_places(np.array(values)), top).sum() == pytest.approx(top)
