"""Which ballots belong to which list, at which depth, and the terms on which all of them are compared."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cardsort.analysis.ballotset import GROUPS, KINDS, BallotSet
from cardsort.analysis.ranks import Cards, Ints, Tally, count_listed, sum_products, tally
from cardsort.domain.ballots import Group, Kind

LISTS = {
    "customers_own": (Group.CUSTOMERS, Kind.OWN),
    "it_prediction": (Group.IT, Kind.PREDICTION),
    "it_own": (Group.IT, Kind.OWN),
    "customers_prediction": (Group.CUSTOMERS, Kind.PREDICTION),
}
ACTUAL, PREDICTED, IT_OWN = "customers_own", "it_prediction", "it_own"
USUAL_DEPTH, MAX_TOP = 10, 10
LARGE = 1_000  # ballots from which moments stand for them in every draw


@dataclass(frozen=True, slots=True)
class Terms:
    """What all lists of a comparison share.

    codes      (m): the deck's cards, in its order
    depth      N: how many places of a ballot count
    threshold  k: nothing is shown of fewer people
    seed       of all randomness
    """

    codes: tuple[str, ...]
    depth: int
    threshold: int
    seed: int

    @property
    def size(self) -> int:
        """Number of cards, m."""
        return len(self.codes)

    @property
    def top(self) -> int:
        """Top T: how many cards "the top" means: at most ten, at most N, and always below the deck's size."""
        return min(MAX_TOP, self.depth, self.size - 1)


@dataclass(frozen=True, slots=True)
class ListBallots:
    """The ballots of one list, cut to depth N.

    rows      (n,): where they stand in the ballot set
    rankings  (n, N)
    products  (m, m): second moments of the doubled centred ranks; None below 1,000 ballots, which are drawn directly
    """

    rows: Ints
    rankings: Cards
    tally: Tally
    products: Ints | None

    @property
    def n(self) -> int:
        """Number of ballots."""
        return len(self.rows)


def find_rows(ballots: BallotSet, round_number: int) -> dict[str, Ints]:
    """The rows of each list that has ballots in that round."""
    found = {}
    for name, (group, kind) in LISTS.items():
        chosen = (ballots.group == GROUPS.index(group)) & (ballots.kind == KINDS.index(kind))
        rows = np.flatnonzero(chosen & (ballots.round == round_number))
        if len(rows):
            found[name] = rows
    return found


def find_depth(ballots: BallotSet, rounds: Sequence[dict[str, Ints]], picks: int | None, size: int) -> int:
    """Depth N: `picks`, or the smallest depth among the groups of those rounds; longer ballots are cut to it.

    `rounds` are the rows of the lists that are shown, by name. A group's depth in a round is its longest ballot of
    any kind there: it stands for the length that was asked for. Without the cut a perfect prediction shows false gaps.
    """
    if picks is not None:
        return picks
    longest: dict[tuple[int, Group], int] = {}
    for number, lists in enumerate(rounds):
        for name, rows in lists.items():
            place = number, LISTS[name][0]
            longest[place] = max(longest.get(place, 1), int(count_listed(ballots.rankings[rows]).max()))
    return min(longest.values(), default=min(USUAL_DEPTH, size))


def take(ballots: BallotSet, rows: Ints, terms: Terms) -> ListBallots:
    """The ballots in those rows, cut to depth N, and counted."""
    rankings = ballots.rankings[rows, : terms.depth]
    products = sum_products(rankings, terms.size) if len(rows) >= LARGE else None
    return ListBallots(rows, rankings, tally(rankings, terms.size), products)
