"""Populations whose taste is known, to draw ballots from: what a simulation says must hold in all of them.

A taste is how much each card is liked, (m,); to it each person adds Gumbel noise: lists of Plackett and Luce.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from cardsort.analysis.ballotset import BallotSet
from cardsort.analysis.ranks import Cards, Floats
from cardsort.domain.settings import ChainKind, Segment
from tests.bench.bench_analysis import PICKS, SIZE, pack

Random = np.random.Generator
Draw = Callable[[Random, int], Cards]

FALLING = -0.1 * np.arange(SIZE)  # each card is liked a little less than the one before
KINDS = (
    Segment("Desk", ChainKind.INTERNAL),
    Segment("Plant", ChainKind.BUSINESS),
    Segment("Buyers", ChainKind.PAYING),
)


def rank(random: Random, liking: Floats) -> Cards:
    """A ballot of ten cards for each row of likings, (n, m) -> (n, 10)."""
    return np.argsort(-(random.gumbel(size=liking.shape) + liking), axis=1)[:, :PICKS].astype(np.int16)


def one_taste(random: Random, n: int, clarity: float = 1.0) -> Cards:
    """People of one taste; the clearer it is, the more they agree."""
    return rank(random, np.tile(clarity * FALLING, (n, 1)))


def three_kinds(random: Random, n: int) -> Cards:
    """People of three kinds, each with a taste of its own around the common one."""
    own = np.random.default_rng(3).normal(size=(3, SIZE))
    return rank(random, FALLING + own[random.integers(3, size=n)])


def one_factor(random: Random, n: int) -> Cards:
    """People who differ along one line: what the one likes more the other likes less."""
    loading = np.random.default_rng(4).normal(size=SIZE)
    return rank(random, FALLING + random.normal(size=(n, 1)) * loading)


def misplace(random: Random, n: int, card: int, places: int) -> Cards:
    """People who put one card so many places lower than the common taste, and are else of that taste."""
    order = np.delete(np.arange(SIZE), card)
    order = np.insert(order, card + places, card)
    liking = np.empty(SIZE)
    liking[order] = FALLING
    return rank(random, np.tile(liking, (n, 1)))


def in_chain(random: Random, it: int, each: int) -> BallotSet:
    """IT and three kinds of customers in the value chain, all of one taste."""
    ballots = pack(one_taste(random, it), one_taste(random, len(KINDS) * each))
    segment = np.concatenate([np.full(it, -1), np.repeat(np.arange(len(KINDS)), each)]).astype(np.int16)
    return replace(ballots, segment=segment, segments=KINDS)
