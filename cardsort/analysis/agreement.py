"""Agreement within one list: how alike its ballots are, and what that allows at best."""

import numpy as np

from cardsort.analysis.ranks import Floats, Tally
from cardsort.analysis.result import Agreement

NOISE = 1e-12  # below it a correlation is rounding error


def ballot_norms(lengths: np.ndarray, size: int) -> Floats:
    """Lengths |x| of the doubled centred rank vectors of ballots that list so many of `size` cards."""
    listed = np.cumsum((2.0 * np.arange(1, size + 1) - (size + 1)) ** 2)
    return np.asarray(np.sqrt(listed[lengths - 1] + (size - lengths) * lengths**2.0))


def mean_pairwise_spearman(counted: Tally) -> float | None:
    """Mean Spearman correlation over all pairs of ballots, -1/(n - 1)..1, exact with ties, no pairs formed.

    (|Σ u|² - n) / (n(n - 1)) with u = x/|x|. 0 = like random lists, 1 = identical; None for one ballot.
    """
    n = counted.n
    if n < 2:  # noqa: PLR2004 - a pair
        return None
    units = (counted.centred_by_length / ballot_norms(counted.lengths, counted.size)[:, None]).sum(axis=0)
    return float(np.clip((units @ units - n) / (n * (n - 1)), -1 / (n - 1), 1.0))


def kendalls_w(counted: Tally) -> float:
    """Kendall's coefficient of concordance with tie correction, 0..1 (Kendall 1948); random lists give 1/n."""
    n, size = counted.n, counted.size
    left_over = size - counted.lengths
    tied = int(counted.ballots @ (left_over**3 - left_over))
    spread = float(counted.centred_sums @ counted.centred_sums.astype(np.float64))  # doubled, so four times
    return 3.0 * spread / (n * n * (size**3 - size) - n * tied)


def reliability(rho: float, n: int) -> float | None:
    """Reliability of a mean of n ballots, 0..1 (Spearman and Brown); None where the ballots do not agree at all."""
    return n * rho / (1 + (n - 1) * rho) if rho > NOISE else None


def find_agreement(counted: Tally) -> Agreement:
    """Agreement within the list; everything None for a single ballot."""
    rho = mean_pairwise_spearman(counted)
    if rho is None:
        return Agreement(None, None, None, None, None)
    concordance = kendalls_w(counted)
    reliable = reliability(rho, counted.n)
    return Agreement(
        mean_pairwise_spearman=rho,
        kendalls_w=concordance,
        chi_squared=counted.n * (counted.size - 1) * concordance,
        reliability=reliable,
        ceiling=None if reliable is None else float(np.sqrt(reliable)),
    )
