"""Files to take along after the reveal: ballots, cards, and both in one workbook.

Ballots are shuffled, without keys or times, and nothing is told of fewer than k people; `cardsort compare` reads them.
"""

import json

from cardsort.analysis.result import Comparison
from cardsort.domain.cards import Deck
from cardsort.domain.workshops import Workshop
from cardsort.files.ballotrows import NOT_SAID, Rows, shown_rows
from cardsort.store.ballotset import read_ballots
from cardsort.store.engine import reading


def ballots_csv(workshop: Workshop) -> str:
    """The ballots of the workshop's round as CSV, after its reveal.

    Rows come in the order of their random ids, which is a shuffle. A group below k people is left out; the segment
    is blank where it may not be shown, the source where one of the list's sources has too few ballots.
    """
    from cardsort.files import frames

    return frames.as_csv(frames.ballots(shown_ballots(workshop)))


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
    from cardsort.files import frames

    return frames.as_csv(frames.cards(comparison, deck))


def shown_ballots(workshop: Workshop) -> Rows:
    """The rows of the last round's ballots, after the reveal."""
    workshop.round.check_revealed()
    with reading() as session:
        number = workshop.round.number
        ballots = read_ballots(session, workshop.id, workshop.deck.size, workshop.settings, number)
    return shown_rows(ballots, workshop.deck, workshop.settings.threshold, number)
