"""Know or think: how much of IT's prediction is known, and how often each was right."""

import numpy as np

from cardsort.analysis.ballotset import Came, sources_of
from cardsort.analysis.intervals import newcombe, wilson
from cardsort.analysis.ranks import Cards, Floats
from cardsort.analysis.result import BasisRate, BasisResult, Interval
from cardsort.analysis.suppression import is_few, may_show
from cardsort.domain.sources import Sources

Said = np.ndarray[tuple[int, int], np.dtype[np.int8]]
Given = np.ndarray[tuple[int, int], np.dtype[np.bool_]]
KNOW, THINK = 0, 1


def find_basis(rankings: Cards, said: Said, came: Came, chosen: Floats | None, threshold: int) -> BasisResult | None:
    """Shares of THINK and hit rates; None where nobody said either.

    rankings, said (n, N), came (n,): IT's predictions, their basis and how they came, as in BallotSet; `chosen` (m,):
    how far each card belongs to the customers' top, 0..1, or None where that list is not shown.
    A share that fewer than `threshold` people stand behind is None. Where so few said KNOW, or THINK, the rates of
    both are hidden, their n included: one could be computed from the other. That nobody said it is told.
    """
    places = np.flatnonzero((said >= 0).any(axis=0))
    if not len(places):
        return None
    shares = tuple(_think_share(said[:, place], came, threshold) for place in range(int(places[-1]) + 1))
    answers = [said == KNOW, said == THINK]
    hide = any(is_few(_who_said(given, came), threshold) for given in answers)
    know, think = (_rate(rankings, given, chosen, hide=hide) for given in answers)
    first_n = None if shares[0] is None else int(np.count_nonzero(said[:, 0] >= 0))
    return BasisResult(shares[0], shares, know, think, first_n, _differ(know, think))


def _differ(know: BasisRate, think: BasisRate) -> bool | None:
    """Whether the two rates differ by more than luck would make them (Newcombe); None where one is not told."""
    if know.interval is None or think.interval is None:
        return None
    ends = [tuple(map(np.asarray, (rate.hit_rate, *rate.interval))) for rate in (know, think) if rate.interval]
    low, high = newcombe((ends[0][0], ends[0][1], ends[0][2]), (ends[1][0], ends[1][1], ends[1][2]))
    return not low <= 0 <= high


def _who_said(given: Given, came: Came) -> Sources:
    return sources_of(came[given.any(axis=1)])


def _think_share(said: np.ndarray, came: Came, threshold: int) -> float | None:
    answered = sources_of(came[said >= 0])
    if not answered.n or not may_show(answered, threshold):
        return None
    return int(np.count_nonzero(said == THINK)) / answered.n


def _rate(rankings: Cards, given: Given, chosen: Floats | None, *, hide: bool) -> BasisRate:
    n = int(np.count_nonzero(given))
    if n == 0:
        return BasisRate(0, None, None)
    if hide or chosen is None:
        return BasisRate(None if hide else n, None, None)
    found = float(np.sort(chosen[rankings[given]]).sum())  # sorted: the sum depends on no order of ballots
    low, high = wilson(np.array(found), n)
    return BasisRate(n, found / n, Interval(float(low), float(high)))
