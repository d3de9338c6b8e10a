"""The slope chart: IT's list at the left, the customers' at the right, a line for each card between its two places.

Cards below the cut of a list stand in one block at its foot; a large tie over the cut becomes one row, here and in
every other top list.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

from cardsort.analysis.result import Comparison, ConsensusList, Label, Position, Prediction
from cardsort.domain.ballots import Group
from cardsort.domain.cards import Card, Deck
from cardsort.language import N_, _, beside, ngettext
from cardsort.story import words

TIE_ROOM = 2  # so many rows more than the top may stand singly when the cut is tied
TITLES = {Group.IT: N_("What IT thought"), Group.CUSTOMERS: N_("What customers chose")}
LISTS = {Group.IT: "it_prediction", Group.CUSTOMERS: "customers_own"}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list: a card, or several that share a block of places; and the place in the other list of a card
    that stands alone ("" = not shown).
    """

    cards: tuple[Card, ...]
    position: Position
    elsewhere: str = ""

    @property
    def card(self) -> Card | None:
        """The card that stands alone."""
        return self.cards[0] if len(self.cards) == 1 else None

    @property
    def codes(self) -> str:
        """The codes of its cards."""
        return ", ".join(card.code for card in self.cards)

    @property
    def place(self) -> str:
        """Its place, or its block of places."""
        return words.place(self.position)

    @property
    def said(self) -> str:
        """The card's title, or how many cards there are."""
        if self.card:
            return self.card.title
        return ngettext("%(n)s\xa0card shares these places", "%(n)s\xa0cards share these places", len(self.cards))


@dataclass(frozen=True, slots=True)
class Side:
    """A list as drawn: `rows` within the top, `outside` what the other list has in its top, by place; `note`: why
    it is empty.
    """

    group: Group
    rows: tuple[Row, ...]
    outside: tuple[Row, ...]
    note: str = ""

    @property
    def title(self) -> str:
        """What the list is."""
        return _(TITLES[self.group])

    @property
    def whose(self) -> str:
        """Whose list it is."""
        return _(words.GROUPS[self.group])

    def row_of(self, card: Card) -> int | None:
        """The number of the row where that card's line ends, those outside counted after those within."""
        return next((at for at, row in enumerate((*self.rows, *self.outside)) if card in row.cards), None)


@dataclass(frozen=True, slots=True)
class Line:
    """Joins a card's two rows, counted from 0. "up" = customers put it higher; clear = more than chance."""

    it: int
    customers: int
    direction: str
    clear: bool


@dataclass(frozen=True, slots=True)
class Slope:
    """Both lists, the lines between them, and the whole in words."""

    kind: ClassVar[str] = "slope"
    it: Side
    customers: Side
    lines: tuple[Line, ...]
    cut: str
    alt: str

    @property
    def sides(self) -> tuple[Side, Side]:
        """IT's list at the left, the customers' at the right."""
        return self.it, self.customers


def slope(comparison: Comparison, deck: Deck) -> Slope:
    """The chart; a list that is not shown has no rows but its reason."""
    sides = two_sides(comparison, deck)
    top = words.top(comparison.top)
    cut, alt = _("outside the %(top)s", top=top), " ".join(_in_words(side, top) for side in sides)
    return Slope(*sides, _lines(sides, comparison.prediction), cut, alt)


def two_sides(comparison: Comparison, deck: Deck) -> tuple[Side, Side]:
    """Both lists as drawn."""
    lists = comparison.predicted, comparison.actual
    left, right = (top_rows(found, deck, comparison.top) for found in lists)
    named = [row.card for row in (*left, *right) if row.card]
    beside = _beside(left, comparison.actual), _beside(right, comparison.predicted)
    it, customers = (
        Side(
            group,
            rows,
            _outside(found, rows, named) if found else (),
            "" if found else words.why_missing(comparison, LISTS[group]),
        )
        for group, found, rows in zip(Group, lists, beside, strict=True)
    )
    return it, customers


def top_rows(found: ConsensusList | None, deck: Deck, top: int) -> tuple[Row, ...]:
    """The rows of a list's top, each card its own; but those of a large tie over its edge are one."""
    if found is None:
        return ()
    codes = found.top(top)
    tied = tuple(code for code in codes if found.cards[code].position.high > top)
    single = codes if len(codes) <= top + TIE_ROOM else tuple(code for code in codes if code not in tied)
    rows = [Row((deck[code],), found.cards[code].position) for code in single]
    more = () if single == codes else (Row(tuple(deck[code] for code in tied), found.cards[tied[0]].position),)
    return (*rows, *more)


def _beside(rows: tuple[Row, ...], other: ConsensusList | None) -> tuple[Row, ...]:
    """The rows with the place in the other list."""
    if other is None:
        return rows
    return tuple(
        replace(row, elsewhere=words.place(other.cards[row.card.code].position)) if row.card else row for row in rows
    )


def _outside(found: ConsensusList, rows: tuple[Row, ...], named: Iterable[Card]) -> tuple[Row, ...]:
    inside = {card for row in rows for card in row.cards}
    outside = (Row((card,), found.cards[card.code].position) for card in dict.fromkeys(named) if card not in inside)
    return tuple(sorted(outside, key=lambda row: row.position))


def _lines(sides: tuple[Side, Side], prediction: Prediction | None) -> tuple[Line, ...]:
    """A line for each card that stands alone on either side."""
    drawn = dict.fromkeys(row.card for side in sides for row in side.rows if row.card)
    found = []
    for card in drawn if prediction else ():
        it, customers = (side.row_of(card) for side in sides)
        gap = prediction.cards[card.code] if prediction else None
        if gap and it is not None and customers is not None:
            direction = "up" if gap.gap > 0 else "down" if gap.gap < 0 else "same"
            found.append(Line(it, customers, direction, gap.label is Label.CLEAR))
    return tuple(found)


def _in_words(side: Side, top: str) -> str:
    """One list, for those who cannot see it."""
    shown = beside(f"{row.place} {row.said}" for row in side.rows) + "."
    below = beside(f"{row.place} {row.said}" for row in side.outside)
    said = _("%(title)s: %(told)s", title=side.title, told=side.note or shown)
    outside = _("Outside the %(top)s: %(cards)s.", top=top, cards=below)
    return f"{said} {outside}" if below else said
