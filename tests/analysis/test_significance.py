from itertools import combinations

import numpy as np
import pytest
from scipy.stats import permutation_test

from cardsort.analysis.ranks import centre_ranks
from cardsort.analysis.result import Interval, Label
from cardsort.analysis.selection import ListBallots, Terms, take
from cardsort.analysis.significance import adjust, find_label, find_moved, find_significance, is_testable
from cardsort.analysis.similarity import find_profile_gaps, pearson
from tests.analysis import naive
from tests.analysis.decks import make_ballots, make_deck

DECK = make_deck(6)
TERMS = Terms(DECK.codes, depth=3, threshold=1, seed=1)


def take_lists(lists: list[list[int]]) -> ListBallots:
    ballots = make_ballots(DECK, it=lists)
    return take(ballots, np.arange(ballots.n), TERMS)


def draw_lists(n: int, seed: int, liking: float = 0.5) -> list[list[int]]:
    random = np.random.default_rng(seed)
    values = random.gumbel(size=(n, 6)) - liking * np.arange(6)
    return (np.argsort(-values, axis=1)[:, :3] + 1).tolist()


FIRST, SECOND = draw_lists(5, 1, liking=1.5), draw_lists(8, 2, liking=-0.5)


def enumerate_splits(first: list[list[int]], second: list[list[int]]) -> list[tuple[np.ndarray, np.ndarray]]:
    pool = centre_ranks(take_lists([*first, *second]).rankings, 6).astype(int)
    total = pool.sum(axis=0)
    chosen = [pool[list(rows)].sum(axis=0) for rows in combinations(range(len(pool)), len(first))]
    return [(sums, total - sums) for sums in chosen]


def test_every_card_p_is_the_share_of_all_splits_that_are_as_extreme():
    found = find_significance(TERMS, take_lists(FIRST), take_lists(SECOND), 0)
    splits = enumerate_splits(FIRST, SECOND)
    observed = find_profile_gaps(*(take_lists(lists).tally.centred_sums for lists in (FIRST, SECOND)))
    drawn = np.array([find_profile_gaps(*split) for split in splits])
    assert found.testable
    assert len(splits) == 1287
    assert found.p == pytest.approx((np.abs(drawn) >= np.abs(observed) - 1e-9).mean(axis=0), abs=1e-15)


def test_a_slow_twin_finds_the_same_p():
    first, second = draw_lists(3, 5, liking=2.0), draw_lists(7, 6, liking=-1.0)  # 120 splits: 6 cards / 0.05
    found = find_significance(TERMS, take_lists(first), take_lists(second), 0)
    codes = DECK.codes
    ballots = [{"ranking": [codes[card - 1] for card in one]} for one in (*first, *second)]
    assert found.p == pytest.approx(naive.profile_p(codes, ballots[:3], ballots[3:]), abs=1e-12)


def test_the_overall_p_is_the_share_of_splits_that_are_as_unlike():
    found = find_significance(TERMS, take_lists(FIRST), take_lists(SECOND), 0)
    splits = enumerate_splits(FIRST, SECOND)
    observed = pearson(*(take_lists(lists).tally.centred_sums for lists in (FIRST, SECOND)))
    alike = np.array([pearson(*split) for split in splits])
    assert found.overall_p == pytest.approx(np.mean(alike <= observed + 1e-9), abs=1e-15)


def test_the_two_sided_p_does_not_double_the_smaller_tail():
    splits = np.array([find_profile_gaps(*split) for split in enumerate_splits(FIRST, SECOND)])
    found = find_significance(TERMS, take_lists(FIRST), take_lists(SECOND), 0)

    rows = centre_ranks(take_lists([*FIRST, *SECOND]).rankings, 6).astype(int)

    def profile_gap(first: np.ndarray, second: np.ndarray) -> float:
        gaps = find_profile_gaps(*(rows[chosen.astype(int)].sum(axis=0) for chosen in (first, second)))
        return round(float(gaps[0]), 9)

    groups = np.arange(5), np.arange(5, 13)
    doubled = permutation_test(groups, profile_gap, n_resamples=2_000, vectorized=False).pvalue
    upper = (splits[:, 0] >= profile_gap(*groups) - 1e-9).mean()
    lower = (splits[:, 0] <= profile_gap(*groups) + 1e-9).mean()
    assert doubled == pytest.approx(2 * min(upper, lower), abs=1e-12)  # what scipy does
    assert found.p[0] != pytest.approx(doubled, abs=1e-6)


