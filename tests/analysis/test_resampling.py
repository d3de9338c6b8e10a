from dataclasses import replace
from itertools import combinations
from math import comb

import numpy as np
import pytest

from cardsort.analysis import resampling
from cardsort.analysis.ranks import centre_ranks
from cardsort.analysis.resampling import count_splits, draw_subsets, replicate, sort_ballots, split_anew, stream
from cardsort.analysis.selection import ListBallots, Terms, take
from tests.analysis.decks import make_ballots, make_deck

DECK = make_deck(8)
TERMS = Terms(DECK.codes, depth=3, threshold=1, seed=1)


def draw_lists(n: int, seed: int, liking: float = 0.5) -> list[list[int]]:
    random = np.random.default_rng(seed)
    values = random.gumbel(size=(n, 8)) - liking * np.arange(8)
    return (np.argsort(-values, axis=1)[:, :3] + 1).tolist()


def take_lists(lists: list[list[int]]) -> ListBallots:
    ballots = make_ballots(DECK, it=lists)
    return take(ballots, np.arange(ballots.n), TERMS)


def test_random_streams_differ_by_purpose_and_seed_only():
    assert stream(1, 2).integers(10**9) == stream(1, 2).integers(10**9)
    assert stream(1, 2).integers(10**9) != stream(1, 3).integers(10**9)
    assert stream(1, 2).integers(10**9) != stream(2, 2).integers(10**9)


