"""IT's prediction against what customers chose, card by card and as a whole."""

from cardsort.analysis.ranks import find_places
from cardsort.analysis.result import CardGap, Position, Prediction
from cardsort.analysis.selection import ListBallots, Terms
from cardsort.analysis.similarity import (
    find_gaps,
    find_z_gaps,
    find_zone,
    hits,
    kendall_tau_b,
    rank_biased_overlap,
    spearman,
)


def compare_lists(terms: Terms, predicted: ListBallots, actual: ListBallots) -> Prediction:
    """Everything that is said about the two lists, at least one ballot each."""
    sums, top = (predicted.tally.rank_sums, actual.tally.rank_sums), terms.top
    places = find_places(sums[0]), find_places(sums[1])
    gaps = find_gaps(*places)
    z_gaps = find_z_gaps(predicted.tally.centred_sums, actual.tally.centred_sums)
    cards = {
        code: CardGap(
            gap=int(gaps[card]),
            gap_interval=None,
            z_gap=None if z_gaps is None else float(z_gaps[card]),
            p=None,
            q=None,
            label=None,
            zone=find_zone(*(Position(int(low[card]), int(high[card])) for low, high in places), top=top),
        )
        for card, code in enumerate(terms.codes)
    }
    return Prediction(
        hits=hits(*sums, top),
        hits_by_chance=top**2 / terms.size,
        spearman=spearman(*sums),
        kendall_tau_b=kendall_tau_b(*sums),
        rbo=rank_biased_overlap(*sums, top),
        overall_p=None,
        testable=False,
        worth_in_customers=None,
        hits_interval=None,
        spearman_interval=None,
        worth_interval=None,
        cards=cards,
    )
