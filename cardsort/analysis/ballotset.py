"""Ballots as columns: what the analysis reads, from the database or from a file, whatever their number."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cardsort.domain.ballots import Group, Kind
from cardsort.domain.workshops import Segment

GROUPS = (Group.IT, Group.CUSTOMERS)
KINDS = (Kind.OWN, Kind.PREDICTION)


@dataclass(frozen=True, slots=True)
class BallotSet:
    """n ballots of one deck, one row each.

    rankings  int16 (n, d): card indices in the deck's order, best first, padded at the end with -1
    group     int8  (n,): index in GROUPS
    kind      int8  (n,): index in KINDS
    round     int16 (n,): number of the round, from 1
    segment   int16 (n,): index in `segments`, or -1
    respondent int64 (n,): equal numbers = ballots of one person, or -1
    basis     int8  (n, d): 0 = KNOW, 1 = THINK, -1 = not said, for the card at that place
    piles     int8  (n, m) or None: 0 = not sorted, 1 = yes, often, 2 = sometimes, 3 = no, 4 = can't say
    """

    rankings: NDArray[np.int16]
    group: NDArray[np.int8]
    kind: NDArray[np.int8]
    round: NDArray[np.int16]
    segment: NDArray[np.int16]
    respondent: NDArray[np.int64]
    basis: NDArray[np.int8]
    piles: NDArray[np.int8] | None = None
    segments: tuple[Segment, ...] = ()

    @property
    def n(self) -> int:
        """Number of ballots."""
        return len(self.rankings)
