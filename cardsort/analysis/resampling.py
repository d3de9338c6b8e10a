"""Draws: what the lists would look like with other people, and with the two groups mixed.

Every purpose has a random stream of its own, and ballots are put into an order of their own first: a result depends
on the seed and the ballots, never on the order in which they came.
"""

from dataclasses import dataclass
from itertools import chain, combinations

import numpy as np
from numpy.random import Generator

from cardsort.analysis.agreement import ballot_norms, mean_pairwise_spearman
from cardsort.analysis.intervals import PSEUDO_BALLOTS
from cardsort.analysis.ranks import Cards, Floats, Ints, centre_ranks, count_listed
from cardsort.analysis.selection import LARGE, ListBallots, Terms

REPLICATES, REDRAWS, MAX_SPLITS = 2_000, 9_999, 20_000
BLOCK = 2**23  # numbers held at a time
DENSE = 4  # from a quarter of the pool on, whole rows are shuffled
WORD = 62  # bits


@dataclass(frozen=True, slots=True)
class Replicates:
    """Lists as other people might have made them.

    centred    (B, m): doubled centred rank sums; their scale is that of n ballots
    agreement  (B,): mean pairwise Spearman within each; None for a single ballot
    """

    centred: Floats
    agreement: Floats | None


@dataclass(frozen=True, slots=True)
class Splits:
    """The pooled ballots, divided anew: centred rank sums of both parts, (B, m); `complete` = all possible splits."""

    smaller: Floats
    larger: Floats
    complete: bool


def stream(seed: int, *purpose: int) -> Generator:
    """The random numbers of one purpose."""
    return np.random.default_rng([seed, *purpose])


def sort_ballots(rankings: Cards, size: int) -> Cards:
    """The same ballots in an order that depends on nothing but themselves."""
    places = max(1, int(WORD / np.log2(size + 1)))
    words = []
    for start in range(0, rankings.shape[1], places):
        word = np.zeros(len(rankings), dtype=np.int64)
        for column in rankings[:, start : start + places].T:
            word = word * (size + 1) + column + 1
        words.append(word)
    order = np.argsort(words[0]) if len(words) == 1 else np.lexsort(words[::-1])
    return np.asarray(rankings[order])


def replicate(terms: Terms, found: ListBallots, purpose: int) -> Replicates:
    """2,000 replicates of a list: the smoothed bootstrap, or from 1,000 ballots on normal draws with their moments."""
    random = stream(terms.seed, purpose)
    if found.products is None:
        return _smoothed_bootstrap(terms, found, random)
    n = found.n
    mean = found.tally.centred_sums / n
    covariance = found.products / n - np.outer(mean, mean)
    draws = n * mean + np.sqrt(n) * _draw_normal(random, covariance, REPLICATES)
    rho = mean_pairwise_spearman(found.tally)
    return Replicates(draws, None if rho is None else np.full(REPLICATES, rho))


def repeat(found: ListBallots) -> Replicates:
    """The list as it is, 2,000 times: when everybody took part, no other people could have made another one."""
    rho = mean_pairwise_spearman(found.tally)
    centred = np.tile(found.tally.centred_sums.astype(np.float64), (REPLICATES, 1))
    return Replicates(centred, None if rho is None else np.full(REPLICATES, rho))


def _smoothed_bootstrap(terms: Terms, found: ListBallots, random: Generator) -> Replicates:
    """Each of the n drawn ballots is a fresh random list with probability 2/(n + 2), else one of the n."""
    n, size = found.n, terms.size
    ballots = sort_ballots(found.rankings, size)
    drawn = random.integers(n + PSEUDO_BALLOTS, size=(REPLICATES, n))
    cells = np.arange(REPLICATES)[:, None] * (n + PSEUDO_BALLOTS) + drawn
    times = np.bincount(cells.ravel(), minlength=REPLICATES * (n + PSEUDO_BALLOTS)).reshape(REPLICATES, -1)
    known, fresh = times[:, :n].astype(np.float64), times[:, n:].sum(axis=1)
    centred = centre_ranks(ballots, size).astype(np.float64)
    units = centred / ballot_norms(count_listed(ballots), size)[:, None]
    lists = _random_lists(random, int(fresh.sum()), terms)
    added = np.zeros((REPLICATES, size))
    np.add.at(added, np.repeat(np.arange(REPLICATES), fresh), lists.astype(np.float64))
    sums = known @ centred + added
    if n == 1:
        return Replicates(sums, None)
    unit_sums = known @ units + added / ballot_norms(np.array([terms.depth]), size)
    same = (known**2).sum(axis=1) + fresh  # pairs of a ballot with itself say nothing about agreement
    pairs = n * n - same
    found_pairs = np.maximum(pairs, 1)
    agreement = np.where(pairs > 0, ((unit_sums**2).sum(axis=1) - same) / found_pairs, 0.0)
    return Replicates(sums, agreement)


def _random_lists(random: Generator, count: int, terms: Terms) -> Cards:
    """Doubled centred ranks of random lists of N cards, (count, m)."""
    decks = np.tile(np.arange(terms.size, dtype=np.int16), (count, 1))
    return centre_ranks(random.permuted(decks, axis=1)[:, : terms.depth], terms.size)


def _draw_normal(random: Generator, covariance: Floats, count: int) -> Floats:
    """Draws of mean 0 with that covariance, which may be singular, (count, m)."""
    from scipy.linalg import eigh  # numpy's own divides so small a task among threads, and waits for them

    values, vectors = eigh(covariance)
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    return np.asarray(random.standard_normal((count, len(values))) @ root.T)


