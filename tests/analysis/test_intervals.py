import numpy as np
import pytest
from scipy.stats import binomtest

from cardsort.analysis.intervals import (
    mean_rank_interval,
    newcombe,
    percentile_ends,
    place_ends,
    random_rank_variance,
    sum_rank_squares,
    wilson,
)
from cardsort.analysis.ranks import tally


@pytest.mark.parametrize(("successes", "n"), [(0, 1), (1, 1), (0, 12), (3, 12), (12, 12), (499, 1000)])
def test_the_interval_of_a_share_is_wilsons(successes: int, n: int):
    expected = binomtest(successes, n).proportion_ci(method="wilson")
    low, high = wilson(np.array(successes), n)
    assert low == pytest.approx(expected.low, abs=1e-12)
    assert high == pytest.approx(expected.high, abs=1e-12)


@pytest.mark.parametrize(
    ("first", "second", "difference", "low", "high"),
    [
        ((56, 70), (48, 80), 0.2, 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.6, 0.1705, 0.8090),
        ((5, 56), (0, 29), 0.0893, -0.0381, 0.1926),
        ((10, 10), (0, 10), 1.0, 0.6075, 1.0),
    ],
)
def test_the_interval_of_a_difference_of_shares_is_as_newcombe_published(
    first: tuple[int, int], second: tuple[int, int], difference: float, low: float, high: float
):
    shares = [(np.array(count / n), *wilson(np.array(count), n)) for count, n in (first, second)]
    assert shares[0][0] - shares[1][0] == pytest.approx(difference, abs=5e-5)
    assert newcombe(*shares) == pytest.approx((low, high), abs=5e-5)


def test_where_nothing_is_uncertain_a_difference_of_shares_has_no_width():
    assert newcombe((0.75, 0.75, 0.75), (0.25, 0.25, 0.25)) == (0.5, 0.5)  # type: ignore[arg-type]


def test_the_variance_of_a_random_top_ten_of_52_is_as_published():
    assert random_rank_variance(52, 10) == pytest.approx(106.59, abs=0.005)


def test_the_variance_of_a_random_whole_deck_is_that_of_its_places():
    assert random_rank_variance(5, 5) == 2.0


def test_the_mean_rank_interval_by_hand():
    # m = 5, N = 2, three ballots: card 4 is on none of them, so its rank is 4 on each. x~ = (12 + 6)/5 = 18/5;
    # v0 = 2/5 * (4 + 1)/2 + 3/5 * 1 = 8/5; s^2 = [3 (2/5)^2 + 2 (8/5 + (3/5)^2)]/5 = 22/25;
    # t with 4 degrees of freedom: 2.776
    rankings = np.array([[0, 1], [0, 2], [1, 0]], dtype=np.int16)
    low, high = mean_rank_interval(tally(rankings, 5), 2)
    half = 2.7764451051977987 * (22 / 25 / 5) ** 0.5
    assert low[4] == pytest.approx(18 / 5 - half, abs=1e-12)
    assert high[4] == pytest.approx(18 / 5 + half, abs=1e-12)


def test_the_mean_rank_interval_of_people_who_agree_stays_within_the_deck():
    low, high = mean_rank_interval(tally(np.tile(np.arange(5, dtype=np.int16), (3, 1)), 5), 5)
    assert (low[0], high[4]) == (1.0, 5.0)
    # card 0: x~ = (3 + 6)/5 = 9/5; v0 = 2; s^2 = [3 (4/5)^2 + 2 (2 + (6/5)^2)]/5 = 44/25
    half = 2.7764451051977987 * (44 / 25 / 5) ** 0.5
    assert high[0] == pytest.approx(9 / 5 + half, abs=1e-12)
    assert low[4] == pytest.approx(6 - (9 / 5 + half), abs=1e-12)


def test_squared_ranks_are_summed_exactly():
    rankings = np.array([[0, 1, -1], [2, -1, -1]], dtype=np.int16)  # ranks 1 2 4 4 4 and 3.5 3.5 1 3.5 3.5
    assert sum_rank_squares(tally(rankings, 5)).tolist() == [4 + 49, 16 + 49, 64 + 4, 64 + 49, 64 + 49]


def test_a_percentile_interval_has_whole_ends_and_holds_the_estimate():
    replicates = np.arange(2000.0)
    assert percentile_ends(replicates, 1000.0) == (49, 1950)
    assert percentile_ends(replicates, 3.0) == (3, 1950)
    assert percentile_ends(replicates, 5000.0) == (49, 5000)


def test_beyond_place_20_a_card_has_a_band():
    first = np.tile(np.array([1, 19, 20, 21, 30]), (100, 1))
    last = np.tile(np.array([3, 20, 21, 40, 52]), (100, 1))
    low, high = place_ends((first, last), (first[0], last[0]))
    assert low.tolist() == [1, 19, 20, 21, 21]
    assert high.tolist() == [3, 20, 5, 5, 5]  # the last place of this deck of 5
