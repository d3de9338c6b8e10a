"""The loudest stakeholder: would another weighting of the customers give another top?"""

from dataclasses import dataclass, replace
from math import lcm

import numpy as np

from cardsort.analysis.ranks import Floats, Ints, find_membership, find_places
from cardsort.analysis.result import Contested, Scenario, Weighting
from cardsort.analysis.selection import Terms
from cardsort.analysis.suppression import may_leave_out
from cardsort.domain.sources import Sources

RESPONDENTS, SEGMENTS, WITHOUT = "respondents", "segments", "without "


@dataclass(frozen=True, slots=True)
class SegmentSums:
    """A segment that may be shown: where its ballots came from, its doubled rank sums (m,), and how many of its ballots
    list each card in the top (m,).
    """

    name: str
    sources: Sources
    rank_sums: Ints
    within_top: Ints

    @property
    def n(self) -> int:
        """Its number of ballots."""
        return self.sources.n


@dataclass(frozen=True, slots=True)
class _Weighted:
    """A weighting's tie blocks, how far each card belongs to its top (m,), and the segment that it leaves out."""

    scenario: Scenario
    places: tuple[Ints, Ints]
    membership: Floats
    left_out: str = ""


def find_weighting(
    terms: Terms, total: Sources, rank_sums: Ints, segments: tuple[SegmentSums, ...]
) -> Weighting | None:
    """Every respondent equal, every segment equal, and each segment left out; None for fewer than two segments.

    total, rank_sums (m,): all customers, with or without a segment; `segments`: those that may be shown. Robust cards
    belong wholly to every weighting's top; contested ones not to the same extent under all of them. A card that is
    tied over the cut alike everywhere is neither.
    """
    if len(segments) < 2:  # noqa: PLR2004 - one segment has nobody to be louder than
        return None
    headline = find_places(rank_sums)
    weighted = [_weigh(terms, RESPONDENTS, headline, headline), _weigh(terms, SEGMENTS, _equal(segments), headline)]
    for segment in segments:
        if may_leave_out(segment.sources, total, terms.threshold):
            rest = find_places(rank_sums - segment.rank_sums)
            weighted.append(_weigh(terms, WITHOUT + segment.name, rest, headline, segment.name))
    weighted = _find_telling(weighted)
    largest = _find_largest(segments)
    memberships = np.stack([one.membership for one in weighted])
    robust, contested = (memberships == 1).all(axis=0), np.ptp(memberships, axis=0) > 0
    return Weighting(
        largest_segment=(largest.name, largest.n / total.n) if largest else None,
        scenarios=tuple(one.scenario for one in weighted),
        robust=tuple(terms.codes[card] for card in np.flatnonzero(robust)),
        contested=tuple(
            Contested(terms.codes[card], _find_decider(int(card), weighted, largest.name if largest else None))
            for card in np.flatnonzero(contested)
        ),
    )


def _find_largest(segments: tuple[SegmentSums, ...]) -> SegmentSums | None:
    """The segment of the most ballots; None where several have as many."""
    first, second = sorted(segments, key=lambda segment: segment.n, reverse=True)[:2]
    return first if first.n > second.n else None


def _equal(segments: tuple[SegmentSums, ...]) -> tuple[Ints, Ints]:
    """Places by the mean of the segments' mean ranks, in whole numbers so that ties are real."""
    multiple = lcm(*(segment.n for segment in segments))
    exact = sum(segment.rank_sums.astype(object) * (multiple // segment.n) for segment in segments)
    _, order = np.unique(np.asarray(exact), return_inverse=True)
    return find_places(order.astype(np.int64))


def _weigh(terms: Terms, name: str, places: tuple[Ints, Ints], headline: tuple[Ints, Ints], out: str = "") -> _Weighted:
    """A weighting's top, and how many of the headline's top stay in it (a tied card as far as it is in both)."""
    membership = find_membership(*places, terms.top)
    kept = np.minimum(membership, find_membership(*headline, terms.top)).sum()
    order = np.lexsort((np.arange(terms.size), places[0]))
    top = tuple(terms.codes[card] for card in order if places[0][card] <= terms.top)
    return _Weighted(Scenario(name, top, float(kept)), places, membership, out)


def _find_telling(weighted: list[_Weighted]) -> list[_Weighted]:
    """Marks the weightings that change nothing beyond what leaving any one other segment out does.

    A card near the cut comes or goes whoever is left out; that says nothing of a segment. The headline is always told.
    """
    headline = weighted[0]
    changed = [frozenset(np.flatnonzero(one.membership != headline.membership)) for one in weighted]
    found = [headline]
    for place, one in enumerate(weighted[1:], 1):
        others = (cards for at, cards in enumerate(changed) if at != place and weighted[at].left_out)
        tells = bool(changed[place].difference(*others))
        found.append(replace(one, scenario=replace(one.scenario, tells=tells)))
    return found


def _find_decider(card: int, weighted: list[_Weighted], largest: str | None) -> str | None:
    """The segment without which the card gains or loses most of its membership in the top, then most places.

    The largest segment, which weighs most, where the card stands the same without each single one. None where several
    segments change it as much, or where several are the largest.
    """
    headline = weighted[0]
    moves = {
        one.left_out: (_find_gain(card, one, headline), _find_move(card, one, headline))
        for one in weighted
        if one.left_out and one.membership[card] != headline.membership[card]
    }
    if not moves:
        return largest
    deciding = [name for name, move in moves.items() if move == max(moves.values())]
    return deciding[0] if len(deciding) == 1 else None


def _find_gain(card: int, one: _Weighted, other: _Weighted) -> float:
    """How much membership in the top lies between, rounded so that thirds and the like are real ties."""
    return round(abs(float(one.membership[card] - other.membership[card])), 9)


def _find_move(card: int, one: _Weighted, other: _Weighted) -> int:
    """How far apart the middles of the card's tie blocks are, in half places."""
    return abs(sum(int(ends[card]) for ends in one.places) - sum(int(ends[card]) for ends in other.places))
