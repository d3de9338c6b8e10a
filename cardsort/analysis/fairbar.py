"""The fair bar: how many of the customers' top would so many customers have named as there are people in IT?

Guessing is too low a bar, and all ten too high a one: people with the customers' own taste name five to nine of ten.
"""

import numpy as np

from cardsort.analysis.ranks import Floats, Places, find_membership, find_places
from cardsort.analysis.resampling import draw_parts
from cardsort.analysis.selection import ListBallots, Terms

MIN_CUSTOMERS = 6  # below, half of them are no group to speak of
SPLITS = 200
PURPOSE = 8  # the random stream of the splits


def find_fair_bar(terms: Terms, actual: ListBallots, people: int) -> tuple[float, int] | None:
    """Mean hits, 0..top, of k customers against all others over 200 seeded splits, and k; None below six customers.

    k = as many as `people`, at most half of the customers. Our own proposal, tested by simulation.
    """
    if actual.n < MIN_CUSTOMERS:
        return None
    split = min(people, actual.n // 2)
    some = draw_parts(terms, actual, split, SPLITS, PURPOSE)
    others = actual.tally.centred_sums - some
    return float(count_shared(find_places(some), find_places(others), terms.top).mean()), split


def count_shared(first: Places, second: Places, top: int) -> Floats:
    """Hits of each pair of lists, (B,), from their tie blocks, (B, m) each."""
    return np.asarray((find_membership(*first, top) * find_membership(*second, top)).sum(axis=-1))
