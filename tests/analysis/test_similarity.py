from fractions import Fraction
from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau, spearmanr

from cardsort.analysis.ranks import find_places
from cardsort.analysis.result import Position, Zone
from cardsort.analysis.similarity import (
    correlate_rows,
    find_gaps,
    find_profile_gaps,
    find_z_gaps,
    find_zone,
    hits,
    kendall_tau_b,
    pearson,
    rank_biased_overlap,
    spearman,
    standardise,
)
from tests.analysis import naive

four_sums = st.lists(st.integers(0, 3), min_size=4, max_size=4).map(np.array)
sums = st.lists(st.integers(0, 6), min_size=6, max_size=6).map(np.array)


def break_ties(values: np.ndarray) -> list[tuple[int, ...]]:
    """All orders of the cards that agree with the values."""
    return [order for order in permutations(range(len(values))) if (np.diff(values[list(order)]) >= 0).all()]


def overlap_of_uneven_lists(first: tuple[int, ...], second: tuple[int, ...], p: float) -> float:
    """RBO_ext, equation 32 of Webber, Moffat and Zobel (2010), as printed there: for lists of any two lengths."""
    short, long = sorted((first, second), key=len)
    s, l = len(short), len(long)  # noqa: E741 - the paper's names
    x = {d: len(set(short[:d]) & set(long[:d])) for d in range(1, l + 1)}
    series = sum(x[d] / d * p**d for d in range(1, l + 1))
    series += sum(x[s] * (d - s) / (s * d) * p**d for d in range(s + 1, l + 1))
    return (1 - p) / p * series + ((x[l] - x[s]) / l + x[s] / s) * p**l


def test_hits_by_hand():
    # the first list's top 3 holds cards 0, 1 and half of 2 and 3; the second's 1, 2 and 4
    assert hits(np.array([1, 2, 3, 3, 5]), np.array([9, 1, 2, 8, 3]), 3) == 1.5


def test_hits_of_one_list_with_itself_reversed():
    rising = np.arange(10)
    assert hits(rising, rising, 4) == 4
    assert hits(rising, rising[::-1], 4) == 0
    assert hits(rising, rising[::-1], 6) == 2


@given(four_sums, four_sums, st.integers(1, 3))
@settings(deadline=None)
def test_hits_are_the_mean_over_all_ways_to_break_the_ties(first: np.ndarray, second: np.ndarray, top: int):
    def share_in_top(values: np.ndarray) -> np.ndarray:
        orders = np.array(break_ties(values))[:, :top]
        return np.bincount(orders.ravel(), minlength=4) / len(orders)

    expected = share_in_top(first) @ share_in_top(second)
    assert hits(first, second, top) == pytest.approx(expected, abs=1e-12)


@given(sums, sums)
def test_correlations_are_scipys(first: np.ndarray, second: np.ndarray):
    if np.ptp(first) == 0 or np.ptp(second) == 0:
        assert spearman(first, second) is None
        assert kendall_tau_b(first, second) is None
        assert pearson(first, second) is None
    else:
        assert spearman(first, second) == pytest.approx(spearmanr(first, second).statistic, abs=1e-12)
        assert kendall_tau_b(first, second) == pytest.approx(kendalltau(first, second).statistic, abs=1e-12)
        assert pearson(first, second) == pytest.approx(np.corrcoef(first, second)[0, 1], abs=1e-12)


def test_rows_are_correlated_like_single_pairs():
    first, second = np.random.default_rng(1).normal(size=(2, 5, 9))
    expected = [pearson(one, other) for one, other in zip(first, second, strict=True)]
    assert correlate_rows(first, second) == pytest.approx(expected, abs=1e-12)
    assert correlate_rows(np.ones((1, 4)), np.arange(4.0)[None]).tolist() == [0.0]


def test_rank_biased_overlap_by_hand():
    # tops of 3: 0 1 2 and 0 2 4: overlaps 1, 1, 2 at depths 1, 2, 3
    first, second = np.array([1, 2, 3, 4, 5]), np.array([1, 4, 2, 5, 3])
    expected = 0.1 / 0.9 * (0.9 + 0.9**2 / 2 + 0.9**3 * 2 / 3) + 2 / 3 * 0.9**3
    assert rank_biased_overlap(first, second, 3) == pytest.approx(expected, abs=1e-15)


def test_rank_biased_overlap_of_equal_lists_is_one_and_of_others_nought():
    values = np.arange(10)
    assert rank_biased_overlap(values, values, 5) == pytest.approx(1, abs=1e-15)
    assert rank_biased_overlap(values, values[::-1], 5) == 0


