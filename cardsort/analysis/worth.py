"""What IT's prediction is worth: as good as asking how many customers, picked at random?"""

import numpy as np

from cardsort.analysis.agreement import NOISE, ballot_norms, mean_pairwise_spearman
from cardsort.analysis.ranks import Floats, Tally
from cardsort.analysis.resampling import stream

ROUNDING = 1e-9  # so near to 1 the ceiling is reached
PURPOSE = 9  # the random stream of shuffled ballots
SHUFFLES = 1_999
MANY = 100  # ballots from which the sum of shuffled ones is normal
MORE_THAN_NOISE = 0.05  # p


def find_noise(counted: Tally, seed: int) -> float | None:
    """P that ballots of these lengths with their cards shuffled agree as much as these do; None for one ballot.

    1,999 seeded shuffles of every ballot; from 100 ballots on their limit, the chi-squared distribution of m - 1
    degrees of freedom. Of a list that may be noise no worth is told: of random ballots up to 22 % of reports said ten
    customers or more.
    """
    rho = mean_pairwise_spearman(counted)
    if rho is None:
        return None
    n, size = counted.n, counted.size
    length = n * (n - 1) * rho + n  # squared length of the sum of the ballots' unit vectors
    if n >= MANY:
        from scipy.special import chdtrc

        return float(chdtrc(size - 1, length / n * (size - 1)))
    drawn = (_shuffle(counted, seed) ** 2).sum(axis=1)
    return float((1 + np.count_nonzero(drawn >= length - ROUNDING)) / (1 + SHUFFLES))


def _shuffle(counted: Tally, seed: int) -> Floats:
    """Sums of the unit vectors of ballots whose cards are shuffled, (1999, m)."""
    random, size = stream(seed, PURPOSE), counted.size
    total = np.zeros((SHUFFLES, size))
    for length in np.repeat(counted.lengths, counted.ballots):
        ranks = np.full(size, float(length))
        ranks[:length] = 2.0 * np.arange(1, length + 1) - (size + 1)
        unit = ranks / ballot_norms(np.array([length]), size)
        total += random.permuted(np.tile(unit, (SHUFFLES, 1)), axis=1)
    return total


def worth_in_customers(accuracy: Floats, rho: Floats, n: int) -> Floats:
    """The worth k = (1 - ρ̄)/ρ̄ · r²/(1 - r²), r = accuracy/ceiling: 0 where accuracy <= 0, infinite from r = 1 on.

    `accuracy` = Pearson correlation of the mean ranks, `rho` = the n customers' mean pairwise Spearman. Where they do
    not agree (rho <= 0) any prediction is as good as all of them. Our own proposal, tested by simulation.
    """
    agreed = np.maximum(rho, NOISE)
    reliable = n * agreed / (1 + (n - 1) * agreed)
    squared = np.maximum(accuracy, 0.0) ** 2 / reliable
    endless = (squared >= 1 - ROUNDING) | ((rho <= NOISE) & (squared > 0))
    finite = np.where(endless, 0.0, squared)
    return np.where(endless, np.inf, (1 - agreed) / agreed * finite / (1 - finite))
