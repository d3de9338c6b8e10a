"""What a deck needs beyond being valid, to be shipped with Cardsort."""

from collections import Counter

from cardsort.domain.cards import Deck, Lens
from cardsort.domain.counting import counted
from cardsort.domain.deckcards import CARD_FIELDS, HEADER_FIELDS
from cardsort.domain.errors import InvalidDeck

COMPLETE_SUIT = 13
COMPLETE_SUITS = ("A", "B", "C", "S")
COMPLETE_LENS = range(15, 21)


def check_complete(deck: Deck) -> None:
    """Refuse a deck that is not fit to be shipped, naming the first card that fails.

    Fit: a complete header; suits A, B, C, S of 13 cards, coded 01 to 13; every text present; an icon of its own and
    a lens on every card; 15 to 20 cards of each lens.
    """
    for field in HEADER_FIELDS:
        if not getattr(deck, field):
            raise InvalidDeck(f"The deck’s {field} is missing.")
    _check_suits(deck)
    for card in deck.cards:
        for field in CARD_FIELDS:
            if not getattr(card, field):
                raise InvalidDeck(f"Card {card.code} has no {field}.")
    for icon, count in Counter(card.icon for card in deck.cards).items():
        if count > 1:
            raise InvalidDeck(f"The icon “{icon}” stands on {count} cards. Each card needs its own.")
    for lens in Lens:
        if (count := sum(card.lens is lens for card in deck.cards)) not in COMPLETE_LENS:
            raise InvalidDeck(f"The lens {lens} has {counted(count, 'card')}. It needs 15 to 20.")


def _check_suits(deck: Deck) -> None:
    if tuple(suit.letter for suit in deck.suits) != COMPLETE_SUITS:
        raise InvalidDeck("The deck needs the suits A, B, C and S, in this order.")
    for suit in deck.suits:
        if not suit.gathers:
            raise InvalidDeck(f"The suit {suit.letter} does not say what it gathers.")
    codes = tuple(f"{letter}-{number:02}" for letter in COMPLETE_SUITS for number in range(1, COMPLETE_SUIT + 1))
    if deck.codes != codes:
        amiss = next((code for code, card in zip(codes, deck.codes, strict=False) if card != code), "S-13")
        raise InvalidDeck(f"The deck needs the cards A-01 to S-13, 13 in each suit, in order. Look at {amiss}.")
    for card in deck.cards:
        if card.suit != card.code[0]:
            raise InvalidDeck(f"Card {card.code} is not in the suit {card.code[0]}.")
