"""Ballots as a file: shuffled, without keys or times, nothing of fewer than k people; `cardsort compare` reads it."""

import csv
import io

import numpy as np
from numpy.typing import NDArray

from cardsort.analysis.ballotset import GROUPS, KINDS, BallotSet
from cardsort.domain.cards import Deck
from cardsort.store.ballotset import read_ballots
from cardsort.store.engine import reading
from cardsort.store.workshops import Workshop

HEADER = ("group", "kind", "round", "segment", "ranking", "basis")
BASIS = {0: "know", 1: "think"}
FORMULA_STARTS = "=+-@\t\r\n＝＋－＠"


def export_ballots(workshop: Workshop) -> str:
    """The last round's ballots as CSV, after the reveal.

    Rows come in the order of their random ids, which is a shuffle. A group below k people is left out; the segment
    is blank where it is below k.
    """
    workshop.round.check_revealed()
    with reading() as session:
        ballots = read_ballots(session, workshop.id, workshop.deck.size, workshop.settings.segments)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows(_rows(ballots, workshop.deck, workshop.round.number, workshop.settings.threshold))
    return out.getvalue()


def inert(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if text.lstrip("\ufeff \u00a0")[:1] in tuple(FORMULA_STARTS) or text[:1] in "\t\r\n" else text


def _rows(ballots: BallotSet, deck: Deck, number: int, k: int) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for group_number, group in enumerate(GROUPS):
        for kind_number, kind in enumerate(KINDS):
            chosen = (ballots.round == number) & (ballots.group == group_number) & (ballots.kind == kind_number)
            if chosen.sum() < k:
                continue
            shown = _shown_segments(ballots, chosen, k)
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


def _shown_segments(ballots: BallotSet, chosen: NDArray[np.bool_], k: int) -> dict[int, str]:
    """Names of the segments that may be told: none where leaving one blank would give its few people away."""
    segments = ballots.segment[chosen]
    counts = {number: int((segments == number).sum()) for number in range(len(ballots.segments))}
    blank = sum(count for count in counts.values() if count < k) + int((segments < 0).sum())
    shown = {number for number, count in counts.items() if count >= k}
    while 0 < blank < k and shown:
        smallest = min(shown, key=lambda number: counts[number])
        shown.remove(smallest)
        blank += counts[smallest]
    return {number: ballots.segments[number].name for number in shown}


def _basis(said: list[int]) -> str:
    words = [BASIS.get(value, "") for value in said]
    while words and not words[-1]:
        words.pop()
    return " ".join(words) if all(words) else ""
