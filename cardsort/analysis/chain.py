"""The value chain: what appears or is lost on the way to the customer who pays in the end."""

import numpy as np

from cardsort.analysis.ballotset import BallotSet
from cardsort.analysis.consensus import as_interval
from cardsort.analysis.intervals import wilson
from cardsort.analysis.ranks import Ints, find_places, tally
from cardsort.analysis.result import ChainLink, Comparison, ConsensusList, Interval, Position
from cardsort.analysis.selection import ListBallots, Terms
from cardsort.analysis.suppression import shown_segments
from cardsort.analysis.weighting import SegmentSums
from cardsort.domain.ballots import Group
from cardsort.domain.settings import ChainKind, Segment

ORDER = [*ChainKind, None]  # from the nearest to the one who pays; then those of unknown place
Members = tuple[tuple[Segment, Ints], ...]


def find_members(terms: Terms, ballots: BallotSet, found: ListBallots, group: Group) -> Members:
    """The group's segments that may be shown, in the chain's order, then their own; each with its rows of the list."""
    segments, member = ballots.segments_of(group), ballots.segment[found.rows]
    sources = [ballots.sources(found.rows[member == number]) for number in range(len(segments))]
    shown = shown_segments(sources, ballots.sources(found.rows), terms.threshold)
    places = sorted(range(len(segments)), key=lambda number: (ORDER.index(segments[number].kind), number))
    return tuple((segments[number], np.flatnonzero(member == number)) for number in places if shown[number])


def count_hidden(ballots: BallotSet, found: ListBallots, shown: Members) -> int:
    """Segments that have people in the list and are not shown."""
    segments = np.unique(ballots.segment[found.rows])
    return int(np.count_nonzero(segments >= 0)) - len(shown)


def find_segments(terms: Terms, ballots: BallotSet, actual: ListBallots, shown: Members) -> tuple[SegmentSums, ...]:
    """What those customers' segments put where, in their order."""
    found = []
    for segment, rows in shown:
        counted = tally(actual.rankings[rows], terms.size)
        sums = counted.rank_sums, counted.listed_within(terms.top)
        found.append(SegmentSums(segment.name, ballots.sources(actual.rows[rows]), *sums))
    return tuple(found)


def find_chain(terms: Terms, ballots: BallotSet, segments: tuple[SegmentSums, ...]) -> tuple[ChainLink, ...]:
    """Each shown segment with its place in the chain ("" = unknown) and its top cards."""
    kinds = {segment.name: segment.kind for segment in ballots.segments}
    found = []
    for segment in segments:
        top, ends = find_top(terms, segment.rank_sums), wilson(segment.within_top, segment.n)
        shares = {code: as_interval(ends, card) for card, code in enumerate(terms.codes)}
        kind = kinds[segment.name] or ""
        found.append(ChainLink(segment.name, kind, segment.n, tuple(top), tuple(top.values()), shares))
    return tuple(found)


def find_top(terms: Terms, rank_sums: Ints) -> dict[str, Position]:
    """Cards whose tie block begins in the top T with that block, best first, ties in the deck's order."""
    low, high = find_places(rank_sums)
    order = sorted(range(terms.size), key=lambda card: int(low[card]))
    return {terms.codes[card]: Position(int(low[card]), int(high[card])) for card in order if low[card] <= terms.top}


def lost_on_the_way(comparison: Comparison) -> tuple[str, ...] | None:
    """Cards in the top of a paying customer and of no list shown before: earlier links and IT's prediction.

    Only those whose top share there is surely larger, its interval above that of each list before: else one taste in
    three small kinds would lose two or three cards by luck. None where no paying customer is shown, or no list before
    one: then nothing is known of the way.
    """
    paying = [link for link in comparison.chain if link.kind == ChainKind.PAYING]
    nearer = {ChainKind.INTERNAL, ChainKind.BUSINESS}
    before = [(link.top, link.top_shares) for link in comparison.chain if link.kind in nearer]
    if comparison.predicted is not None:
        before.append((comparison.predicted.top(comparison.top), _find_shares(comparison.predicted)))
    if not paying or not before or comparison.actual is None:
        return None
    named = {code for top, _ in before for code in top}
    lost = {
        code
        for link in paying
        for code in set(link.top) - named
        if all(link.top_shares[code].low > shares[code].high for _, shares in before)
    }
    return tuple(code for code in comparison.actual.cards if code in lost)


def _find_shares(found: ConsensusList) -> dict[str, Interval]:
    """Intervals of a list's top shares; the share itself where everybody took part."""
    return {
        code: card.top_share_interval or Interval(card.top_share, card.top_share) for code, card in found.cards.items()
    }
