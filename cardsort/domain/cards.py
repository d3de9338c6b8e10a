"""The deck: cards, suits and the three lenses. A deck that exists is a valid one."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from cardsort.domain.counting import counted
from cardsort.domain.errors import InvalidDeck

MIN_CARDS, MAX_CARDS = 4, 120
TITLE_LENGTH, TEXT_LENGTH = 60, 140
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,11}")
BLANKS = "\u115f\u1160\u2800\u3164\uffa0\U0001d159"  # letters and signs without any stroke
ISOLATE, ISOLATED = "\u2068", "\u2069"  # around words that may run the other way
TEXTS = ("seen", "cost", "better", "question")
TRANSLATION = re.compile(rf"({'|'.join(('title', *TEXTS))})_([a-z]{{2,3}}(?:_[A-Z][A-Za-z]{{1,3}})?)")  # title_nl


class Lens(StrEnum):
    """The side of service management that a card complains about."""

    CUSTOMER = "customer"
    PROCESS = "process"
    COST = "cost"

    @property
    def label(self) -> str:
        """The lens's name on pages and paper."""
        return {"customer": "Customer focus", "process": "Process orientation", "cost": "Cost optimisation"}[self]


@dataclass(frozen=True, slots=True)
class Suit:
    """A family of cards; `letter` is what its codes begin with."""

    letter: str
    name: str
    gathers: str = ""
    language: str = ""  # of these words; "" = the deck's


@dataclass(frozen=True, slots=True)
class Card:
    """One worst practice. `code` is its key; empty texts and `lens` None are allowed in decks from elsewhere.

    `translations`: what an own deck brings beside its texts, by their columns: ("title_nl", …), rising. `foreign`: the
    texts that are in another language than the deck's, by their names, each with that language.
    """

    code: str
    title: str
    seen: str = ""
    cost: str = ""
    better: str = ""
    question: str = ""
    lens: Lens | None = None
    icon: str = ""
    suit: str = ""
    translations: tuple[tuple[str, str], ...] = ()
    foreign: tuple[tuple[str, str], ...] = ()

    def language_of(self, text: str) -> str:
        """The language of that text, "" = the deck's."""
        return dict(self.foreign).get(text, "")

    def words(self, name: str) -> str:
        """The text of that name, as the deck has it: title, seen … or its translation, title_nl; "" for none."""
        return str(getattr(self, name)) if name in {"title", *TEXTS} else dict(self.translations).get(name, "")

    @property
    def has_back(self) -> bool:
        """Whether anything is written on its back."""
        return bool(self.cost or self.better or self.question)

    def __post_init__(self) -> None:
        if faults := [*self._name_faults(), *self._text_faults()]:
            raise InvalidDeck(*faults)

    def _name_faults(self) -> Iterator[str]:
        if not CODE.fullmatch(self.code):
            yield f"The card code “{self.code[:40]}” cannot be used: take 1 to 12 letters, digits, dots or dashes."
        if not has_ink(self.title):
            yield f"Card {self.code} has no title. Give it one of at most {TITLE_LENGTH} characters."
        if len(self.title) > TITLE_LENGTH:
            yield f"The title of card {self.code} has {len(self.title)} characters. Shorten it to {TITLE_LENGTH}."

    def _text_faults(self) -> Iterator[str]:
        for name in TEXTS:
            if (length := len(getattr(self, name))) > TEXT_LENGTH:
                yield f"The text “{name}” of card {self.code} has {length} characters. Shorten it to {TEXT_LENGTH}."
        for name, text in self.translations:
            if not TRANSLATION.fullmatch(name):
                yield f"Card {self.code} has a text “{visible(name[:40])}”, which is no text of a card in a language."
            most = TITLE_LENGTH if name.startswith("title_") else TEXT_LENGTH
            if (length := len(text)) > most:
                yield f"The text “{name}” of card {self.code} has {length} characters. Shorten it to {most}."


def size_fault(count: int) -> str:
    """What is wrong with so many cards; "" when nothing is."""
    said = f"The deck has {counted(count, 'card')}. A deck has {MIN_CARDS} to {MAX_CARDS}."
    return "" if MIN_CARDS <= count <= MAX_CARDS else said


@dataclass(frozen=True)
class Deck:
    """A checked set of 4 to 120 different cards, in printing order."""

    name: str
    cards: tuple[Card, ...]
    suits: tuple[Suit, ...] = ()
    language: str = "en"
    version: str = ""
    licence: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        if fault := size_fault(self.size):
            raise InvalidDeck(fault)
        _refuse_doubles("code", [card.code for card in self.cards])
        _refuse_doubles("title", [_fold(card.title) for card in self.cards])
        known = {suit.letter for suit in self.suits}
        for card in self.cards:
            if card.suit and card.suit not in known:
                raise InvalidDeck(f"Card {card.code} belongs to the suit “{card.suit}”, which the deck does not have.")

    @property
    def size(self) -> int:
        """Number of cards, m."""
        return len(self.cards)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """All codes in printing order."""
        return tuple(card.code for card in self.cards)

    @cached_property
    def index(self) -> dict[str, int]:
        """Code -> place in printing order, from 0."""
        return {code: place for place, code in enumerate(self.codes)}

    def __getitem__(self, code: str) -> Card:
        return self.cards[self.index[code]]

    def __contains__(self, code: object) -> bool:
        return code in self.index


def visible(text: str) -> str:
    """The text with control and bidirectional-override characters replaced by a visible mark (U+FFFD)."""
    return "".join("\ufffd" if _is_hidden_control(char) else char for char in text)


def isolated(text: str) -> str:
    """The text as it may stand within a sentence: what runs from the right takes nothing beside it along."""
    from_right = any(unicodedata.bidirectional(char) in {"R", "AL"} for char in text)
    return f"{ISOLATE}{text}{ISOLATED}" if from_right else text


def _is_hidden_control(char: str) -> bool:
    category = unicodedata.category(char)
    return category in {"Cc", "Cs"} or char in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def has_ink(text: str) -> bool:
    """Whether anything of the text can be seen: a letter, digit or sign that is not a blank of some script."""
    return any(unicodedata.category(char)[0] in "LNPS" and char not in BLANKS for char in text)


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


def _refuse_doubles(what: str, values: list[str]) -> None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise InvalidDeck(f"The {what} “{value}” stands on two cards. Each card needs its own.")
        seen.add(value)
