"""The strip of shares: of each card in either top, how many customers chose it and how many in IT expected it.

What is clear comes first and is drawn large: what customers put higher, then what they put lower than IT expected;
then what is close in both lists, and what chance could give, in the customers' order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from cardsort.analysis.result import Comparison, ConsensusList, Label
from cardsort.analysis.sayable import shares_sayable
from cardsort.analysis.significance import CLEAR_GAP
from cardsort.domain.ballots import Group
from cardsort.domain.cards import Card, Deck
from cardsort.language import N_, _, beside, number
from cardsort.story import words

HIGHER = N_("Customers put these clearly higher than IT expected")
LOWER = N_("Customers put these clearly lower than IT expected")
CLOSE = N_("Fewer than five places apart in the two lists")
CHANCE = N_("Apart, but chance could give that")
UNTESTED = N_("In either top")
GROUPS = (Group.CUSTOMERS, Group.IT)  # from left to right
ROWS = 20  # what more is clear, or tied over an edge, stands in the table of all cards


@dataclass(frozen=True, slots=True)
class Part:
    """A share of one group, 0 to 1, its range where it is told, and as it is shown: "45 %", of few people "2 of 3";
    and the card's place in that group's list, "7" or "8–10".
    """

    value: float
    low: float
    high: float
    shown: str
    place: str


@dataclass(frozen=True, slots=True)
class Row:
    """One card; a group whose list is hidden has no part."""

    card: Card
    customers: Part | None
    it: Part | None


class Lot(NamedTuple):
    """Rows below one title; what is clear is drawn large."""

    title: str
    rows: tuple[Row, ...]
    large: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """The rows in lots, the clear ones first; a lot without rows is not there; and whose lists are shown."""

    kind: ClassVar[str] = "strip"
    heads: ClassVar[dict[str, str]] = {
        "card": N_("Card"),
        Group.CUSTOMERS: N_("chose it"),
        Group.IT: N_("expected it"),
        "place": N_("place"),
    }
    lots: tuple[Lot, ...]
    more: str = ""
    groups: tuple[Group, ...] = GROUPS


def strip(comparison: Comparison, deck: Deck) -> Strip:
    """The cards of either top, and clear ones just outside; those of the one top where one list alone is shown."""
    prediction = comparison.prediction
    if prediction is None:
        shown = comparison.actual or comparison.predicted
        codes = shown.top(comparison.top) if shown else ()
        groups = tuple(group for group in GROUPS if group in shown_groups(comparison))
        title = _("In the %(top)s", top=words.top(comparison.top))
        return Strip(_lots(comparison, deck, (title, codes[:ROWS], False)), _more(0, len(codes) - ROWS), groups)
    found = [*prediction.surprises(), *prediction.just_outside()]
    clear = [code for code in found if prediction.cards[code].label is Label.CLEAR]
    order = comparison.actual.order() if comparison.actual else deck.codes
    rest = sorted((code for code in found if code not in clear), key=order.index)
    room = max(0, ROWS - len(clear))
    told = rest[:room]
    near = [code for code in told if prediction.testable and abs(prediction.cards[code].gap) < CLEAR_GAP]
    lots = _lots(
        comparison,
        deck,
        (_(HIGHER), [code for code in clear[:ROWS] if prediction.cards[code].gap > 0], True),
        (_(LOWER), [code for code in clear[:ROWS] if prediction.cards[code].gap < 0], True),
        (_(CLOSE), near, False),
        (_(CHANCE if prediction.testable else UNTESTED), [code for code in told if code not in near], False),
    )
    return Strip(lots, _more(len(clear) - ROWS, len(rest) - room))


def shown_groups(comparison: Comparison) -> tuple[Group, ...]:
    """The groups whose lists may be shown."""
    return tuple(group for group, found in zip(comparison.groups, comparison.told, strict=True) if found)


def _more(clear: int, rest: int) -> str:
    """What there is no room for."""
    if clear > 0:
        return _(
            "and %(cards)s more, %(clear)s of them clearly apart: see the table of all cards",
            cards=words.cards(clear + rest),
            clear=number(clear),
        )
    return _("and %(cards)s more, tied over the edge of a list", cards=words.cards(rest)) if rest > 0 else ""


def head_of(group: Group) -> str:
    """What stands over a group's shares where a column is narrow."""
    return _(Strip.heads[group]).replace(" ", "\xa0")


def _lots(comparison: Comparison, deck: Deck, *told: tuple[str, Sequence[str], bool]) -> tuple[Lot, ...]:
    return tuple(
        Lot(title, tuple(row_of(comparison, deck, code) for code in codes), large)
        for title, codes, large in told
        if codes
    )


def row_of(comparison: Comparison, deck: Deck, code: str) -> Row:
    """A card with the parts of both groups."""
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
    shown = words.part_of_group(card.top_share, found.n or 0, many=many)
    return Part(card.top_share, low, high, shown, words.place(card.position))


def in_words(title: str, rows: tuple[Row, ...]) -> str:
    """One lot for those who cannot see it."""
    return _("%(title)s: %(told)s.", title=title, told=beside(map(_in_words, rows)))


def _in_words(row: Row) -> str:
    card = f"{row.card.code} {row.card.title}"
    if row.it is None or row.customers is None:
        return _of_one(card, row)
    return _(
        "%(card)s, %(customers)s of customers, place %(place)s, %(it)s of IT, place %(it_place)s",
        card=card,
        customers=row.customers.shown,
        place=row.customers.place,
        it=row.it.shown,
        it_place=row.it.place,
    )


def _of_one(card: str, row: Row) -> str:
    if row.customers:
        customers = row.customers
        return _(
            "%(card)s, %(share)s of customers, place %(place)s", card=card, share=customers.shown, place=customers.place
        )
    if row.it:
        return _("%(card)s, %(share)s of IT, place %(place)s", card=card, share=row.it.shown, place=row.it.place)
    return card
