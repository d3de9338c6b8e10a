"""Ballots as a file: shuffled, without keys or times, nothing of fewer than k people; `cardsort compare` reads it."""

import hashlib

import numpy as np
from numpy.typing import NDArray

from cardsort.analysis.ballotset import GROUPS, KINDS, BallotSet
from cardsort.analysis.suppression import may_show, shown_segments
from cardsort.domain.cards import Deck
from cardsort.store.ballotset import read_ballots
from cardsort.store.engine import reading
from cardsort.store.workshops import Workshop

HEADER = ("group", "kind", "round", "segment", "ranking", "basis")
BASIS = {0: "know", 1: "think"}
NOT_SAID = "-"
FORMULA_STARTS = "=+-@\t\r\n＝＋－＠"


def export_ballots(workshop: Workshop) -> str:
    """The ballots of the workshop's round as CSV, after its reveal.

    Rows come in the order of their random ids, which is a shuffle. A group below k people is left out; the segment
    is blank where it may not be shown.
    """
    import pandas as pd

    workshop.round.check_revealed()
    with reading() as session:
        number = workshop.round.number
        ballots = read_ballots(session, workshop.id, workshop.deck.size, workshop.settings.segments, number)
    rows = shown_rows(ballots, workshop.deck, workshop.settings.threshold, number)
    return pd.DataFrame(rows, columns=list(HEADER)).to_csv(index=False, lineterminator="\r\n")


def checksum_of(rows: list[tuple[str, ...]]) -> str:
    """Eight letters that change with any ballot that may be shown, whatever the rows' order; a hidden ballot has no
    part in them, or it could be found by trying.
    """
    return hashlib.sha256("\n".join(sorted(map("|".join, rows))).encode()).hexdigest()[:8]


def inert(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would take for a formula."""
    risky = text.startswith(("\t", "\r", "\n")) or text.lstrip("\ufeff \u00a0").startswith(tuple(FORMULA_STARTS))
    return f"'{text}" if risky else text


def shown_rows(ballots: BallotSet, deck: Deck, k: int, number: int) -> list[tuple[str, ...]]:
    """The ballots of that round that may be told, as the rows of the export, in the order of the ballots."""
    rows: list[tuple[str, ...]] = []
    for group_number, group in enumerate(GROUPS):
        for kind_number, kind in enumerate(KINDS):
            chosen = (ballots.round == number) & (ballots.group == group_number) & (ballots.kind == kind_number)
            if not may_show(int(chosen.sum()), k):
                continue
            shown = _shown_names(ballots, chosen, k)
            rows += [
                (
                    group.value,
                    kind.value,
                    str(number),
                    inert(shown.get(int(ballots.segment[row]), "")),
                    " ".join(deck.codes[card] for card in ballots.rankings[row] if card >= 0),
                    _basis(ballots.basis[row].tolist()),
                )
                for row in chosen.nonzero()[0]
            ]
    return rows


def _shown_names(ballots: BallotSet, chosen: NDArray[np.bool_], k: int) -> dict[int, str]:
    """Names of the segments that may be told; all others stay blank."""
    members = ballots.segment[chosen]
    sizes = [int((members == number).sum()) for number in range(len(ballots.segments))]
    shown = shown_segments(sizes, len(members), k)
    return {number: segment.name for number, segment in enumerate(ballots.segments) if shown[number]}


def _basis(said: list[int]) -> str:
    """A word for each place up to the last that has one, "-" where nothing was said; inert like any other text."""
    words = [BASIS.get(value, NOT_SAID) for value in said]
    while words and words[-1] == NOT_SAID:
        words.pop()
    return inert(" ".join(words))
