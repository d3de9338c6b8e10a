"""The loudest stakeholder: would another weighting of the customers give another top?"""

from dataclasses import dataclass
from math import lcm

import numpy as np

from cardsort.analysis.ranks import Ints, find_membership, find_places
from cardsort.analysis.result import Contested, Scenario, Weighting
from cardsort.analysis.selection import Terms
from cardsort.analysis.suppression import may_leave_out

RESPONDENTS, SEGMENTS, WITHOUT = "respondents", "segments", "without "


@dataclass(frozen=True, slots=True)
class SegmentSums:
    """A segment that may be shown: its number of ballots and its doubled rank sums (m,)."""

    name: str
    n: int
    rank_sums: Ints


@dataclass(frozen=True, slots=True)
class _Weighted:
    scenario: Scenario
    places: tuple[Ints, Ints]
    left_out: str = ""


def find_weighting(terms: Terms, n: int, rank_sums: Ints, segments: tuple[SegmentSums, ...]) -> Weighting | None:
    """Every respondent equal, every segment equal, and each segment left out; None for fewer than two segments.

    n, rank_sums (m,): all customers, with or without a segment; `segments`: those that may be shown.
    """
    if len(segments) < 2:  # noqa: PLR2004 - one segment has nobody to be louder than
        return None
    headline = find_places(rank_sums)
    weighted = [_weigh(terms, RESPONDENTS, headline, headline), _weigh(terms, SEGMENTS, _equal(segments), headline)]
    for segment in segments:
        if may_leave_out(segment.n, n, terms.threshold):
            rest = find_places(rank_sums - segment.rank_sums)
            weighted.append(_weigh(terms, WITHOUT + segment.name, rest, headline, segment.name))
    largest = max(segments, key=lambda segment: segment.n)
    tops = [set(one.scenario.top) for one in weighted]
    robust, named = set.intersection(*tops), set.union(*tops)
    return Weighting(
        largest_segment=(largest.name, largest.n / n),
        scenarios=tuple(one.scenario for one in weighted),
        robust=tuple(code for code in terms.codes if code in robust),
        contested=tuple(
            Contested(code, _find_decider(terms, code, weighted, largest.name))
            for code in terms.codes
            if code in named - robust
        ),
    )


def _equal(segments: tuple[SegmentSums, ...]) -> tuple[Ints, Ints]:
    """Places by the mean of the segments' mean ranks, in whole numbers so that ties are real."""
    multiple = lcm(*(segment.n for segment in segments))
    exact = sum(segment.rank_sums.astype(object) * (multiple // segment.n) for segment in segments)
    _, order = np.unique(np.asarray(exact), return_inverse=True)
    return find_places(order.astype(np.int64))


def _weigh(terms: Terms, name: str, places: tuple[Ints, Ints], headline: tuple[Ints, Ints], out: str = "") -> _Weighted:
    """A weighting's top, and how many of the headline's top stay in it (a tied card as far as it is in both)."""
    kept = np.minimum(find_membership(*places, terms.top), find_membership(*headline, terms.top)).sum()
    order = np.lexsort((np.arange(terms.size), places[0]))
    top = tuple(terms.codes[card] for card in order if places[0][card] <= terms.top)
    return _Weighted(Scenario(name, top, float(kept)), places, out)


def _find_decider(terms: Terms, code: str, weighted: list[_Weighted], largest: str) -> str:
    """The segment without which the card changes sides, most places first; else the largest, which weighs most."""
    card, headline = terms.codes.index(code), weighted[0]
    inside = code in headline.scenario.top
    moves = [
        (
            abs(int(sum(places[card] for places in one.places)) - int(sum(places[card] for places in headline.places))),
            one,
        )
        for one in weighted
        if one.left_out and (code in one.scenario.top) != inside
    ]
    return max(moves, key=lambda move: move[0])[1].left_out if moves else largest
