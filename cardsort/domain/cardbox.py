"""All cards that a workshop has at hand until its first ballot: which of them are its deck, and other words on them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from cardsort.domain.cards import MIN_CARDS, TEXTS, Card, Deck
from cardsort.domain.deckcards import CARD_FIELDS, Entry, make_cards, tidy
from cardsort.domain.errors import InvalidDeck, InvalidInput
from cardsort.language import N_, _, ngettext

WORDS = ("title", *TEXTS)
GONE = N_("One of these cards is not in this workshop any more. Reload the page to see those that are.")


@dataclass(frozen=True)
class CardBox:
    """The cards at hand, in printing order; those whose codes are `aside` are kept, but nobody votes on them."""

    cards: Deck
    aside: frozenset[str] = frozenset()

    @cached_property
    def deck(self) -> Deck:
        """The cards in use, with their suits."""
        if not self.aside:
            return self.cards
        used = tuple(card for card in self.cards.cards if card.code not in self.aside)
        letters = {card.suit for card in used}
        return replace(self.cards, cards=used, suits=tuple(s for s in self.cards.suits if s.letter in letters))

    def choose(self, codes: Iterable[str]) -> "CardBox":
        """The same cards with these in use; refused where they are too few for a deck."""
        chosen = frozenset(codes)
        if not chosen <= set(self.cards.codes):
            raise InvalidInput(_(GONE))
        if (missing := MIN_CARDS - len(chosen)) > 0:
            raise InvalidDeck(
                ngettext(
                    "%(n)s card is ticked, and a deck has at least %(least)s. Tick %(missing)s more.",
                    "%(n)s cards are ticked, and a deck has at least %(least)s. Tick %(missing)s more.",
                    len(chosen),
                    least=MIN_CARDS,
                    missing=missing,
                )
            )
        return replace(self, aside=frozenset(self.cards.codes) - chosen)

    def reword(self, code: str, words: Mapping[str, str]) -> "CardBox":
        """The same cards with these words on one in use, checked as those of a table are; `words` by names of `WORDS`,
        or of translations.

        Refused with the sentences of a table's card, and with the first of the fields that is wrong by itself.
        """
        if code not in self.deck:
            raise InvalidInput(_(GONE))
        try:
            return self._reworded(code, words)
        except InvalidDeck as fault:
            fault.field = next((name for name in words if self._refuses(code, {name: words[name]})), "")
            raise

    def _refuses(self, code: str, words: Mapping[str, str]) -> bool:
        try:
            self._reworded(code, words)
        except InvalidDeck:
            return True
        return False

    def _reworded(self, code: str, words: Mapping[str, str]) -> "CardBox":
        others = [_entry(card, _("Card %(code)s", code=card.code)) for card in self.cards.cards if card.code != code]
        own = _entry(self.cards[code], "")
        tidied = {name: tidy(text) for name, text in words.items()}
        *_others, changed = make_cards([*others, replace(own, texts=own.texts | tidied)])
        cards = tuple(changed if card.code == code else card for card in self.cards.cards)
        return replace(self, cards=replace(self.cards, cards=cards))


def _entry(card: Card, where: str) -> Entry:
    return Entry(where, {name: str(getattr(card, name) or "") for name in CARD_FIELDS} | dict(card.translations))
