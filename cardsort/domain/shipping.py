"""What a deck needs beyond being valid, to be shipped with Cardsort."""

from collections import Counter

from cardsort.domain.cards import Deck, Lens
from cardsort.domain.deckcards import CARD_FIELDS, HEADER_FIELDS
from cardsort.domain.errors import InvalidDeck
from cardsort.language import _, listed, ngettext

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
            raise InvalidDeck(_("The deck’s entry “%(field)s” is missing.", field=field))
    _check_suits(deck)
    for card in deck.cards:
        for field in CARD_FIELDS:
            if not getattr(card, field):
                raise InvalidDeck(_("Card %(code)s has no entry “%(field)s”.", code=card.code, field=field))
    for icon, count in Counter(card.icon for card in deck.cards).items():
        if count > 1:
            raise InvalidDeck(
                ngettext(
                    "The icon “%(icon)s” stands on %(n)s card. Each card needs its own.",
                    "The icon “%(icon)s” stands on %(n)s cards. Each card needs its own.",
                    count,
                    icon=icon,
                )
            )
    for lens in Lens:
        if (count := sum(card.lens is lens for card in deck.cards)) not in COMPLETE_LENS:
            raise InvalidDeck(
                ngettext(
                    "The lens %(lens)s has %(n)s card. It needs %(least)s to %(most)s.",
                    "The lens %(lens)s has %(n)s cards. It needs %(least)s to %(most)s.",
                    count,
                    lens=lens,
                    least=COMPLETE_LENS[0],
                    most=COMPLETE_LENS[-1],
                )
            )


def _check_suits(deck: Deck) -> None:
    if tuple(suit.letter for suit in deck.suits) != COMPLETE_SUITS:
        raise InvalidDeck(_("The deck needs the suits %(suits)s, in this order.", suits=listed(COMPLETE_SUITS)))
    for suit in deck.suits:
        if not suit.gathers:
            raise InvalidDeck(_("The suit %(suit)s does not say what it gathers.", suit=suit.letter))
    codes = tuple(f"{letter}-{number:02}" for letter in COMPLETE_SUITS for number in range(1, COMPLETE_SUIT + 1))
    if deck.codes != codes:
        amiss = next((code for code, card in zip(codes, deck.codes, strict=False) if card != code), "S-13")
        raise InvalidDeck(
            _("The deck needs the cards A-01 to S-13, 13 in each suit, in order. Look at %(code)s.", code=amiss)
        )
    for card in deck.cards:
        if card.suit != card.code[0]:
            raise InvalidDeck(_("Card %(code)s is not in the suit %(suit)s.", code=card.code, suit=card.code[0]))
