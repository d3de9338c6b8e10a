"""The deck that ships, in each of its languages, and any deck in the language of whoever reads it.

A card of a workshop that still has the words of the shipped one is read from the shipped deck of the reader's language;
any other card has its own words, in the languages that its deck brings. Codes and their order never change.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from cardsort import language, resources
from cardsort.domain.cards import TEXTS, Card, Deck, Lens, Suit
from cardsort.domain.errors import InvalidDeck
from cardsort.language import N_, _

WORDS = ("title", *TEXTS)
CHANGED = N_("Changed from %(name)s")  # the name of a deck that has the shipped cards with other words


def shipped(code: str) -> Deck:
    """The 52 cards in that language, in English where nobody has written them in it."""
    return _edition(resources.CARDS, code) or _read(resources.CARDS / f"{language.SOURCE}.toml")


def spoken(deck: Deck, own: str = language.SOURCE) -> Deck:
    """The deck in the present language; a text that it does not have in it comes in `own`, that of the workshop, else
    as the deck has it.
    """
    present = language.present()
    return deck if present == deck.language else _spoken(deck, (present, own))


@lru_cache(maxsize=256)
def _spoken(deck: Deck, wanted: tuple[str, ...]) -> Deck:
    editions = {code: found for code in (*wanted, deck.language) if (found := _edition(resources.CARDS, code))}
    ours = editions.get(deck.language)
    said = [_words(card, deck.language, ours, editions, wanted) for card in deck.cards]
    main = next((code for code in wanted if any(code in words["title"] for words in said)), deck.language)
    cards = [_card(card, words, (main, *wanted, deck.language)) for card, words in zip(deck.cards, said, strict=True)]
    there = editions.get(main)
    suits = tuple(_suit(suit, deck.language, ours, there) for suit in deck.suits)
    head = _head(deck, ours, there) | {"language": main}
    try:
        return replace(deck, cards=tuple(cards), suits=suits, **head)
    except InvalidDeck:  # two cards that would have one title in that language
        return deck


def _words(
    card: Card, own: str, ours: Deck | None, editions: Mapping[str, Deck], wanted: Sequence[str]
) -> dict[str, dict[str, str]]:
    """For each text of the card, what it is in each language."""
    said = {name: {own: getattr(card, name)} for name in WORDS}
    if ours and card.code in ours and all(getattr(card, name) == getattr(ours[card.code], name) for name in WORDS):
        for code in wanted:
            if (there := editions.get(code)) and card.code in there:
                for name in WORDS:
                    said[name][code] = getattr(there[card.code], name)
    for column, text in card.translations:
        name, _mark, code = column.partition("_")
        said[name][code] = text
    return said


def _card(card: Card, said: Mapping[str, Mapping[str, str]], languages: Sequence[str]) -> Card:
    """The card with each text in the first of the languages that has it."""
    chosen = {name: next((code for code in languages if said[name].get(code)), languages[0]) for name in WORDS}
    texts: dict[str, Any] = {name: said[name].get(code, "") for name, code in chosen.items()}
    foreign = tuple((name, code) for name, code in chosen.items() if code != language.present())
    return replace(card, **texts, foreign=foreign)


def _suit(suit: Suit, own: str, ours: Deck | None, there: Deck | None) -> Suit:
    if there and ours and suit in ours.suits:
        return there.suits[ours.suits.index(suit)]
    return suit if there is ours else replace(suit, language=own)


def _head(deck: Deck, ours: Deck | None, there: Deck | None) -> dict[str, str]:
    """Name, licence and source, where they are those of the shipped deck."""
    if ours is None or there is None or deck.source != ours.source:
        return {}
    names = {ours.name: there.name, CHANGED % {"name": ours.name}: _(CHANGED, name=there.name)}
    return {"name": names.get(deck.name, deck.name), "licence": there.licence, "source": there.source}


def _edition(folder: Path, code: str) -> Deck | None:
    file = _files(folder).get(code)
    return _read(file) if file else None


@cache
def _files(folder: Path) -> dict[str, Path]:
    """By the languages that there are: a deck from elsewhere may call its own anything."""
    return {file.stem: file for file in folder.glob("*.toml")}


@cache
def _read(file: Path) -> Deck:
    """The deck of one of our own files, which the tests have checked."""
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    suits = tuple(Suit(**suit) for suit in table.pop("suits"))
    cards = table.pop("cards")
    return Deck(**table, suits=suits, cards=tuple(map(_shipped_card, cards)))


def _shipped_card(texts: Mapping[str, str]) -> Card:
    words: dict[str, Any] = {name: text for name, text in texts.items() if name != "lens"}
    return Card(**words, lens=Lens(texts["lens"]), suit=texts["code"].partition("-")[0])
