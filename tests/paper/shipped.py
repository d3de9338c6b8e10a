"""The shipped deck, for tests that are not handed it."""

from cardsort.domain.cards import Deck
from cardsort.files.deckfile import parse_deck_toml
from cardsort.resources import CARDS


def shipped() -> Deck:
    return parse_deck_toml((CARDS / "en.toml").read_text("utf-8"))
