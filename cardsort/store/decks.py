"""A deck as the JSON kept with its workshop, and back."""

from dataclasses import asdict
from typing import Any

from cardsort.domain.cards import Card, Deck, Lens, Suit


def deck_to_json(deck: Deck) -> dict[str, Any]:
    """All texts of the deck, ready for a JSON column."""
    return asdict(deck)


def deck_from_json(stored: dict[str, Any]) -> Deck:
    """The deck of `deck_to_json`, checked again."""
    cards = [Card(**{**card, "lens": Lens(card["lens"]) if card["lens"] else None}) for card in stored["cards"]]
    suits = [Suit(**suit) for suit in stored["suits"]]
    return Deck(**{**stored, "cards": tuple(cards), "suits": tuple(suits)})
