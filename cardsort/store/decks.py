"""A workshop's cards: as the JSON kept with it, and exchanged while nobody has voted."""

import json
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from sqlalchemy import Text, cast, select
from sqlalchemy.orm import Session

from cardsort.domain.cardbox import CardBox
from cardsort.domain.cards import Card, Deck, Lens, Suit
from cardsort.store.models import RoundRow, WorkshopRow, table_of

DECK_TEXT = cast(table_of(WorkshopRow).c.deck, Text).label("deck_text")


def deck_to_json(deck: Deck) -> dict[str, Any]:
    """All texts of the deck, ready for a JSON column; nothing where a card has no translations."""
    return asdict(deck, dict_factory=_without_empty_languages)


def _without_empty_languages(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """As cards were stored before there were languages: what tells of them is left out where it says nothing."""
    told = {"translations", "foreign"} | (set() if "cards" in dict(pairs) else {"language"})
    return {name: value for name, value in pairs if value or name not in told}


def deck_from_json(stored: dict[str, Any]) -> Deck:
    """The deck of `deck_to_json`, checked again."""
    cards = map(_card_from_json, stored["cards"])
    suits = [Suit(**suit) for suit in stored["suits"]]
    return Deck(**{**stored, "cards": tuple(cards), "suits": tuple(suits)})


def _card_from_json(card: dict[str, Any]) -> Card:
    translations = tuple(map(tuple, card.get("translations", ())))
    lens = Lens(card["lens"]) if card["lens"] else None
    return Card(**{**card, "lens": lens, "translations": translations, "foreign": ()})


def load_box(session: Session, workshop_id: str) -> CardBox:
    """All cards that the workshop has at hand now."""
    return _read_box(session.scalars(select(DECK_TEXT).where(WorkshopRow.id == workshop_id)).one())


def read_deck(text: str) -> Deck:
    """The deck in the text of its JSON column."""
    return _read_box(text).deck


@lru_cache(maxsize=64)
def _read_box(text: str) -> CardBox:
    """The same text is the same deck; to build and check its cards anew would take longer than all else in a vote."""
    stored = json.loads(text)
    aside = frozenset(stored.pop("aside", ()))  # codes; not there in what older versions stored
    return CardBox(deck_from_json(stored), aside)


def replace_box(session: Session, workshop_id: str, box: CardBox) -> None:
    """Give the workshop other cards."""
    session.get_one(WorkshopRow, workshop_id).deck = deck_to_json(box.cards) | {"aside": sorted(box.aside)}
    session.flush()


def begin_edition(session: Session, workshop_id: str, deck: Deck) -> None:
    """In the workshop's first round, these are now the cards in use; nobody chooses more of them than there are."""
    row = session.get_one(WorkshopRow, workshop_id)
    row.picks = min(row.picks, deck.size)
    last = session.scalars(select(RoundRow).where(RoundRow.workshop_id == workshop_id)).one()
    last.edition += 1
    session.flush()