@given(four_sums, four_sums)
@settings(deadline=None, max_examples=50)
def test_rank_biased_overlap_is_the_mean_over_all_ways_to_break_the_ties(first: np.ndarray, second: np.ndarray):
    orders = product(break_ties(first), break_ties(second))
    expected = [overlap_of_uneven_lists(one[:3], other[:3], 0.9) for one, other in orders]
    assert rank_biased_overlap(first, second, 3) == pytest.approx(np.mean(expected), abs=1e-12)


def test_a_gap_is_the_distance_between_tie_blocks():
    predicted, actual = find_places(np.array([1, 5, 5, 5, 7, 8])), find_places(np.array([6, 1, 2, 3, 3, 9]))
    # blocks predicted: 1, 2-4, 2-4, 2-4, 5, 6; actual: 5, 1, 2, 3-4, 3-4, 6
    assert find_gaps(predicted, actual).tolist() == [-4, 1, 0, 0, 1, 0]


@given(sums, sums)
def test_gaps_change_sign_with_the_lists(first: np.ndarray, second: np.ndarray):
    one, other = find_places(first), find_places(second)
    assert (find_gaps(one, other) == -find_gaps(other, one)).all()


def test_z_is_in_units_of_the_lists_own_spread():
    assert standardise(np.array([-3, -1, 1, 3])) == pytest.approx(np.array([3, 1, -1, -3]) / 5**0.5)
    assert standardise(np.zeros(4)).tolist() == [0, 0, 0, 0]


def test_a_z_gap_is_positive_where_customers_put_the_card_higher():
    found = find_z_gaps(predicted=np.array([-30, 10, 10, 10]), actual=np.array([3, -9, 3, 3]))
    assert found is not None
    assert (np.sign(found.round(9)) == [-1, 1, 0, 0]).all()


def test_a_profile_gap_by_hand():
    # z sorted: (3, 1, -1, -3)/√5 and (3, -1, -1, -1)/√3; places 1, 2, 3, 4 and 1, 3, 3, 3 (the middle of 2-4)
    found = find_profile_gaps(predicted=np.array([-3, -1, 1, 3]), actual=np.array([-9, 3, 3, 3]))
    assert found == pytest.approx(np.array([0, -1, 0, 1]) / 5**0.5, abs=1e-12)


def test_half_a_place_of_the_profile_is_read_between_its_neighbours():
    # one profile: (3, 1, -1, -3)/√5 and (3, 0, 0, -3)/√4.5; the tie of places 2 and 3 stands between them, at 0
    found = find_profile_gaps(predicted=np.array([-3, -1, 1, 3]), actual=np.array([-3, 0, 0, 3]))
    assert found == pytest.approx(np.array([0, -1, 1, 0]) / (2 * 5**0.5), abs=1e-12)


def test_a_right_but_more_unanimous_group_has_no_profile_gap_where_it_has_z_gaps():
    predicted, actual = np.array([-40, -30, 20, 50]), np.array([-4, -2, 1, 5])
    assert find_profile_gaps(predicted, actual).tolist() == [0, 0, 0, 0]
    assert np.abs(find_z_gaps(predicted, actual)).max() > 0.1


@given(sums, sums)
def test_profile_gaps_are_those_of_the_slow_twin(first: np.ndarray, second: np.ndarray):
    if np.ptp(first) and np.ptp(second):
        centred = [(6 * values - values.sum()) for values in (first, second)]
        expected = naive.profile_gaps(*([Fraction(int(one)) for one in values] for values in centred))
        assert find_profile_gaps(*centred) == pytest.approx(expected, abs=1e-9)
        assert find_profile_gaps(*reversed(centred)) == pytest.approx([-one for one in expected], abs=1e-9)


def test_profile_gaps_are_computed_row_by_row():
    random = np.random.default_rng(8)
    first, second = random.integers(-9, 9, size=(2, 30, 6))
    first[:, -1], second[:, -1] = -first[:, :-1].sum(axis=1), -second[:, :-1].sum(axis=1)
    rows = [find_profile_gaps(one, other) for one, other in zip(first, second, strict=True)]
    assert find_profile_gaps(first, second) == pytest.approx(np.array(rows), abs=1e-12)


def test_a_list_of_ties_has_no_z():
    assert find_z_gaps(np.zeros(4), np.array([-3, -1, 1, 3])) is None


@pytest.mark.parametrize(
    ("predicted", "actual", "zone"),
    [
        ((1, 1), (10, 10), Zone.SHARED_PAIN),
        ((11, 11), (10, 10), Zone.BLIND_SPOT),
        ((9, 10), (11, 52), Zone.FALSE_ALARM),
        ((11, 52), (11, 11), Zone.QUIET),
        ((10, 11), (1, 1), Zone.BORDERLINE),
        ((30, 30), (8, 52), Zone.BORDERLINE),
    ],
)
def test_zones(predicted: tuple[int, int], actual: tuple[int, int], zone: Zone):
    assert find_zone(Position(*predicted), Position(*actual), top=10) is zone
