from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from scipy.stats import friedmanchisquare, spearmanr

from cardsort.analysis.agreement import find_agreement, kendalls_w, mean_pairwise_spearman, reliability
from cardsort.analysis.ranks import centre_ranks, tally
from tests.analysis.test_ranks import ballot_boxes, pad


def test_agreement_by_hand():
    # x = (-2, -1, 0, 1, 2) and (-1, -2, 0, 2, 1): r = 8/10; the sums 3, 3, 6, 9, 9 give W = 9/10
    counted = tally(pad([[0, 1, 2, 3, 4], [1, 0, 2, 4, 3]]), 5)
    found = find_agreement(counted)
    assert found.mean_pairwise_spearman == pytest.approx(0.8, abs=1e-15)
    assert found.kendalls_w == pytest.approx(0.9, abs=1e-15)
    assert found.chi_squared == pytest.approx(2 * 4 * 0.9, abs=1e-14)
    assert found.reliability == pytest.approx(1.6 / 1.8, abs=1e-15)
    assert found.ceiling == pytest.approx((1.6 / 1.8) ** 0.5, abs=1e-15)


def test_identical_ballots_agree_wholly():
    found = find_agreement(tally(pad([[3, 1]] * 7), 6))
    assert found.mean_pairwise_spearman == pytest.approx(1, abs=1e-15)
    assert found.kendalls_w == pytest.approx(1, abs=1e-15)
    assert found.ceiling == pytest.approx(1, abs=1e-15)


def test_opposite_ballots_have_no_reliability():
    found = find_agreement(tally(pad([[0, 1, 2, 3], [3, 2, 1, 0]]), 4))
    assert found.mean_pairwise_spearman == -1
    assert found.kendalls_w == 0
    assert found.reliability is None
    assert found.ceiling is None


def test_one_ballot_has_nobody_to_agree_with():
    found = find_agreement(tally(pad([[0, 1]]), 4))
    assert (found.mean_pairwise_spearman, found.kendalls_w, found.chi_squared) == (None, None, None)
    assert (found.reliability, found.ceiling) == (None, None)


@given(ballot_boxes())
def test_agreement_is_the_mean_over_all_pairs(ballots: list[list[int]]):
    counted = tally(pad(ballots), 6)
    ranks = centre_ranks(pad(ballots), 6)
    pairs = [spearmanr(one, other).statistic for one, other in combinations(ranks, 2)]
    if not pairs:
        assert mean_pairwise_spearman(counted) is None
    else:
        assert mean_pairwise_spearman(counted) == pytest.approx(np.mean(pairs), abs=1e-12)


@given(ballot_boxes())
def test_chi_squared_is_friedmans_with_ties(ballots: list[list[int]]):
    ballots = [*ballots, [0], [0, 1]]
    counted = tally(pad(ballots), 6)
    ranks = centre_ranks(pad(ballots), 6)
    assert counted.n * 5 * kendalls_w(counted) == pytest.approx(friedmanchisquare(*ranks.T).statistic, abs=1e-9)


def test_random_lists_agree_as_zero_whatever_their_number():
    random = np.random.default_rng(8)
    for n in (2, 10, 200):
        found = []
        for _ in range(300 if n < 100 else 30):
            lists = random.permuted(np.tile(np.arange(20, dtype=np.int16), (n, 1)), axis=1)[:, :5]
            found.append(mean_pairwise_spearman(tally(lists, 20)))
        assert abs(np.mean(found)) < 0.03


def test_reliability_is_spearman_and_browns():
    assert reliability(0.2, 8) == pytest.approx(1.6 / 2.4)
    assert reliability(0.0, 8) is None
    assert reliability(-0.1, 8) is None