@pytest.mark.parametrize(("size", "depth"), [(52, 10), (52, 52), (5, 2)])
def test_ballots_are_put_into_an_order_of_their_own(size: int, depth: int):
    random = np.random.default_rng(4)
    rankings = random.permuted(np.tile(np.arange(size, dtype=np.int16), (300, 1)), axis=1)[:, :depth]
    rankings[::3, depth // 2 :] = -1
    once = sort_ballots(rankings, size)
    again = sort_ballots(rankings[random.permutation(300)], size)
    assert (once == again).all()
    assert sorted(map(tuple, once)) == sorted(map(tuple, rankings))


@pytest.mark.parametrize(("pool", "n"), [(6, 3), (5, 1), (4, 4)])
def test_subsets_are_drawn_with_equal_chances(pool: int, n: int):
    drawn = draw_subsets(np.random.default_rng(9), pool, n, 20_000)
    found, counts = np.unique(drawn, axis=0, return_counts=True)
    assert found.tolist() == [list(subset) for subset in combinations(range(pool), n)]
    expected = 20_000 / comb(pool, n)
    assert np.abs(counts - expected).max() < 5 * expected**0.5


def test_splits_are_counted_up_to_a_limit():
    for first in range(6):
        for second in range(6):
            assert count_splits(first, second, 10**6) == comb(first + second, first)
            assert count_splits(first, second, 40) == min(comb(first + second, first), 40)
    assert count_splits(10**6, 10**6, 20_001) == 20_001


def test_all_splits_are_taken_when_they_are_few():
    first, second = take_lists([[1, 2, 3], [2, 1, 3]]), take_lists([[4, 5, 6], [1, 2, 3], [7, 8, 1]])
    splits = split_anew(TERMS, first, second, 0)
    assert splits.complete
    centred = np.concatenate([centre_ranks(found.rankings, 8) for found in (first, second)])
    expected = sorted(tuple(centred[list(chosen)].sum(axis=0)) for chosen in combinations(range(5), 2))
    assert sorted(map(tuple, splits.smaller)) == expected
    assert (splits.smaller + splits.larger == centred.sum(axis=0)).all()


@pytest.mark.parametrize(("smaller", "larger"), [(6, 60), (30, 40)])
def test_redraws_have_the_moments_of_draws_without_replacement(smaller: int, larger: int):
    first, second = take_lists(draw_lists(smaller, 1)), take_lists(draw_lists(larger, 2))
    splits = split_anew(TERMS, second, first, 0)
    assert not splits.complete
    assert len(splits.smaller) == 9_999
    pool = np.concatenate([centre_ranks(found.rankings, 8) for found in (first, second)]).astype(float)
    spread = np.cov(pool.T, bias=True) * smaller * larger / (smaller + larger - 1)
    assert np.abs(splits.smaller.mean(axis=0) - smaller * pool.mean(axis=0)).max() < 0.05 * spread.max() ** 0.5
    assert np.abs(np.cov(splits.smaller.T, bias=True) - spread).max() < 0.06 * spread.max()


def test_from_a_thousand_ballots_on_redraws_are_normal_with_the_same_moments(monkeypatch: pytest.MonkeyPatch):
    lists = draw_lists(1000, 3), draw_lists(1200, 4, liking=0.4)
    splits = split_anew(TERMS, take_lists(lists[0]), take_lists(lists[1]), 0)
    monkeypatch.setattr("cardsort.analysis.selection.LARGE", 10**9)
    monkeypatch.setattr(resampling, "REDRAWS", 2_000)
    direct = split_anew(TERMS, take_lists(lists[0]), take_lists(lists[1]), 0)
    deviation = direct.smaller.std(axis=0)
    assert np.abs(splits.smaller.mean(axis=0) - direct.smaller.mean(axis=0)).max() < 0.15 * deviation.max()
    assert np.abs(splits.smaller.std(axis=0) / deviation - 1).max() < 0.08
    assert np.allclose(splits.smaller.sum(axis=1), 0, atol=1e-3)  # of thousands


def test_a_replicate_mixes_the_ballots_with_two_random_ones():
    found = take_lists([[1, 2, 3]] * 6)
    replicates = replicate(TERMS, found, 0)
    # each of 6 ballots is random with probability 2/8, so the mean is 3/4 of the list itself
    assert len(replicates.centred) == 2_000
    assert np.allclose(replicates.centred.mean(axis=0) / (0.75 * found.tally.centred_sums), 1, atol=0.08)
    assert np.allclose(replicates.centred.sum(axis=1), 0)


def test_replicates_of_many_ballots_are_normal_with_the_lists_moments(monkeypatch: pytest.MonkeyPatch):
    lists = draw_lists(1000, 5)
    normal = replicate(TERMS, take_lists(lists), 0)
    monkeypatch.setattr("cardsort.analysis.selection.LARGE", 10**9)
    full = replicate(TERMS, take_lists(lists), 0)
    scale = full.centred.std(axis=0)
    assert np.abs(normal.centred.mean(axis=0) - full.centred.mean(axis=0)).max() < 0.3 * scale.max()
    assert np.abs(normal.centred.std(axis=0) / scale - 1).max() < 0.1
    assert normal.agreement is not None
    assert full.agreement is not None
    assert abs(normal.agreement.mean() - full.agreement.mean()) < 0.01


@pytest.mark.parametrize("people", [1, 9, 1000])
def test_another_seed_and_another_purpose_draw_other_people(people: int):
    found = take_lists(draw_lists(people, 6))
    once, again = (replicate(TERMS, found, 0).centred for _ in range(2))
    assert (once == again).all()
    for other in (replicate(replace(TERMS, seed=2), found, 0), replicate(TERMS, found, 1)):
        assert (other.centred != once).any(
            axis=1
        ).mean() > 0.8  # of 2,000 replicates; few cards often give the same sums


@pytest.mark.parametrize(("first", "second"), [(9, 40), (1000, 1000)])
def test_another_seed_and_another_purpose_divide_the_ballots_otherwise(first: int, second: int):
    lists = take_lists(draw_lists(first, 6)), take_lists(draw_lists(second, 7))
    once, again = (split_anew(TERMS, *lists, 0).smaller for _ in range(2))
    assert (once == again).all()
    for other in (split_anew(replace(TERMS, seed=2), *lists, 0), split_anew(TERMS, *lists, 1)):
        assert (other.smaller != once).any(axis=1).mean() > 0.8


def test_a_single_ballot_has_no_agreement_to_replicate():
    assert replicate(TERMS, take_lists([[1, 2, 3]]), 0).agreement is None
