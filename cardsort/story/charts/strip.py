"""The strip of shares: of each card in either top, how many customers chose it and how many in IT expected it.

What is clear comes first and is drawn large; then what both expected, and what chance could give, by its places.
"""

from dataclasses import dataclass
from typing import ClassVar

from cardsort.analysis.result import Comparison, ConsensusList, Label
from cardsort.analysis.sayable import shares_sayable
from cardsort.domain.ballots import Group
from cardsort.domain.cards import Card, Deck
from cardsort.story import words

CLEAR, REST, UNTESTED = "Clearly apart", "Not clearly apart", "In either top"
ROWS = 20  # what more is clear, or tied over an edge, stands in the table of all cards


@dataclass(frozen=True, slots=True)
class Part:
    """A share of one group, 0 to 1, its range where it is told, and as it is shown: "45 %", of few people "2 of 3"."""

    value: float
    low: float
    high: float
    shown: str


@dataclass(frozen=True, slots=True)
class Row:
    """One card; a group whose list is hidden has no part."""

    card: Card
    customers: Part | None
    it: Part | None


@dataclass(frozen=True, slots=True)
class Strip:
    """The rows in two lots, each with its title, the first drawn large; either may be empty."""

    kind: ClassVar[str] = "strip"
    heads: ClassVar[dict[str, str]] = {"card": "Card", Group.CUSTOMERS: "chose it", Group.IT: "expected it"}
    clear: tuple[Row, ...]
    rest: tuple[Row, ...]
    rest_title: str
    more: str

    @property
    def lots(self) -> tuple[tuple[str, tuple[Row, ...], bool], ...]:
        """Title, rows, and whether they are drawn large, of each lot that has rows."""
        found = ((CLEAR, self.clear, True), (self.rest_title, self.rest, False))
        return tuple(lot for lot in found if lot[1])


def strip(comparison: Comparison, deck: Deck) -> Strip:
    """The cards of either top, and clear ones just outside."""
    prediction = comparison.prediction
    if prediction is None:
        shown = comparison.actual or comparison.predicted
        codes = shown.top(comparison.top)[:ROWS] if shown else ()
        return Strip((), tuple(_row(comparison, deck, code) for code in codes), UNTESTED, "")
    found = [*prediction.surprises(), *prediction.just_outside()]
    clear = [code for code in found if prediction.cards[code].label is Label.CLEAR]
    order = comparison.actual.order() if comparison.actual else deck.codes
    rest = sorted((code for code in found if code not in clear), key=order.index)
    room = max(0, ROWS - len(clear))
    return Strip(
        tuple(_row(comparison, deck, code) for code in clear[:ROWS]),
        tuple(_row(comparison, deck, code) for code in rest[:room]),
        REST if prediction.testable else UNTESTED,
        _more(len(clear) - ROWS, len(rest) - room),
    )


def _more(clear: int, rest: int) -> str:
    """What there is no room for."""
    if clear > 0:
        return f"and {words.cards(clear + rest)} more, {clear:,} of them clearly apart: see the table of all cards"
    return f"and {words.cards(rest)} more, tied over the edge of a list" if rest > 0 else ""


def _row(comparison: Comparison, deck: Deck, code: str) -> Row:
    many = shares_sayable(comparison)
    return Row(
        deck[code],
        _part(comparison.actual, code, many=many),
        _part(comparison.predicted, code, many=many),
    )


def _part(found: ConsensusList | None, code: str, *, many: bool) -> Part | None:
    if found is None:
        return None
    card = found.cards[code]
    low, high = card.top_share_interval if many and card.top_share_interval else (card.top_share,) * 2
    return Part(card.top_share, low, high, words.part_of_group(card.top_share, found.n or 0, many=many))


def in_words(title: str, rows: tuple[Row, ...]) -> str:
    """One lot for those who cannot see it."""
    return f"{title}: {'; '.join(map(_in_words, rows))}."


def _in_words(row: Row) -> str:
    parts = ((row.customers, "of customers"), (row.it, "of IT"))
    return f"{row.card.code} {row.card.title}, {', '.join(f'{part.shown} {who}' for part, who in parts if part)}"
