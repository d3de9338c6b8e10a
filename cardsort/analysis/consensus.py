"""One list: the consensus of one group's ballots, card by card."""

import numpy as np

from cardsort.analysis.ballotset import Came, sources_of
from cardsort.analysis.intervals import mean_rank_interval, wilson
from cardsort.analysis.ranks import Floats, Ints, Tally, find_places
from cardsort.analysis.result import Agreement, CardStanding, ConsensusList, Interval, Position
from cardsort.analysis.selection import Terms
from cardsort.analysis.suppression import may_show

Piles = np.ndarray[tuple[int, int], np.dtype[np.int8]]
YES_OFTEN, UNSURE = 1, 4  # numbers of piles, as in BallotSet


def find_scores(counted: Tally) -> Floats:
    """Scores, (m,), 0..100: 0 = no more than unlisted, 100 = everybody put it first."""
    spread = counted.unlisted_sum - 2 * counted.n
    return np.maximum(100.0 * (counted.unlisted_sum - counted.rank_sums) / spread, 0.0)


def find_recognition(piles: Piles | None, came: Came, terms: Terms) -> list[float | None]:
    """Of those who sorted the card, the share that put it into *Yes, often*, card by card; None below k people.

    Whoever could not say, or never looked at the card, is not among those who sorted it. `came` (n,): how the ballots
    came, as in BallotSet.
    """
    if piles is None:
        return [None] * terms.size
    return [_recognition(pile, came, terms.threshold) for pile in piles.T]


def _recognition(piles: Came, came: Came, threshold: int) -> float | None:
    sorted_by = (piles > 0) & (piles != UNSURE)
    told = sorted_by.any() and may_show(sources_of(came[sorted_by]), threshold)
    return float(np.mean(piles[sorted_by] == YES_OFTEN)) if told else None


def as_interval(ends: tuple[Floats, Floats], card: int) -> Interval:
    """One card's interval from arrays of both ends."""
    return Interval(float(ends[0][card]), float(ends[1][card]))


def build_list(
    terms: Terms,
    counted: Tally,
    *,
    agreement: Agreement | None = None,
    recognition: list[float | None] | None = None,
    uncertainty: tuple[Ints, Ints] | None = None,
    exact: bool = False,
) -> ConsensusList:
    """The list of at least one ballot, every card of the deck present.

    `uncertainty` is the first and last place of each card's interval, (m,) each. `exact`: everybody of the group took
    part, so there are no intervals.
    """
    n = counted.n
    means, scores = counted.rank_sums / (2 * n), find_scores(counted)
    low, high = find_places(counted.rank_sums)
    within_top, first = counted.listed_within(terms.top), counted.listed_within(1)
    mean_ends, top_ends = mean_rank_interval(counted, terms.depth), wilson(within_top, n)
    cards = {
        code: CardStanding(
            mean_rank=float(means[card]),
            mean_rank_interval=None if exact else as_interval(mean_ends, card),
            score=float(scores[card]),
            position=Position(int(low[card]), int(high[card])),
            position_uncertainty=uncertainty and Position(int(uncertainty[0][card]), int(uncertainty[1][card])),
            top_share=float(within_top[card] / n),
            top_share_interval=None if exact else as_interval(top_ends, card),
            first_share=float(first[card] / n),
            recognition_share=recognition[card] if recognition else None,
        )
        for card, code in enumerate(terms.codes)
    }
    return ConsensusList(n, agreement, cards)
