"""Ballots as columns: what the analysis reads, from the database or from a file, whatever their number."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cardsort.domain.ballots import Group, Kind
from cardsort.domain.settings import Segment
from cardsort.domain.sources import Source, Sources, count_sources

GROUPS = (Group.IT, Group.CUSTOMERS)
KINDS = (Kind.OWN, Kind.PREDICTION)
SOURCES = (Source.SENT, Source.TYPED, Source.IMPORTED)
Came = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class BallotSet:
    """n ballots of one deck, one row each.

    rankings  int16 (n, d): card indices in the deck's order, best first, padded at the end with -1
    group     int8  (n,): index in GROUPS
    kind      int8  (n,): index in KINDS
    round     int16 (n,): number of the round, from 1
    segment   int16 (n,): index in the group's segments (`segments` of customers, `teams` in IT), or -1
    respondent int64 (n,): equal numbers = ballots of one person, or -1
    basis     int8  (n, d): 0 = KNOW, 1 = THINK, -1 = not said, for the card at that place
    source    int8  (n,) or None: index in SOURCES, or -1 = unknown; None = all unknown
    expected  int8  (n,) or None: how many of the customers' top it expected to be named, -1 = not said
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
    source: Came | None = None
    expected: NDArray[np.int8] | None = None
    teams: tuple[Segment, ...] = ()

    @property
    def n(self) -> int:
        """Number of ballots."""
        return len(self.rankings)

    def alone(self, number: int | None = None) -> Group | None:
        """The one group that has ballots in that round (default: the last); None where both have, or none."""
        last = int(self.round.max(initial=1)) if number is None else number
        found = np.unique(self.group[self.round == last])
        return GROUPS[int(found[0])] if len(found) == 1 else None

    def segments_of(self, group: Group) -> tuple[Segment, ...]:
        """The teams in IT, or the kinds of customers."""
        return self.teams if group is Group.IT else self.segments

    def came(self, rows: NDArray[Any]) -> Came:
        """How the ballots in those rows came, numbered as in `source`; rows by number, or True for each."""
        came: Came = np.full(self.n, -1, dtype=np.int8) if self.source is None else self.source
        return np.asarray(came[rows])

    def sources(self, rows: NDArray[Any]) -> Sources:
        """How many of the ballots in those rows came which way."""
        return sources_of(self.came(rows))


def sources_of(came: Came) -> Sources:
    """How many ballots came which way, numbered as in `BallotSet.source`."""
    counts = np.bincount(came.astype(np.int64) + 1, minlength=len(SOURCES) + 1)
    return count_sources(zip((None, *SOURCES), map(int, counts), strict=True))
