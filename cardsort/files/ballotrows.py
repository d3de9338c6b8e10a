"""The ballots that may be told, as rows of the export: shuffled, without keys or times, none of too few people."""

import hashlib

import numpy as np
from numpy.typing import NDArray

from cardsort.analysis.ballotset import GROUPS, KINDS, SOURCES, BallotSet
from cardsort.analysis.suppression import may_show, may_tell_sources, shown_segments
from cardsort.domain.ballots import Group
from cardsort.domain.cards import Deck

BASIS = {0: "know", 1: "think"}
NOT_SAID = "-"
Rows = list[tuple[str, ...]]


def checksum_of(rows: Rows) -> str:
    """Eight letters that change with any ballot that may be shown, whatever the rows' order; a hidden ballot has no
    part in them, or it could be found by trying. Without a source, the last cell, a row counts as it did before there
    was one: a report printed then has the same letters.
    """
    said = ("|".join(row if row[-1] else row[:-1]) for row in rows)
    return hashlib.sha256("\n".join(sorted(said)).encode()).hexdigest()[:8]


def shown_rows(ballots: BallotSet, deck: Deck, k: int, number: int) -> Rows:
    """The ballots of that round that may be told, as the rows of the export, in the order of the ballots."""
    rows: Rows = []
    for group_number, group in enumerate(GROUPS):
        for kind_number, kind in enumerate(KINDS):
            chosen = (ballots.round == number) & (ballots.group == group_number) & (ballots.kind == kind_number)
            sources = ballots.sources(chosen)
            if not may_show(sources, k):
                continue
            shown, told = _shown_names(ballots, chosen, group, k), may_tell_sources(sources, k)
            came = ballots.came(chosen).tolist()
            rows += [
                (
                    group.value,
                    kind.value,
                    str(number),
                    shown.get(int(ballots.segment[row]), ""),
                    " ".join(deck.codes[card] for card in ballots.rankings[row] if card >= 0),
                    _basis(ballots.basis[row].tolist()),
                    SOURCES[source].value if told and source >= 0 else "",
                )
                for row, source in zip(chosen.nonzero()[0], came, strict=True)
            ]
    return rows


def _shown_names(ballots: BallotSet, chosen: NDArray[np.bool_], group: Group, k: int) -> dict[int, str]:
    """Names of the group's segments that may be told; all others stay blank."""
    segments = ballots.segments_of(group)
    sources = [ballots.sources(chosen & (ballots.segment == number)) for number in range(len(segments))]
    shown = shown_segments(sources, ballots.sources(chosen), k)
    return {number: segment.name for number, segment in enumerate(segments) if shown[number]}


def _basis(said: list[int]) -> str:
    """A word for each place up to the last that has one, "-" where nothing was said."""
    words = [BASIS.get(value, NOT_SAID) for value in said]
    while words and words[-1] == NOT_SAID:
        words.pop()
    return " ".join(words)
