"""Ranks and places: what a ballot says about every card, as sums that are exact.

A ballot lists k of m cards, best first; the rest are tied below at the mean of the places left over,
(k + 1 + m) / 2. All ranks are kept as doubled integers, so that sums are exact, ties are real ties and nothing
depends on the order of the ballots. The counts by ballot length, card and place are sufficient for most of
what is computed, however many ballots there are.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Cards = NDArray[np.int16]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Places = tuple[Ints, Ints]  # tie blocks: first and last places

EXACT_FLOAT32 = 2**24  # whole numbers up to here are exact in single precision


@dataclass(frozen=True, slots=True)
class Tally:
    """The sufficient statistics of n ballots of m cards, by ballot length.

    size     m, the number of cards in the deck
    lengths  (K,): the ballot lengths that occur, rising, each from 1 to m
    ballots  (K,): how many ballots have that length
    counts   (K, m, depth): how many of those list the card at that place (place 1 first)
    """

    size: int
    lengths: Ints
    ballots: Ints
    counts: Ints

    @property
    def n(self) -> int:
        """Number of ballots."""
        return int(self.ballots.sum())

    @property
    def rank_sums(self) -> Ints:
        """Doubled sums of ranks over the ballots, (m,): 2 Σ r. Smaller = needs solving more."""
        return self.centred_sums + self.n * (self.size + 1)

    @property
    def centred_sums(self) -> Ints:
        """Doubled sums of r - (m + 1)/2 over the ballots, (m,); they sum to 0."""
        return np.asarray(self.centred_by_length.sum(axis=0))

    @property
    def centred_by_length(self) -> Ints:
        """Doubled sums of r - (m + 1)/2 by ballot length, (K, m); each row sums to 0."""
        places = np.arange(1, self.counts.shape[2] + 1)
        listed = self.counts.sum(axis=2)
        unlisted = (self.ballots[:, None] - listed) * self.lengths[:, None]
        return np.asarray(self.counts @ (2 * places) - listed * (self.size + 1) + unlisted)

    @property
    def unlisted_sum(self) -> int:
        """Doubled sum over the ballots of U, the rank of their unlisted cards."""
        return int(self.ballots @ (self.lengths + 1 + self.size))

    @property
    def listed(self) -> Ints:
        """How many ballots list the card at all, (m,)."""
        return self.listed_within(self.counts.shape[2])

    def listed_within(self, top: int) -> Ints:
        """How many ballots list the card at a place up to `top`, (m,)."""
        return np.asarray(self.counts[:, :, :top].sum(axis=(0, 2)))


def count_listed(rankings: Cards) -> Ints:
    """How many cards each ballot lists, (n,), from rankings (n, depth) padded with -1 at the end."""
    if rankings.shape[1] and (rankings[:, -1] >= 0).all():
        return np.full(len(rankings), rankings.shape[1], dtype=np.int64)
    return np.asarray(np.count_nonzero(rankings >= 0, axis=1), dtype=np.int64)


def tally(rankings: Cards, size: int) -> Tally:
    """Count rankings (n, depth) of a deck of `size` cards in one pass: one bincount per place, whatever n."""
    depth = rankings.shape[1]
    lengths, which, ballots = np.unique(count_listed(rankings), return_inverse=True, return_counts=True)
    if len(lengths) == 1 and lengths[0] == depth:
        counted = [np.bincount(rankings[:, place], minlength=size)[None] for place in range(depth)]
    else:
        row = which * (size + 1) + 1  # the column before card 0 takes the padding, -1
        cells = len(lengths) * (size + 1)
        counted = [
            np.bincount(row + rankings[:, place], minlength=cells).reshape(-1, size + 1)[:, 1:]
            for place in range(depth)
        ]
    counts = np.stack(counted, axis=2) if counted else np.zeros((len(lengths), size, 0), dtype=np.int64)
    return Tally(size, lengths.astype(np.int64), ballots.astype(np.int64), counts.astype(np.int64))


def centre_ranks(rankings: Cards, size: int) -> Cards:
    """Doubled centred ranks 2r - (m + 1), (n, m), of rankings (n, depth); each row sums to 0.

    A card at place p gets 2p - (m + 1), an unlisted one the number of listed cards.
    """
    depth = rankings.shape[1]
    centred = np.repeat(count_listed(rankings).astype(np.int16)[:, None], size + 1, axis=1)
    values = (2 * np.arange(1, depth + 1) - (size + 1)).astype(np.int16)
    centred[np.arange(len(rankings))[:, None], rankings] = values  # padding, -1, falls into the spare last column
    return centred[:, :size]


def sum_products(rankings: Cards, size: int) -> Ints:
    """Second moments Σ x xᵀ of the doubled centred ranks, (m, m), exact.

    Blocks are so short that every partial sum is a whole number that single precision holds exactly.
    """
    block = max(1, EXACT_FLOAT32 // size**2)
    total = np.zeros((size, size), dtype=np.int64)
    for start in range(0, len(rankings), block):
        centred = centre_ranks(rankings[start : start + block], size).astype(np.float32)
        total += (centred.T @ centred).astype(np.int64)
    return total


def find_places(values: Ints | Floats) -> tuple[Ints, Ints]:
    """Tie blocks of places along the last axis: first and last place, 1 = smallest value; equal when untied."""
    order = np.argsort(values, axis=-1)
    ranked = np.take_along_axis(values, order, axis=-1)
    steps = ranked[..., 1:] != ranked[..., :-1]
    size = values.shape[-1]
    begins, ends = np.ones(values.shape, dtype=np.int64), np.full(values.shape, size, dtype=np.int64)
    np.multiply(steps, np.arange(2, size + 1), out=begins[..., 1:])
    ends[..., :-1][steps] = np.broadcast_to(np.arange(1, size), steps.shape)[steps]
    low, high = np.empty_like(begins), np.empty_like(ends)
    np.put_along_axis(low, order, np.maximum.accumulate(begins, axis=-1), axis=-1)
    np.put_along_axis(high, order, np.minimum.accumulate(ends[..., ::-1], axis=-1)[..., ::-1], axis=-1)
    return low, high


def find_membership(low: Ints, high: Ints, top: int) -> Floats:
    """How far each card belongs to the first `top` places, 0..1: of t cards tied for s places, each s/t."""
    return np.clip((top - low + 1) / (high - low + 1), 0.0, 1.0)
