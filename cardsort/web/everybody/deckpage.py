"""A deck laid out on a page: by suit or by lens, and what is to be known of it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cardsort.domain.cards import TEXTS, Card, Deck, Lens
from cardsort.language import N_, _, ngettext, number

LENS_SAYS = {
    Lens.CUSTOMER: N_("Does anybody ask, listen and look from the customer’s side?"),
    Lens.PROCESS: N_("Does good work happen every time, and does it get better?"),
    Lens.COST: N_("Is it clear what things cost, and what they are worth to the business?"),
}
LETTERS = 2  # a suit's sign has at most so many; longer ones are its name once more
UNREADABLE = "\ufffd"


@dataclass(frozen=True, slots=True)
class Part:
    """Cards that lie together; without a title where the deck has no parts."""

    title: str
    cards: tuple[Card, ...]
    says: str = ""
    letter: str = ""


def deck_context(deck: Deck, given: Mapping[str, str]) -> dict[str, Any]:
    """The values that templates/deck/_parts.html uses."""
    lenses = any(card.lens for card in deck.cards)
    by = "lens" if lenses and given.get("by") == "lens" else "suit"
    return {
        "deck": deck,
        "suits": {suit.letter: suit for suit in deck.suits},
        "by": by,
        "has_backs": any(card.has_back for card in deck.cards),
        "orders": ("suit" if deck.suits else "number", "lens") if lenses else (),
        "parts": [part for part in (_by_lens(deck) if by == "lens" else _by_suit(deck)) if part.cards],
    }


def _by_suit(deck: Deck) -> Iterator[Part]:
    for suit in deck.suits:
        cards = tuple(card for card in deck.cards if card.suit == suit.letter)
        letter = suit.letter if len(suit.letter) <= LETTERS else ""
        yield Part(suit.name, cards, f"{suit.gathers}." if suit.gathers else "", letter)
    yield Part(_("Without a suit") if deck.suits else "", tuple(card for card in deck.cards if not card.suit))


def _by_lens(deck: Deck) -> Iterator[Part]:
    for lens in Lens:
        yield Part(lens.label, tuple(card for card in deck.cards if card.lens is lens), _(LENS_SAYS[lens]))
    yield Part(_("Without a lens"), tuple(card for card in deck.cards if card.lens is None))


def deck_facts(deck: Deck) -> Iterator[tuple[str, str]]:
    """What was found in a deck and what it lacks, each with what that means."""
    names = ", ".join(suit.name for suit in deck.suits)
    yield _("Suits"), names or _("None: the cards lie in the order of your table.")
    yield _("Lenses"), _lenses(deck) or _("None: without lenses the report has no balance part.")
    blank = sum(not card.has_back for card in deck.cards)
    if blank == deck.size:
        yield _("Backs"), _("All are empty.")
    elif blank:
        yield _("Backs"), ngettext("%(n)s is empty.", "%(n)s are empty.", blank)
    if marked := [card.code for card in deck.cards if any(UNREADABLE in text for text in _texts(card))]:
        yield (
            _("Unreadable"),
            _(
                "%(codes)s: a letter there could not be read and is shown as “%(sign)s”. "
                "Correct it in the table if it matters.",
                codes=", ".join(marked),
                sign=UNREADABLE,
            ),
        )


def _lenses(deck: Deck) -> str:
    """How many cards have each lens; "" where none has one."""
    lenses = Counter(card.lens for card in deck.cards)
    found = [_("%(lens)s %(n)s", lens=lens.label, n=number(lenses[lens])) for lens in Lens if lenses[lens]]
    if found and lenses[None]:
        found.append(_("without %(n)s", n=number(lenses[None])))
    return ", ".join(found)


def _texts(card: Card) -> list[str]:
    return [card.title, *(getattr(card, name) for name in TEXTS)]
