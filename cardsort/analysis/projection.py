"""Accuracy or projection: did IT know the customers, or take its own view for theirs? Projecting can be right."""

import numpy as np

from cardsort.analysis.ballotset import BallotSet
from cardsort.analysis.ranks import Floats, Ints, centre_ranks, find_places
from cardsort.analysis.resampling import MAX_SPLITS, REDRAWS, stream
from cardsort.analysis.result import Projection
from cardsort.analysis.selection import LARGE, ListBallots, Terms
from cardsort.analysis.similarity import correlate_rows, pearson
from cardsort.analysis.suppression import may_show

PURPOSE = 11
ROUNDING = 1e-12


def find_projection(
    terms: Terms, ballots: BallotSet, predicted: ListBallots, actual: ListBallots, own: ListBallots
) -> Projection:
    """The parts of IT's accuracy, from the mean ranks of prediction P, actual A and IT's own view O.

    accuracy PA, assumed similarity PO, real similarity OA; truth and bias force (West and Kenny 2011), None where
    OA² = 1; gain = PA - OA: how much better than their own list they predicted.
    """
    p, a, o = (found.tally.rank_sums for found in (predicted, actual, own))
    pa, po, oa = pearson(p, a), pearson(p, o), pearson(o, a)
    truth, bias = find_forces(pa, po, oa)
    difference, chance = _find_person_difference(terms, ballots, predicted, own, a)
    return Projection(
        accuracy=pa,
        assumed_similarity=po,
        real_similarity=oa,
        truth_force=truth,
        bias_force=bias,
        gain=None if pa is None or oa is None else pa - oa,
        person_difference=difference,
        person_p=chance,
    )


def find_forces(pa: float | None, po: float | None, oa: float | None) -> tuple[float | None, float | None]:
    """Truth force and bias force: the standardised regression weights of A and O in predicting P."""
    if pa is None or po is None or oa is None or 1 - oa**2 < ROUNDING:
        return None, None
    return (pa - po * oa) / (1 - oa**2), (po - pa * oa) / (1 - oa**2)


def _find_person_difference(
    terms: Terms, ballots: BallotSet, predicted: ListBallots, own: ListBallots, actual: Ints
) -> tuple[float | None, float | None]:
    """Mean over persons of ρ(their prediction, actual) - ρ(their own view, actual), and its p.

    Positive: people's predictions are closer to the customers than their own lists are.
    """
    first, second = _pair(ballots.respondent[predicted.rows], ballots.respondent[own.rows])
    both = ballots.sources(predicted.rows[first]), ballots.sources(own.rows[second])
    if not len(first) or not all(may_show(one, terms.threshold) for one in both) or np.ptp(actual) == 0:
        return None, None
    said = centre_ranks(predicted.rankings[first], terms.size).astype(np.float64)
    wanted = centre_ranks(own.rankings[second], terms.size).astype(np.float64)
    ranks = np.broadcast_to(np.add(*find_places(actual)).astype(np.float64), said.shape)
    differences = np.sort(correlate_rows(said, ranks) - correlate_rows(wanted, ranks))
    return float(differences.mean()), sign_flip_p(differences, terms.seed)


def _pair(first: Ints, second: Ints) -> tuple[Ints, Ints]:
    """Places in both of the ballots of the same person; -1 is nobody."""
    _, one, other = np.intersect1d(first, second, return_indices=True)
    known = first[one] >= 0
    return one[known], other[known]


def sign_flip_p(differences: Floats, seed: int) -> float:
    """P(|mean| with random signs >= |mean|): all sign flips up to 20,000, else 9,999 random ones, normal from 1,000."""
    n, observed = len(differences), abs(float(differences.sum())) - ROUNDING
    if n >= LARGE:
        from scipy.special import ndtr

        spread = float(np.sqrt((differences**2).sum()))
        return float(2 * ndtr(-max(observed, 0.0) / spread)) if spread > 0 else 1.0
    if 2**n <= MAX_SPLITS:
        signs = 1 - 2.0 * ((np.arange(2**n)[:, None] >> np.arange(n)) & 1)
        return float(np.mean(np.abs(signs @ differences) >= observed))
    signs = 1.0 - 2.0 * stream(seed, PURPOSE).integers(2, size=(REDRAWS, n))
    return float((1 + np.count_nonzero(np.abs(signs @ differences) >= observed)) / (1 + REDRAWS))