def test_random_redraws_come_near_the_share_of_all_splits(monkeypatch: pytest.MonkeyPatch):
    exact = find_significance(TERMS, take_lists(FIRST), take_lists(SECOND), 0)
    monkeypatch.setattr("cardsort.analysis.resampling.MAX_SPLITS", 0)
    drawn = find_significance(TERMS, take_lists(FIRST), take_lists(SECOND), 0)
    assert drawn.p == pytest.approx(exact.p, abs=0.02)
    assert drawn.overall_p == pytest.approx(exact.overall_p, abs=0.02)
    assert (drawn.p * 10_000) == pytest.approx(np.round(drawn.p * 10_000))
    assert drawn.p.min() >= 1 / 10_000


def test_the_same_people_twice_differ_by_nothing():
    found = find_significance(TERMS, take_lists(FIRST), take_lists(FIRST), 0)
    assert found.p[~np.isnan(found.p)].tolist() == [1.0] * 3
    assert found.overall_p == 1.0


def test_a_group_that_differs_is_found():
    found = find_significance(TERMS, take_lists([[1, 2, 3]] * 6), take_lists([[4, 5, 6]] * 6), 0)
    assert found.p == pytest.approx([2 / 924] * 6)  # the split as it is, and its mirror
    assert found.q == pytest.approx([2 / 924] * 6)
    assert found.overall_p == pytest.approx(2 / 924)


def test_too_few_people_cannot_flag_a_single_card():
    assert not is_testable(3, 3, 52)  # 20 splits
    assert not is_testable(6, 6, 52)  # 924, less than 1,040
    assert is_testable(6, 7, 52)
    assert is_testable(3, 300, 52)
    assert not is_testable(1, 500, 52)
    found = find_significance(TERMS, take_lists(FIRST[:3]), take_lists(SECOND[:3]), 0)
    assert not found.testable
    assert np.isnan(found.p).all()
    assert found.overall_p is not None


def test_cards_that_fewer_than_three_ballots_list_are_not_tested():
    first = [[1, 2, 3], [1, 2], [1, 2, 4], [2, 1], [2, 1], [1, 2, 3]]
    second = [[1, 2, 4], [2, 1], [3, 1, 5], [2, 1], [1, 2], [5, 1, 2]]
    found = find_significance(TERMS, take_lists(first), take_lists(second), 0)
    assert np.isnan(found.p).tolist() == [False, False, False, True, True, True]  # 4 and 5 by two, 6 by nobody
    assert np.isnan(found.q).tolist() == np.isnan(found.p).tolist()


def test_benjamini_and_hochberg_by_hand():
    # sorted .01 .02 .03 .5: times 4/1, 4/2, 4/3, 1, then the smallest from the right
    q = adjust(np.array([0.02, np.nan, 0.5, 0.01, 0.03]))
    assert q[[0, 2, 3, 4]] == pytest.approx([0.04, 0.5, 0.04, 0.04])
    assert np.isnan(q[1])
    assert np.isnan(adjust(np.array([np.nan, np.nan]))).all()


def test_a_list_of_ties_is_not_tested():
    found = find_significance(TERMS, take_lists([[1, 2, 3, 4, 5, 6][:3], [6, 5, 4]] * 4), take_lists(SECOND), 0)
    everybody_else = take_lists([[1], [2], [3], [4], [5], [6]])
    tied = find_significance(TERMS, everybody_else, take_lists(SECOND), 0)
    assert found.overall_p is not None
    assert tied.overall_p is None
    assert np.isnan(tied.p).all()


@pytest.mark.parametrize(
    ("p", "q", "gap", "ends", "label"),
    [
        (0.001, 0.05, 5, (1, 9), Label.CLEAR),
        (0.001, 0.05, -5, (-9, -1), Label.CLEAR),
        (0.001, 0.05, 4, (1, 9), Label.NONE),  # too small to speak of
        (0.001, 0.05, 5, (0, 9), Label.POSSIBLE),  # may be none
        (0.001, 0.05, -5, (-9, 0), Label.POSSIBLE),
        (0.001, 0.051, 30, (9, 40), Label.POSSIBLE),
        (0.05, 0.2, 30, (9, 40), Label.POSSIBLE),
        (0.051, 0.2, 30, (9, 40), Label.NONE),
    ],
)
def test_labels(p: float, q: float, gap: int, ends: tuple[int, int], label: Label):
    assert find_label(p, q, gap, Interval(*ends)) is label


def test_cards_that_moved_are_sure_and_five_places_elsewhere():
    found = find_significance(TERMS, take_lists([[1, 2, 3]] * 6), take_lists([[1, 2, 4]] * 6), 0)
    assert find_moved(found, np.array([0, 0, -5, 5, 0, 0])).tolist() == [2, 3]
    assert find_moved(found, np.array([9, 9, -4, 4, 9, 9])).tolist() == []
