"""IT's prediction against what customers chose, card by card and as a whole."""

from dataclasses import dataclass

import numpy as np

from cardsort.analysis.agreement import NOISE, mean_pairwise_spearman, reliability
from cardsort.analysis.fairbar import count_shared, find_fair_bar
from cardsort.analysis.intervals import Ends, newcombe, percentile_ends, wilson
from cardsort.analysis.ranks import Floats, Places, find_places
from cardsort.analysis.resampling import Replicates
from cardsort.analysis.result import CardGap, Interval, Position, Prediction
from cardsort.analysis.sayable import FEW
from cardsort.analysis.selection import ListBallots, Terms
from cardsort.analysis.significance import Significance, find_label, find_significance
from cardsort.analysis.similarity import (
    correlate_rows,
    find_gaps,
    find_profile_gaps,
    find_z_gaps,
    find_zone,
    hits,
    kendall_tau_b,
    pearson,
    rank_biased_overlap,
    spearman,
)
from cardsort.analysis.worth import MORE_THAN_NOISE, find_noise, worth_in_customers

PURPOSE = 10  # the random stream of the permutation test


@dataclass(frozen=True, slots=True)
class Drawn:
    """One list with what is drawn from it: its replicates and their tie blocks, (B, m) each.

    `exact`: everybody of the group took part, so nothing about it is uncertain.
    """

    found: ListBallots
    replicates: Replicates
    places: Places
    exact: bool = False


def compare_lists(terms: Terms, predicted: Drawn, actual: Drawn) -> Prediction:
    """Everything that is said about the two lists, at least one ballot each."""
    lists = predicted.found, actual.found
    sums = lists[0].tally.rank_sums, lists[1].tally.rank_sums
    tested = find_significance(terms, *lists, PURPOSE)
    noise = find_noise(predicted.found.tally, terms.seed)
    worth = _find_worth(*lists, noise)
    bar, split = find_fair_bar(terms, actual.found, predicted.found.n) or (None, None)
    return Prediction(
        hits=hits(*sums, terms.top),
        hits_by_chance=terms.top**2 / terms.size,
        hits_of_customers=bar,
        customers_split=split,
        similarity=find_similarity(*lists),
        spearman=spearman(*sums),
        kendall_tau_b=kendall_tau_b(*sums),
        rbo=rank_biased_overlap(*sums, terms.top),
        overall_p=tested.overall_p,
        testable=tested.testable,
        worth_in_customers=worth,
        hits_interval=as_interval(replicate_hits(predicted, actual, terms.top), hits(*sums, terms.top)),
        worth_interval=as_interval(_replicate_worth(predicted, actual), worth),
        cards=_find_cards(terms, predicted, actual, tested),
        noise_p=noise,
    )


def _find_cards(terms: Terms, predicted: Drawn, actual: Drawn, tested: Significance) -> dict[str, CardGap]:
    counted = predicted.found.tally, actual.found.tally
    places = find_places(counted[0].rank_sums), find_places(counted[1].rank_sums)
    gaps = find_gaps(*places)
    ends = percentile_ends(find_gaps(predicted.places, actual.places), gaps)
    sums = counted[0].centred_sums, counted[1].centred_sums
    z_gaps, profile_gaps = find_z_gaps(*sums), find_profile_gaps(*sums)
    shares = _find_share_differences(terms, predicted, actual)
    cards = {}
    for card, code in enumerate(terms.codes):
        p, q, gap = float(tested.p[card]), float(tested.q[card]), int(gaps[card])
        known, interval = not np.isnan(p), Interval(float(ends[0][card]), float(ends[1][card]))
        cards[code] = CardGap(
            gap=gap,
            gap_interval=interval,
            z_gap=None if z_gaps is None else float(z_gaps[card]),
            profile_gap=None if z_gaps is None else float(profile_gaps[card]),
            share_difference=None if shares is None else float(shares[0][card]),
            share_difference_interval=None
            if shares is None
            else Interval(float(shares[1][card]), float(shares[2][card])),
            p=p if known else None,
            q=q if known else None,
            label=find_label(p, q, gap, interval) if known else None,
            zone=find_zone(*(Position(int(low[card]), int(high[card])) for low, high in places), top=terms.top),
        )
    return cards


def _find_share_differences(terms: Terms, predicted: Drawn, actual: Drawn) -> Ends | None:
    """Customers' top shares minus IT's with Newcombe's interval, (m,) each; None below five people in a group."""
    if min(predicted.found.n, actual.found.n) < FEW:
        return None
    theirs, ours = (_find_top_shares(terms, drawn) for drawn in (actual, predicted))
    return theirs[0] - ours[0], *newcombe(theirs, ours)


def _find_top_shares(terms: Terms, drawn: Drawn) -> Ends:
    counted = drawn.found.tally
    within = counted.listed_within(terms.top)
    share = within / counted.n
    return (share, share, share) if drawn.exact else (share, *wilson(within, counted.n))


def find_similarity(first: ListBallots, second: ListBallots) -> float | None:
    """Correlation of the two lists' mean ranks corrected for noise, r/√(rel·rel), -1..1.

    How alike the lists of many such people would be: the plain correlation of a few people's lists is far too low. None
    where the ballots of a group do not agree at all, or are one alone.
    """
    r = pearson(first.tally.rank_sums, second.tally.rank_sums)
    reliable = [_find_reliability(found) for found in (first, second)]
    if r is None or reliable[0] is None or reliable[1] is None:
        return None
    return float(np.clip(r / np.sqrt(reliable[0] * reliable[1]), -1.0, 1.0))


def _find_reliability(found: ListBallots) -> float | None:
    rho = mean_pairwise_spearman(found.tally)
    return None if rho is None else reliability(rho, found.n)


def _find_worth(predicted: ListBallots, actual: ListBallots, noise: float | None) -> float | None:
    accuracy = pearson(predicted.tally.rank_sums, actual.tally.rank_sums)
    rho = mean_pairwise_spearman(actual.tally)
    if accuracy is None or rho is None or rho <= NOISE or noise is None or noise > MORE_THAN_NOISE:
        return None
    worth = float(worth_in_customers(np.array(accuracy), np.array(rho), actual.n))
    return worth if np.isfinite(worth) else None


def replicate_hits(predicted: Drawn, actual: Drawn, top: int) -> Floats:
    """Hits of each pair of replicates, (B,)."""
    return count_shared(predicted.places, actual.places, top)


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
