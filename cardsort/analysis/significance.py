"""Could the difference between two lists be luck? A permutation test of single cards and of the whole."""

from dataclasses import dataclass
from math import ceil

import numpy as np

from cardsort.analysis.ranks import Floats, Ints
from cardsort.analysis.resampling import Splits, count_splits, split_anew
from cardsort.analysis.result import Interval, Label
from cardsort.analysis.selection import ListBallots, Terms
from cardsort.analysis.similarity import find_profile_gaps, standardise

FALSE_DISCOVERIES = 0.05  # q
MIN_LISTED = 3  # ballots that list a card, for it to be tested
CLEAR_GAP = 5  # places
ROUNDING = 1e-9  # equal values of different splits may differ by so much


@dataclass(frozen=True, slots=True)
class Significance:
    """What the redraws say.

    testable   whether there are people enough to test single cards
    p, q       (m,): each card's p-value and its Benjamini-Hochberg adjustment; nan where not tested
    overall_p  of the whole lists; None where all cards of a list are tied
    """

    testable: bool
    p: Floats
    q: Floats
    overall_p: float | None


def is_testable(first: int, second: int, size: int) -> bool:
    """Whether groups of that many people can flag a single card of `size`: splits enough for the smallest p."""
    needed = ceil(size / FALSE_DISCOVERIES - ROUNDING)
    return count_splits(first, second, needed) >= needed


def find_significance(terms: Terms, first: ListBallots, second: ListBallots, purpose: int) -> Significance:
    """Test |profile gap| of every card that at least three pooled ballots list, and the whole lists' similarity."""
    unknown = np.full(terms.size, np.nan)
    sums = first.tally.centred_sums, second.tally.centred_sums
    testable = is_testable(first.n, second.n, terms.size)
    if not all(one.any() for one in sums):
        return Significance(testable, unknown, unknown, None)
    splits = split_anew(terms, first, second, purpose)
    alike = float(np.mean(standardise(sums[0]) * standardise(sums[1])))
    drawn = np.mean(standardise(splits.smaller) * standardise(splits.larger), axis=1)
    overall = _share(drawn <= alike + ROUNDING, splits)
    if not testable:
        return Significance(testable, unknown, unknown, float(overall))
    observed = np.abs(find_profile_gaps(*sums))
    extreme = np.abs(find_profile_gaps(splits.smaller, splits.larger)) >= observed - ROUNDING
    family = first.tally.listed + second.tally.listed >= MIN_LISTED
    p = np.where(family, _share(extreme, splits), np.nan)
    return Significance(testable, p, adjust(p), float(overall))


def _share(extreme: np.ndarray, splits: Splits) -> Floats:
    """The p-value: the plain share of all splits, or (1 + count)/(1 + B) of random ones."""
    count, draws = np.count_nonzero(extreme, axis=0), len(extreme)
    return np.asarray(count / draws if splits.complete else (1 + count) / (1 + draws))


def adjust(p: Floats) -> Floats:
    """Benjamini-Hochberg adjusted p-values over the cards that were tested, nan elsewhere."""
    from scipy.stats import false_discovery_control

    tested = ~np.isnan(p)
    q = np.full(len(p), np.nan)
    if tested.any():
        q[tested] = false_discovery_control(p[tested])
    return q


def find_label(p: float, q: float, gap: int, interval: Interval) -> Label:
    """How sure a tested card's gap is; size alone means nothing, and neither does a small p with a small gap.

    Clear is what the test finds among all cards and what the gap's own 95 % interval tells from 0, on the same side.
    """
    if p > FALSE_DISCOVERIES or abs(gap) < CLEAR_GAP:
        return Label.NONE
    apart = interval.low > 0 if gap > 0 else interval.high < 0
    return Label.CLEAR if q <= FALSE_DISCOVERIES and apart else Label.POSSIBLE


def find_moved(found: Significance, gaps: Ints) -> Ints:
    """The cards whose place changed between two lists by more than luck, and by five places or more."""
    return np.flatnonzero((found.q <= FALSE_DISCOVERIES) & (np.abs(gaps) >= CLEAR_GAP))  # nan compares as false
