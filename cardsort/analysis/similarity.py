"""How alike two lists are: hits, correlations, rank-biased overlap, gaps and zones.

Lists come as doubled rank sums (m,), smaller = needs solving more; equal sums are ties.
"""

import numpy as np
from numpy.typing import NDArray

from cardsort.analysis.ranks import Floats, Ints, find_membership, find_places
from cardsort.analysis.result import Position, Zone

PERSISTENCE = 0.9  # p of rank-biased overlap


def correlate_rows(first: Floats, second: Floats) -> Floats:
    """Pearson correlation row by row, (B, m) each -> (B,); 0 where one of the two rows is constant."""
    a, b = (values - values.mean(axis=-1, keepdims=True) for values in (first, second))
    spread = np.sqrt((a * a).sum(axis=-1) * (b * b).sum(axis=-1))
    product = (a * b).sum(axis=-1)
    return np.asarray(np.divide(product, spread, out=np.zeros_like(product), where=spread > 0))


def hits(first: Ints, second: Ints, top: int) -> float:
    """How many cards the two tops share, 0..top: what random breaking of ties would give on average."""
    return float(find_membership(*find_places(first), top) @ find_membership(*find_places(second), top))


def pearson(first: NDArray[np.generic], second: NDArray[np.generic]) -> float | None:
    """Correlation of two vectors, -1..1; None where one of them is constant."""
    a, b = (np.asarray(values, dtype=np.float64) for values in (first, second))
    if np.ptp(a) == 0 or np.ptp(b) == 0:
        return None
    a, b = a - a.mean(), b - b.mean()
    return float(np.clip(a @ b / np.sqrt((a @ a) * (b @ b)), -1.0, 1.0))


def spearman(first: Ints, second: Ints) -> float | None:
    """Spearman's rho of two lists with mid-ranks for ties, -1..1; None where all cards of a list are tied."""
    return pearson(*(np.add(*find_places(sums)) for sums in (first, second)))


def kendall_tau_b(first: Ints, second: Ints) -> float | None:
    """Kendall's tau-b of two lists, -1..1; None where all cards of a list are tied."""
    if np.ptp(first) == 0 or np.ptp(second) == 0:
        return None
    from scipy.stats import kendalltau

    return float(kendalltau(first, second).statistic)


def rank_biased_overlap(first: Ints, second: Ints, top: int) -> float:
    """Extrapolated rank-biased overlap of the two top lists at p = 0.9, 0..1.

    RBO_ext of Webber, Moffat and Zobel (2010), equation 32, for lists of equal length; ties as in RBO^a of
    Corsi and Urbano (2024): a tied card belongs to depth d as far as its tie block does, which is the mean over all
    ways to break the ties.
    """
    places = find_places(first), find_places(second)
    depths = np.arange(1, top + 1)
    shared = [find_membership(*places[0], int(d)) @ find_membership(*places[1], int(d)) for d in depths]
    agreement = np.array(shared) / depths
    weights = (1 - PERSISTENCE) / PERSISTENCE * PERSISTENCE**depths
    return float(agreement @ weights + agreement[-1] * PERSISTENCE**top)


def find_gaps(predicted: tuple[Ints, Ints], actual: tuple[Ints, Ints]) -> Ints:
    """Places between the tie blocks (first, last) of predicted and actual, 0 where they overlap.

    Positive: customers put the card higher than IT thought.
    """
    higher = np.maximum(predicted[0] - actual[1], 0)
    lower = np.maximum(actual[0] - predicted[1], 0)
    return np.asarray(higher - lower)


def standardise(centred: NDArray[np.generic]) -> Floats:
    """Standard scores of lists along the last axis from centred rank sums of any scale: positive = needs solving more.

    z = ((m + 1)/2 - mean rank) / SD over the cards (population). A list of ties only gives zeros.
    """
    values = np.asarray(centred, dtype=np.float64)
    spread = np.sqrt(np.mean(values**2, axis=-1, keepdims=True))
    return -np.divide(values, spread, out=np.zeros_like(values), where=spread > 0)


def find_z_gaps(predicted: Ints, actual: Ints) -> Floats | None:
    """D = z actual - z predicted from centred rank sums, (m,); None where all cards of a list are tied.

    Positive: customers put the card higher. For readers of the result only: what is tested is the profile gap.
    """
    if not (predicted.any() and actual.any()):
        return None
    return standardise(actual) - standardise(predicted)


def find_profile_gaps(predicted: Ints | Floats, actual: Ints | Floats) -> Floats:
    """D along the last axis from centred rank sums of any scale: both lists' places read off one common profile.

    Positive: customers put the card higher. The profile is the mean of both groups' z values, each sorted; a card is
    read at the middle of its tie block, at half a place between its neighbours. Not the z gap: an IT group that is
    right but more unanimous than the customers has z values of another shape, and would raise more false flags; here a
    card with the same place in both lists has D = 0. Our own proposal, tested by simulation.
    """
    profile = (np.sort(-standardise(predicted), axis=-1) + np.sort(-standardise(actual), axis=-1)) / -2
    return _read_profile(profile, find_places(actual)) - _read_profile(profile, find_places(predicted))


def _read_profile(profile: Floats, places: tuple[Ints, Ints]) -> Floats:
    doubled = places[0] + places[1]
    above, below = (np.take_along_axis(profile, at - 1, axis=-1) for at in (doubled // 2, (doubled + 1) // 2))
    return np.asarray((above + below) / 2)


def find_zone(predicted: Position, actual: Position, *, top: int) -> Zone:
    """Where a card stands, from its tie blocks in IT's prediction and in the customers' list."""
    if any(low <= top < high for low, high in (predicted, actual)):
        return Zone.BORDERLINE
    named, chosen = predicted[1] <= top, actual[1] <= top
    if named and chosen:
        return Zone.SHARED_PAIN
    if chosen:
        return Zone.BLIND_SPOT
    return Zone.FALSE_ALARM if named else Zone.QUIET
