"""A deck's file becomes a deck: TOML as we ship it, or a table as a spreadsheet saves it.

Whatever is faulty is refused as a whole, with a sentence that names the line or the card and says how to mend it;
nothing is guessed and no half deck comes out. Bytes and text in, `Deck` out: reading the file is the caller's job.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from cardsort.domain.cards import TEXT_LENGTH, TRANSLATION, Deck, Suit
from cardsort.domain.deckcards import CARD_FIELDS, HEADER_FIELDS, Entry, make_cards, tidy
from cardsort.domain.errors import InvalidDeck
from cardsort.files.decktable import OWN_DECK, parse_deck_csv
from cardsort.files.tables import decode, line_at
from cardsort.language import N_, _, ngettext

SUIT_FIELDS = ("letter", "name", "gathers")

FILE_BYTES = 256 * 1024
TOO_LARGE = N_(
    "The file is larger than 256 KiB. 120 cards need less: take out what does not belong, or save it as “CSV UTF-8”."
)
UNREADABLE_END = N_(
    'The last line cannot be read. Write it as key = "text", within straight quotation marks, each key once.'
)

_TOML_CARDS = re.compile(r"^[ \t]*\[\[[ \t]*cards[ \t]*\]\]", re.MULTILINE)
_TOML_LINE = re.compile(r"at line (\d+)")
_TOML_TEXT = re.compile(
    r'''"""(?:\\.|[^\\])*?(?:"{3,5}|\Z)|"(?:\\.|[^"\\\n])*"?|'{3}.*?(?:'{3,5}|\Z)|'[^'\n]*'?|#[^\n]*''', re.DOTALL
)
_DOTTED_KEY = re.compile(r'\.[ \t]*[\w"-]+[ \t]*\.')


def read_deck(data: bytes, filename: str) -> Deck:
    """The deck in a file's bytes: TOML when the content or the name's ending says so, otherwise a table."""
    text = _text_of(data)
    if PurePath(filename).suffix.lower() == ".toml" or _TOML_CARDS.search(text):
        return parse_deck_toml(text)
    return parse_deck_csv(text, name_of(filename))


def read_table(data: bytes, filename: str) -> Deck:
    """The deck in a file's bytes that are a table."""
    return parse_deck_csv(_text_of(data), name_of(filename))


def name_of(filename: str) -> str:
    """A table has no name of its own: it takes the file's, without folder and ending."""
    return tidy(PurePath(filename).stem)[:TEXT_LENGTH] or _(OWN_DECK)


def _text_of(data: bytes) -> str:
    if len(data) > FILE_BYTES:
        raise InvalidDeck(_(TOO_LARGE))
    return decode(data)


def parse_deck_toml(text: str) -> Deck:
    """The deck of a TOML text: the header's keys, then tables [[suits]] and [[cards]].

    A card without `suit` belongs to the suit whose letter its code begins with ("A-07" to "A"). Keys that a deck
    does not have are refused, since a mistyped one would lose a text.
    """
    table = _load_toml(text)
    header = _texts({key: table[key] for key in table if key not in {"suits", "cards"}}, HEADER_FIELDS, _("The deck"))
    if not header.get("name"):
        raise InvalidDeck(_('The deck has no name. Add a line name = "…" at the top of the file.'))
    suits = tuple(_suit(entry, _("Suit no. %(number)s", number=number)) for number, entry in _tables(table, "suits"))
    _refuse_doubled_letters(suits)
    letters = {suit.letter for suit in suits}
    entries = [
        _toml_entry(entry, _("Card no. %(number)s", number=number), letters)
        for number, entry in _tables(table, "cards")
    ]
    if not entries:
        raise InvalidDeck(_("The deck has no cards. Begin each one with a line [[cards]]."))
    return Deck(cards=make_cards(entries), suits=suits, **header)


def _load_toml(text: str) -> dict[str, Any]:
    text = text.removeprefix("\ufeff")
    _refuse_dotted_keys(text)
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise InvalidDeck(
            _("The file has lists within lists within lists. A deck has only [[suits]] and [[cards]].")
        ) from None
    except ValueError as fault:  # TOMLDecodeError, and an int of too many digits
        found = _TOML_LINE.search(str(fault))
        raise InvalidDeck(_unreadable_line(int(found[1])) if found else _(UNREADABLE_END)) from None


def _refuse_dotted_keys(text: str) -> None:
    """No key of a deck has dots, and tomllib would take a minute for one with 50,000 of them."""
    keys = _TOML_TEXT.sub(lambda found: re.sub(r"[^\n]", '"', found[0]), text)
    if found := _DOTTED_KEY.search(keys):
        raise InvalidDeck(_unreadable_line(line_at(keys[: found.start()].encode(), len(text.encode()))))


def _unreadable_line(line: int) -> str:
    return _(
        'Line %(line)s cannot be read. Write it as key = "text", within straight quotation marks, each key once.',
        line=line,
    )


def _tables(table: dict[str, Any], key: str) -> Iterator[tuple[int, dict[str, Any]]]:
    entries = table.get(key, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise InvalidDeck(
            _("The deck’s %(key)s are not written as tables. Begin each one with a line [[%(key)s]].", key=key)
        )
    return enumerate(entries, start=1)


def _texts(entry: dict[str, Any], known: tuple[str, ...], where: str) -> dict[str, str]:
    """The entry's texts, tidied; refused when a key is unknown or a value is no text."""
    for key, value in entry.items():
        if key not in known:
            # L10N: %(where)s is “The deck”, “Suit no. 3” or “Card no. 12”
            unknown = _(
                "%(where)s has an unknown entry “%(key)s”. Possible are: %(known)s.",
                where=where,
                key=tidy(key),
                known=", ".join(known),
            )
            raise InvalidDeck(unknown)
        if not isinstance(value, str):
            raise InvalidDeck(
                _(
                    "%(where)s: “%(key)s” is not a text. Put it within straight quotation marks.",
                    where=where,
                    key=key,
                )
            )
    return {key: tidy(value) for key, value in entry.items()}


def _suit(entry: dict[str, Any], where: str) -> Suit:
    texts = _texts(entry, SUIT_FIELDS, where)
    if not texts.get("letter") or not texts.get("name"):
        raise InvalidDeck(_("%(where)s lacks its letter or its name. Add both.", where=where))
    return Suit(**texts)


def _refuse_doubled_letters(suits: tuple[Suit, ...]) -> None:
    for letter, count in Counter(suit.letter for suit in suits).items():
        if count > 1:
            doubled = ngettext(
                "The letter “%(letter)s” stands on %(n)s suit. Each suit needs its own.",
                "The letter “%(letter)s” stands on %(n)s suits. Each suit needs its own.",
                count,
                letter=letter,
            )
            raise InvalidDeck(doubled)


def _toml_entry(entry: dict[str, Any], where: str, letters: set[str]) -> Entry:
    texts = _texts(entry, (*CARD_FIELDS, *filter(TRANSLATION.fullmatch, entry)), where)
    first = texts.get("code", "").partition("-")[0]
    if first in letters:
        texts.setdefault("suit", first)
    return Entry(where, texts)
