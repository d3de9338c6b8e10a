"""The deck that Cardsort ships."""

from functools import cache

from cardsort import resources
from cardsort.domain.cards import Deck
from cardsort.domain.deckfile import parse_deck_toml


@cache
def shipped_deck(language: str = "en") -> Deck:
    """The 52 cards; read once."""
    return parse_deck_toml((resources.CARDS / f"{language}.toml").read_text(encoding="utf-8"))
