"""The deck: cards, suits and the three lenses. A deck that exists is a valid one."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from cardsort.domain.errors import InvalidDeck
from cardsort.language import N_, _, ngettext

MIN_CARDS, MAX_CARDS = 4, 120
TITLE_LENGTH, TEXT_LENGTH = 60, 140
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,11}")
BLANKS = "\u115f\u1160\u2800\u3164\uffa0\U0001d159"  # letters and signs without any stroke
ISOLATE, ISOLATED = "\u2068", "\u2069"  # around words that may run the other way
DOUBLED_CODE = N_("The code “%(text)s” stands on two cards. Each card needs its own.")
DOUBLED_TITLE = N_("The title “%(text)s” stands on two cards. Each card needs its own.")
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
        names = {
            "customer": N_("Customer focus"),
            "process": N_("Process orientation"),
            "cost": N_("Cost optimisation"),
        }
        return _(names[self])


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
        """The language of that text, "" = the one in which the deck is read."""
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
            yield _(
                "The card code “%(code)s” cannot be used: take 1 to 12 letters, digits, dots or dashes.",
                code=self.code[:40],
            )
        if not has_ink(self.title):
            yield _(
                "Card %(code)s has no title. Give it one of at most %(most)s characters.",
                code=self.code,
                most=TITLE_LENGTH,
            )
        if len(self.title) > TITLE_LENGTH:
            yield _(
                "The title of card %(code)s has %(length)s characters. Shorten it to %(most)s.",
                code=self.code,
                length=len(self.title),
                most=TITLE_LENGTH,
            )

    def _text_faults(self) -> Iterator[str]:
        for name in TEXTS:
            if (length := len(getattr(self, name))) > TEXT_LENGTH:
                yield _too_long(name, self.code, length, TEXT_LENGTH)
        for name, text in self.translations:
            if not TRANSLATION.fullmatch(name):
                yield _(
                    "Card %(code)s has a text “%(name)s”, which is no text of a card in a language.",
                    code=self.code,
                    name=visible(name[:40]),
                )
            most = TITLE_LENGTH if name.startswith("title_") else TEXT_LENGTH
            if (length := len(text)) > most:
                yield _too_long(name, self.code, length, most)


def _too_long(name: str, code: str, length: int, most: int) -> str:
    return _(
        "The text “%(name)s” of card %(code)s has %(length)s characters. Shorten it to %(most)s.",
        name=name,
        code=code,
        length=length,
        most=most,
    )


def size_fault(count: int) -> str:
    """What is wrong with so many cards; "" when nothing is."""
    if MIN_CARDS <= count <= MAX_CARDS:
        return ""
    return ngettext(
        "The deck has %(n)s card. A deck has %(least)s to %(most)s.",
        "The deck has %(n)s cards. A deck has %(least)s to %(most)s.",
        count,
        least=MIN_CARDS,
        most=MAX_CARDS,
    )


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
        _refuse_doubles(DOUBLED_CODE, [card.code for card in self.cards])
        _refuse_doubles(DOUBLED_TITLE, [_fold(card.title) for card in self.cards])
        known = {suit.letter for suit in self.suits}
        for card in self.cards:
            if card.suit and card.suit not in known:
                raise InvalidDeck(
                    _(
                        "Card %(code)s belongs to the suit “%(suit)s”, which the deck does not have.",
                        code=card.code,
                        suit=card.suit,
                    )
                )

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


def _refuse_doubles(sentence: str, values: list[str]) -> None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise InvalidDeck(_(sentence, text=value))
        seen.add(value)
