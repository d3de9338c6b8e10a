"""Intervals that hold for few people: Wilson for shares, and a mean rank with two pseudo-ballots."""

import numpy as np

from cardsort.analysis.ranks import Floats, Ints, Tally

Z95 = 1.959963984540054  # the normal distribution's 97.5 % point
PSEUDO_BALLOTS = 2
TOLD_PLACES = 20  # beyond it a card has a band instead of a place

Ends = tuple[Floats, Floats, Floats]  # shares, and the lower and upper ends of their intervals


def wilson(successes: Floats | Ints, n: int) -> tuple[Floats, Floats]:
    """95 % score interval of shares successes/n, 0..1, n >= 1 (Wilson 1927). Successes may be fractional."""
    share = np.asarray(successes, dtype=np.float64) / n
    spread = Z95**2 / n
    centre = (share + spread / 2) / (1 + spread)
    half = Z95 / (1 + spread) * np.sqrt(share * (1 - share) / n + spread / (4 * n))
    return np.clip(centre - half, 0.0, 1.0), np.clip(centre + half, 0.0, 1.0)


def newcombe(first: Ends, second: Ends) -> tuple[Floats, Floats]:
    """95 % interval of the difference of two shares, first - second (Newcombe 1998, his method 10).

    Each share comes with both ends of its own interval, which are the share itself where nothing is uncertain.
    """
    (share, low, high), (other, other_low, other_high) = first, second
    difference = share - other
    down = np.sqrt((share - low) ** 2 + (other_high - other) ** 2)
    up = np.sqrt((high - share) ** 2 + (other - other_low) ** 2)
    return difference - down, difference + up


def percentile_ends(replicates: Floats | Ints, estimate: Floats | Ints | float) -> tuple[Floats, Floats]:
    """95 % percentile interval over the first axis, stretched to the estimate itself where it lies outside.

    The ends are values that occur among the replicates, so that whole places and hits stay whole.
    """
    low = np.quantile(replicates, 0.025, axis=0, method="lower")
    high = np.quantile(replicates, 0.975, axis=0, method="higher")
    return np.minimum(low, estimate), np.maximum(high, estimate)


def place_ends(replicated: tuple[Ints, Ints], places: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    """95 % interval of each card's place, (m,) each, from replicated tie blocks (B, m).

    Beyond place 20 only a band is told: its ends are place 21 and the last place.
    """
    low = percentile_ends(replicated[0], places[0])[0].astype(np.int64)
    high = percentile_ends(replicated[1], places[1])[1].astype(np.int64)
    size = len(low)
    return np.minimum(low, TOLD_PLACES + 1), np.where(high > TOLD_PLACES, size, high)


def random_rank_variance(size: int, depth: int) -> float:
    """Variance of a card's rank on a random list of `depth` of `size` cards, around (size + 1)/2."""
    centre = (size + 1) / 2
    places = np.arange(1, depth + 1)
    listed = float(np.mean((places - centre) ** 2))
    return depth / size * listed + (1 - depth / size) * ((size + depth + 1) / 2 - centre) ** 2


def sum_rank_squares(tally: Tally) -> Ints:
    """Sums of squared doubled ranks over the ballots, (m,): 4 Σ r²."""
    places = np.arange(1, tally.counts.shape[2] + 1)
    listed = tally.counts.sum(axis=2)
    unlisted = (tally.ballots[:, None] - listed) * ((tally.lengths + 1 + tally.size) ** 2)[:, None]
    return np.asarray((tally.counts @ (4 * places**2) + unlisted).sum(axis=0))


def mean_rank_interval(tally: Tally, depth: int) -> tuple[Floats, Floats]:
    """95 % interval of the mean ranks, (m,) each: two pseudo-ballots with the spread of random lists are added.

    Plain bootstrap, BCa and t cover far too little with few ballots; this one covers 90-100 % from n = 3 on.
    No mean rank lies outside 1..m, so the ends do not either. Our own proposal, tested by simulation.
    """
    from scipy.special import stdtrit

    n, centre = tally.n, (tally.size + 1) / 2
    total, squares = tally.rank_sums / 2, sum_rank_squares(tally) / 4
    shrunk = (total + PSEUDO_BALLOTS * centre) / (n + PSEUDO_BALLOTS)
    own = squares - 2 * shrunk * total + n * shrunk**2
    pseudo = PSEUDO_BALLOTS * (random_rank_variance(tally.size, depth) + (centre - shrunk) ** 2)
    variance = (own + pseudo) / (n + PSEUDO_BALLOTS)
    half = stdtrit(n + 1, 0.975) * np.sqrt(variance / (n + PSEUDO_BALLOTS))
    return np.clip(shrunk - half, 1.0, tally.size), np.clip(shrunk + half, 1.0, tally.size)
