"""IT's prediction against what customers chose, card by card and as a whole."""

from dataclasses import dataclass

import numpy as np

from cardsort.analysis.agreement import NOISE, mean_pairwise_spearman
from cardsort.analysis.intervals import percentile_ends
from cardsort.analysis.ranks import Floats, Ints, find_membership, find_places
from cardsort.analysis.resampling import Replicates
from cardsort.analysis.result import CardGap, Interval, Position, Prediction
from cardsort.analysis.selection import ListBallots, Terms
from cardsort.analysis.significance import Significance, find_label, find_significance
from cardsort.analysis.similarity import (
    correlate_rows,
    find_gaps,
    find_z_gaps,
    find_zone,
    hits,
    kendall_tau_b,
    pearson,
    rank_biased_overlap,
    spearman,
)
from cardsort.analysis.worth import worth_in_customers

Places = tuple[Ints, Ints]
PURPOSE = 10  # the random stream of the permutation test


@dataclass(frozen=True, slots=True)
class Drawn:
    """One list with what is drawn from it: its replicates and their tie blocks, (B, m) each."""

    found: ListBallots
    replicates: Replicates
    places: Places


def compare_lists(terms: Terms, predicted: Drawn, actual: Drawn) -> Prediction:
    """Everything that is said about the two lists, at least one ballot each."""
    lists = predicted.found, actual.found
    sums = lists[0].tally.rank_sums, lists[1].tally.rank_sums
    tested = find_significance(terms, *lists, PURPOSE)
    rho, worth = spearman(*sums), _find_worth(*lists)
    return Prediction(
        hits=hits(*sums, terms.top),
        hits_by_chance=terms.top**2 / terms.size,
        spearman=rho,
        kendall_tau_b=kendall_tau_b(*sums),
        rbo=rank_biased_overlap(*sums, terms.top),
        overall_p=tested.overall_p,
        testable=tested.testable,
        worth_in_customers=worth,
        hits_interval=as_interval(replicate_hits(predicted, actual, terms.top), hits(*sums, terms.top)),
        spearman_interval=as_interval(replicate_spearman(predicted, actual), rho),
        worth_interval=as_interval(_replicate_worth(predicted, actual), worth),
        cards=_find_cards(terms, predicted, actual, tested),
    )


def _find_cards(terms: Terms, predicted: Drawn, actual: Drawn, tested: Significance) -> dict[str, CardGap]:
    counted = predicted.found.tally, actual.found.tally
    places = find_places(counted[0].rank_sums), find_places(counted[1].rank_sums)
    gaps = find_gaps(*places)
    ends = percentile_ends(find_gaps(predicted.places, actual.places), gaps)
    z_gaps = find_z_gaps(counted[0].centred_sums, counted[1].centred_sums)
    cards = {}
    for card, code in enumerate(terms.codes):
        p, q, gap = float(tested.p[card]), float(tested.q[card]), int(gaps[card])
        known = not np.isnan(p)
        cards[code] = CardGap(
            gap=gap,
            gap_interval=Interval(float(ends[0][card]), float(ends[1][card])),
            z_gap=None if z_gaps is None else float(z_gaps[card]),
            p=p if known else None,
            q=q if known else None,
            label=find_label(p, q, gap) if known else None,
            zone=find_zone(*(Position(int(low[card]), int(high[card])) for low, high in places), top=terms.top),
        )
    return cards


def _find_worth(predicted: ListBallots, actual: ListBallots) -> float | None:
    accuracy = pearson(predicted.tally.rank_sums, actual.tally.rank_sums)
    rho = mean_pairwise_spearman(actual.tally)
    if accuracy is None or rho is None or rho <= NOISE:
        return None
    worth = float(worth_in_customers(np.array(accuracy), np.array(rho), actual.n))
    return worth if np.isfinite(worth) else None


def replicate_hits(predicted: Drawn, actual: Drawn, top: int) -> Floats:
    """Hits of each pair of replicates, (B,)."""
    tops = find_membership(*predicted.places, top), find_membership(*actual.places, top)
    return np.asarray((tops[0] * tops[1]).sum(axis=1))


def replicate_spearman(predicted: Drawn, actual: Drawn) -> Floats:
    """Spearman correlation of each pair of replicates, (B,)."""
    return correlate_rows(*(np.add(*drawn.places).astype(np.float64) for drawn in (predicted, actual)))


def _replicate_worth(predicted: Drawn, actual: Drawn) -> Floats | None:
    if actual.replicates.agreement is None:
        return None
    accuracy = correlate_rows(predicted.replicates.centred, actual.replicates.centred)
    return worth_in_customers(accuracy, actual.replicates.agreement, actual.found.n)


def as_interval(replicates: Floats | None, estimate: float | None) -> Interval | None:
    """None where the value itself is undefined, or an end is infinite."""
    if replicates is None or estimate is None:
        return None
    low, high = (float(end) for end in percentile_ends(replicates, estimate))
    return Interval(low, high) if np.isfinite(high) else None
