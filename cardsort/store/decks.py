"""A workshop's deck: as the JSON kept with it, and exchanged while nobody has voted."""

import json
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from sqlalchemy import Text, cast, select
from sqlalchemy.orm import Session

from cardsort.domain.cards import Card, Deck, Lens, Suit
from cardsort.store.models import RoundRow, WorkshopRow, table_of

DECK_TEXT = cast(table_of(WorkshopRow).c.deck, Text).label("deck_text")


def deck_to_json(deck: Deck) -> dict[str, Any]:
    """All texts of the deck, ready for a JSON column."""
    return asdict(deck)


def deck_from_json(stored: dict[str, Any]) -> Deck:
    """The deck of `deck_to_json`, checked again."""
    cards = [Card(**{**card, "lens": Lens(card["lens"]) if card["lens"] else None}) for card in stored["cards"]]
    suits = [Suit(**suit) for suit in stored["suits"]]
    return Deck(**{**stored, "cards": tuple(cards), "suits": tuple(suits)})


def load_deck(session: Session, workshop_id: str) -> Deck:
    """The deck that the workshop has now."""
    return read_deck(session.scalars(select(DECK_TEXT).where(WorkshopRow.id == workshop_id)).one())


@lru_cache(maxsize=64)
def read_deck(text: str) -> Deck:
    """The deck in the text of its JSON column.

    The same text is the same deck; to build and check its cards anew would take longer than all else in a vote.
    """
    return deck_from_json(json.loads(text))


def replace_deck(session: Session, workshop_id: str, deck: Deck) -> None:
    """Give the workshop, in its first round, other cards; nobody chooses more of them than there are."""
    row = session.get_one(WorkshopRow, workshop_id)
    row.deck = deck_to_json(deck)
    row.picks = min(row.picks, deck.size)
    last = session.scalars(select(RoundRow).where(RoundRow.workshop_id == workshop_id)).one()
    last.edition += 1
    session.flush()