def split_anew(terms: Terms, first: ListBallots, second: ListBallots, purpose: int) -> Splits:
    """Pool two lists' ballots and redraw the smaller one's without replacement.

    All splits when there are at most 20,000; 9,999 random ones otherwise; from 1,000 ballots in the smaller list on,
    9,999 draws from the normal distribution with the pooled covariance.
    """
    smaller, larger = sorted((first, second), key=lambda found: found.n)
    total = smaller.tally.centred_sums + larger.tally.centred_sums
    complete = count_splits(smaller.n, larger.n, MAX_SPLITS + 1) <= MAX_SPLITS
    random = stream(terms.seed, purpose)
    if smaller.products is not None and larger.products is not None and not complete:
        redrawn = _redraw_normal(random, smaller, larger)
    else:
        pool = sort_ballots(_stack(smaller.rankings, larger.rankings), terms.size)
        centred = centre_ranks(pool, terms.size)
        redrawn = _all_splits(centred, smaller.n) if complete else _redraw(random, centred, smaller.n, REDRAWS)
    return Splits(redrawn, total - redrawn, complete)


def count_splits(first: int, second: int, limit: int) -> int:
    """In how many ways so many people can be divided into two such groups, counted up to `limit` only."""
    splits = 1
    for person in range(1, min(first, second) + 1):  # each step gives a whole number, and the numbers rise
        splits = splits * (max(first, second) + person) // person
        if splits >= limit:
            return limit
    return splits


def _stack(first: Cards, second: Cards) -> Cards:
    width = max(first.shape[1], second.shape[1])
    padded = [np.pad(part, ((0, 0), (0, width - part.shape[1])), constant_values=-1) for part in (first, second)]
    return np.concatenate(padded)


def _redraw_normal(random: Generator, smaller: ListBallots, larger: ListBallots) -> Floats:
    total = smaller.tally.centred_sums + larger.tally.centred_sums
    products = _products(smaller) + _products(larger)
    return _draw_part_sums(random, (smaller.n + larger.n, total, products), smaller.n, REDRAWS)


def _draw_part_sums(random: Generator, moments: tuple[int, Ints, Ints], n: int, count: int) -> Floats:
    """Normal draws of the sums of n ballots out of a pool with that number, sum and second moments."""
    pooled, total, products = moments
    mean = total / pooled
    covariance = (products / pooled - np.outer(mean, mean)) * n * (pooled - n) / (pooled - 1)
    return n * mean + _draw_normal(random, covariance, count)


def _products(found: ListBallots) -> Ints:
    if found.products is None:
        raise ValueError("Second moments are kept for large lists only.")
    return found.products


def _all_splits(centred: Cards, n: int) -> Floats:
    pool = len(centred)
    chosen = np.fromiter(chain.from_iterable(combinations(range(pool), n)), dtype=np.int64).reshape(-1, n)
    return _sum_chosen(centred, chosen)


def draw_parts(terms: Terms, found: ListBallots, n: int, count: int, purpose: int) -> Floats:
    """Centred rank sums of n of a list's ballots, drawn anew without replacement `count` times, (count, m).

    From 1,000 drawn ballots on from the normal distribution with the list's covariance.
    """
    random = stream(terms.seed, purpose)
    if n >= LARGE:
        return _draw_part_sums(random, (found.n, found.tally.centred_sums, _products(found)), n, count)
    ballots = sort_ballots(found.rankings, terms.size)
    if n * DENSE < found.n:
        rows, chosen = np.unique(draw_subsets(random, found.n, n, count), return_inverse=True)
        return _sum_chosen(centre_ranks(ballots[rows], terms.size), chosen.reshape(count, n))
    return _redraw(random, centre_ranks(ballots, terms.size), n, count)


def _redraw(random: Generator, centred: Cards, n: int, count: int) -> Floats:
    if n * DENSE < len(centred):
        return _sum_chosen(centred, draw_subsets(random, len(centred), n, count))
    values = centred.astype(np.float32)  # sums of fewer than 1,000 ranks are exact in single precision
    members = np.zeros(len(centred), dtype=np.float32)
    members[:n] = 1
    block = max(1, BLOCK // len(centred))
    parts = []
    for start in range(0, count, block):
        rows = np.tile(members, (min(block, count - start), 1))
        parts.append(random.permuted(rows, axis=1) @ values)
    return np.concatenate(parts).astype(np.float64)


def draw_subsets(random: Generator, pool: int, n: int, count: int) -> Ints:
    """Random subsets of n of `pool` numbers, (count, n), each rising.

    Numbers drawn twice are drawn again until all differ: the first n different numbers of a random sequence are a
    random subset.
    """
    drawn = np.sort(random.integers(pool, size=(count, n)), axis=1)
    rows = np.arange(count)
    while len(rows):
        part = drawn[rows]
        again = np.zeros(part.shape, dtype=bool)
        again[:, 1:] = part[:, 1:] == part[:, :-1]
        part[again] = random.integers(pool, size=np.count_nonzero(again))
        drawn[rows] = np.sort(part, axis=1)
        rows = rows[again.any(axis=1)]
    return drawn


def _sum_chosen(centred: Cards, chosen: Ints) -> Floats:
    """Sums of the chosen ballots' rows, (len(chosen), m): one ballot of every draw after the other."""
    sums = np.zeros((len(chosen), centred.shape[1]), dtype=np.int32)
    for ballots in chosen.T:
        sums += centred[ballots]
    return sums.astype(np.float64)
