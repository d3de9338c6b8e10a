"""Files to take along after the reveal: ballots, cards, and both in one workbook.

Ballots are shuffled, without keys or times, and nothing is told of fewer than k people; `cardsort compare` reads them.
"""

import csv
import hashlib
import io
import json
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cardsort.analysis.ballotset import GROUPS, KINDS, SOURCES, BallotSet
from cardsort.analysis.result import Comparison
from cardsort.analysis.suppression import may_show, may_tell_sources, shown_segments
from cardsort.domain.cards import Deck
from cardsort.domain.workshops import Workshop
from cardsort.files.columns import BALLOTS, card_columns, card_rows
from cardsort.files.measures import Cell
from cardsort.store.ballotset import read_ballots
from cardsort.store.engine import reading

BASIS = {0: "know", 1: "think"}
NOT_SAID = "-"
FORMULA_STARTS = "=+-@\t\r\n＝＋－＠"


def ballots_csv(workshop: Workshop) -> str:
    """The ballots of the workshop's round as CSV, after its reveal.

    Rows come in the order of their random ids, which is a shuffle. A group below k people is left out; the segment
    is blank where it may not be shown, the source where one of the list's sources has too few ballots.
    """
    return _csv(list(BALLOTS), shown_ballots(workshop))


def ballots_json(workshop: Workshop) -> str:
    """The same ballots as JSON: rankings and bases as lists, null where nothing is said or may be."""
    ballots = [
        {
            "group": group,
            "kind": kind,
            "round": int(number),
            "segment": segment or None,
            "ranking": ranking.split(),
            "basis": [None if word == NOT_SAID else word for word in basis.split()],
            "source": source or None,
        }
        for group, kind, number, segment, ranking, basis, source in shown_ballots(workshop)
    ]
    found = {"deck": {"name": workshop.deck.name, "codes": workshop.deck.codes}, "ballots": ballots}
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def cards_csv(comparison: Comparison, deck: Deck) -> str:
    """One row a card with everything that may be told of it; docs/exports.md explains each column."""
    return _csv([column.name for column in card_columns(comparison)], card_rows(comparison, deck))


def shown_ballots(workshop: Workshop) -> list[tuple[str, ...]]:
    """The rows of the last round's ballots, after the reveal."""
    workshop.round.check_revealed()
    with reading() as session:
        number = workshop.round.number
        ballots = read_ballots(session, workshop.id, workshop.deck.size, workshop.settings.segments, number)
    return shown_rows(ballots, workshop.deck, workshop.settings.threshold, number)


def _csv(header: list[str], rows: Sequence[Sequence[Cell]]) -> str:
    """A table in which no text is a formula; numbers are unrounded, with a decimal point."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([inert(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return out.getvalue()


def checksum_of(rows: list[tuple[str, ...]]) -> str:
    """Eight letters that change with any ballot that may be shown, whatever the rows' order; a hidden ballot has no
    part in them, or it could be found by trying. Without a source, the last cell, a row counts as it did before there
    was one: a report printed then has the same letters.
    """
    said = ("|".join(row if row[-1] else row[:-1]) for row in rows)
    return hashlib.sha256("\n".join(sorted(said)).encode()).hexdigest()[:8]


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
            sources = ballots.sources(chosen)
            if not may_show(sources, k):
                continue
            shown, told = _shown_names(ballots, chosen, k), may_tell_sources(sources, k)
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


def _shown_names(ballots: BallotSet, chosen: NDArray[np.bool_], k: int) -> dict[int, str]:
    """Names of the segments that may be told; all others stay blank."""
    sources = [ballots.sources(chosen & (ballots.segment == number)) for number in range(len(ballots.segments))]
    shown = shown_segments(sources, ballots.sources(chosen), k)
    return {number: segment.name for number, segment in enumerate(ballots.segments) if shown[number]}


def _basis(said: list[int]) -> str:
    """A word for each place up to the last that has one, "-" where nothing was said."""
    words = [BASIS.get(value, NOT_SAID) for value in said]
    while words and words[-1] == NOT_SAID:
        words.pop()
    return " ".join(words)
