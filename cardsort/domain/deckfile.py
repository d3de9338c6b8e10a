"""A deck's file becomes a deck: TOML as we ship it, or a table as a spreadsheet saves it.

Whatever is faulty is refused as a whole, with a sentence that names the line or the card and says how to mend it;
nothing is guessed and no half deck comes out. Bytes and text in, `Deck` out: reading the file is the caller's job.
"""

import csv
import io
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile
from pathlib import PurePath
from typing import Any

from cardsort.domain.cards import TEXT_LENGTH, TEXTS, Card, Deck, Lens, Suit, visible
from cardsort.domain.errors import InvalidDeck

OWN_DECK = "Your own deck"
CARD_FIELDS = ("code", "title", *TEXTS, "lens", "icon", "suit")
HEADER_FIELDS = ("name", "language", "version", "licence", "source")
SUIT_FIELDS = ("letter", "name", "gathers")
COMPLETE_SUIT = 13
COMPLETE_SUITS = ("A", "B", "C", "S")
COMPLETE_LENS = range(15, 21)

_SEPARATORS = (",", ";", "\t")
_SEPARATOR_HINT = re.compile(r"sep=([,;\t])\r?\n?", re.IGNORECASE)
_TOML_CARDS = re.compile(r"^[ \t]*\[\[[ \t]*cards[ \t]*\]\]", re.MULTILINE)
_TOML_LINE = re.compile(r"at line (\d+)")
_SAVE_AS_CSV = "Save it from the spreadsheet as “CSV UTF-8”."
_SAVE_AS_UTF8 = "Save it as UTF-8; in a spreadsheet, as “CSV UTF-8”."


def read_deck(data: bytes, filename: str) -> Deck:
    """The deck in a file's bytes: TOML when the content or the name's ending says so, otherwise a table.

    A table has no name of its own: it takes the file's, without the ending. `filename` may be a path.
    """
    path = PurePath(filename)
    text = _decode(data)
    if path.suffix.lower() == ".toml" or _TOML_CARDS.search(text):
        return parse_deck_toml(text)
    return parse_deck_csv(text, name=_tidy(path.stem)[:TEXT_LENGTH] or OWN_DECK)


def _decode(data: bytes) -> str:
    if data.startswith(b"PK\x03\x04"):
        raise InvalidDeck(f"This is an Excel workbook or another packed file. {_SAVE_AS_CSV}")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InvalidDeck(f"This file is written in UTF-16, which cannot be read here. {_SAVE_AS_UTF8}")
    if (zero := data.find(b"\0")) >= 0:
        raise InvalidDeck(f"Line {_line_at(data, zero)} holds a zero byte, so this is not a text file. {_SAVE_AS_UTF8}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = _line_at(fault.object, fault.start)
        raise InvalidDeck(f"Line {line} holds a letter that is not written in UTF-8. {_SAVE_AS_UTF8}") from None
    if not text.strip():
        raise InvalidDeck("The file is empty. Choose one with a line for each card.")
    return text


def _line_at(data: bytes, offset: int) -> int:
    """The number of the line that holds this offset, from 1; CR, LF and CRLF all end a line."""
    return len(re.findall(rb"\r\n?|\n", data[:offset])) + 1


def parse_deck_toml(text: str) -> Deck:
    """The deck of a TOML text: the header's keys, then tables [[suits]] and [[cards]].

    A card without `suit` belongs to the suit whose letter its code begins with ("A-07" to "A"). Keys that a deck
    does not have are refused, since a mistyped one would lose a text.
    """
    table = _load_toml(text)
    header = _texts({key: table[key] for key in table if key not in {"suits", "cards"}}, HEADER_FIELDS, "The deck")
    if not header.get("name"):
        raise InvalidDeck('The deck has no name. Add a line name = "…" at the top of the file.')
    suits = tuple(_suit(entry, f"Suit no. {number}") for number, entry in _tables(table, "suits"))
    _refuse_doubled_letters(suits)
    letters = {suit.letter for suit in suits}
    cards = [
        (f"Card no. {number}", _toml_card(entry, f"Card no. {number}", letters))
        for number, entry in _tables(table, "cards")
    ]
    if not cards:
        raise InvalidDeck("The deck has no cards. Begin each one with a line [[cards]].")
    return Deck(cards=_different(cards), suits=suits, **header)


def _load_toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except RecursionError:
        raise InvalidDeck(
            "The file has lists within lists within lists. A deck has only [[suits]] and [[cards]]."
        ) from None
    except ValueError as fault:  # TOMLDecodeError, and an int of too many digits
        found = _TOML_LINE.search(str(fault))
        where = f"Line {found[1]}" if found else "The last line"
        raise InvalidDeck(
            f'{where} cannot be read. Write it as key = "text", within straight quotation marks, each key once.'
        ) from None


def _tables(table: dict[str, Any], key: str) -> Iterator[tuple[int, dict[str, Any]]]:
    entries = table.get(key, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise InvalidDeck(f"The deck’s {key} are not written as tables. Begin each one with a line [[{key}]].")
    return enumerate(entries, start=1)


def _texts(entry: dict[str, Any], known: tuple[str, ...], where: str) -> dict[str, str]:
    """The entry's texts, tidied; refused when a key is unknown or a value is no text."""
    for key, value in entry.items():
        if key not in known:
            raise InvalidDeck(f"{where} has an unknown entry “{_tidy(key)}”. Possible are: {', '.join(known)}.")
        if not isinstance(value, str):
            raise InvalidDeck(f"{where}: “{key}” is not a text. Put it within straight quotation marks.")
    return {key: _tidy(value) for key, value in entry.items()}


def _suit(entry: dict[str, Any], where: str) -> Suit:
    texts = _texts(entry, SUIT_FIELDS, where)
    if not texts.get("letter") or not texts.get("name"):
        raise InvalidDeck(f"{where} lacks its letter or its name. Add both.")
    return Suit(**texts)


def _refuse_doubled_letters(suits: tuple[Suit, ...]) -> None:
    for letter, count in Counter(suit.letter for suit in suits).items():
        if count > 1:
            raise InvalidDeck(f"The letter “{letter}” stands on {count} suits. Each suit needs its own.")


def _toml_card(entry: dict[str, Any], where: str, letters: set[str]) -> Card:
    texts = _texts(entry, CARD_FIELDS, where)
    first = texts.get("code", "").partition("-")[0]
    if first in letters:
        texts.setdefault("suit", first)
    return _card(texts, where)


def parse_deck_csv(text: str, name: str = OWN_DECK) -> Deck:
    """The deck of a table with a header line: columns `code` and `title`, and optionally the other card fields.

    Separated by comma, semicolon or tab, in quotation marks where needed; columns in any order and case; other
    columns and empty lines are passed over. The suits are the different entries of the column `suit`.
    """
    rows = _rows(text.removeprefix("\ufeff"))
    line, header = next(rows, (1, []))
    columns = _columns(header, line)
    found = [(f"Line {line}", _csv_card(row, columns, len(header), f"Line {line}")) for line, row in rows]
    suits = _suits_of([card for _, card in found])
    letters = {suit.name: suit.letter for suit in suits}
    cards = [(where, replace(card, suit=letters.get(card.suit, ""))) for where, card in found]
    return Deck(name=name, cards=_different(cards), suits=suits)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not empty, tidied, each with the number of the line it begins in."""
    lines = io.StringIO(text, newline="")
    first = lines.readline()
    hint = _SEPARATOR_HINT.fullmatch(first)  # Excel's own way to say the separator
    skipped = 1 if hint else 0
    if not hint:
        lines.seek(0)
    reader = csv.reader(lines, delimiter=hint[1] if hint else _separator(text), strict=True)
    while True:
        line = reader.line_num + skipped + 1
        try:
            row = [_tidy(cell) for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error:
            raise InvalidDeck(
                f"Line {line} cannot be read: a quotation mark is not closed, or stands in the middle. "
                "Put the whole text within quotation marks, and write those inside it twice."
            ) from None
        if any(row):
            yield line, row


def _separator(text: str) -> str:
    """The separator that the header uses most."""
    header = text.lstrip().partition("\n")[0]
    return max(_SEPARATORS, key=header.count)


def _columns(header: list[str], line: int) -> dict[str, int]:
    """Card field -> its column, from 0."""
    names = [cell.casefold() for cell in header]
    for name in CARD_FIELDS:
        if names.count(name) > 1:
            raise InvalidDeck(f"Line {line} names the column “{name}” {names.count(name)} times. Keep one of them.")
    for name in ("code", "title"):
        if name not in names:
            raise InvalidDeck(
                f"Line {line} names no column “{name}”. Begin the table with a line that names its columns: "
                "at least “code” and “title”."
            )
    return {name: names.index(name) for name in CARD_FIELDS if name in names}


def _csv_card(row: list[str], columns: dict[str, int], width: int, where: str) -> Card:
    if any(row[width:]):
        raise InvalidDeck(
            f"{where} has {len(row)} cells, but the table has {width} columns. "
            "Put a text that holds the separator within quotation marks."
        )
    return _card({name: row[place] for name, place in columns.items() if place < len(row)}, where)


def _suits_of(cards: list[Card]) -> tuple[Suit, ...]:
    """The suits that the cards name, in order. A suit's letter is what its codes begin with.

    Where that is not one different beginning for each suit, the suits' names serve as letters.
    """
    starts: dict[str, set[str]] = {}
    for card in cards:
        if card.suit:
            starts.setdefault(card.suit, set()).add(_letters(card.code))
    clear = len(set.union(set(), *starts.values()) - {""}) == len(starts) == sum(map(len, starts.values()))
    return tuple(Suit(letter=min(found) if clear else name, name=name) for name, found in starts.items())


def _letters(code: str) -> str:
    """The letters that a code begins with, "A" of "A-07"; may be none."""
    return "".join(takewhile(str.isalpha, code))


def _card(texts: dict[str, str], where: str) -> Card:
    words = {"code": "", "title": ""} | texts
    lens = words.pop("lens", "")
    try:
        return Card(**words, lens=_lens(lens))
    except InvalidDeck as fault:
        raise InvalidDeck(f"{where}: {fault}") from None


def _lens(text: str) -> Lens | None:
    if not text:
        return None
    try:
        return Lens(text.casefold())
    except ValueError:
        raise InvalidDeck(f"“{text}” is no lens. Write customer, process or cost, or leave it empty.") from None


def _different(cards: list[tuple[str, Card]]) -> tuple[Card, ...]:
    """The cards without their places; refused when a code or a title stands on two of them."""
    first: dict[tuple[str, str], str] = {}
    for where, card in cards:
        for what, text in (("code", card.code), ("title", card.title)):
            earlier = first.setdefault((what, text.casefold()), where)
            if earlier != where:
                raise InvalidDeck(
                    f"{where}: the {what} “{text}” stands in {earlier.lower()} already. Each card needs its own."
                )
    return tuple(card for _, card in cards)


def check_complete(deck: Deck) -> None:
    """Refuse a deck that is not fit to be shipped, naming the first card that fails.

    Fit: a complete header; suits A, B, C, S of 13 cards, coded 01 to 13; every text present; an icon of its own and
    a lens on every card; 15 to 20 cards of each lens.
    """
    for field in HEADER_FIELDS:
        if not getattr(deck, field):
            raise InvalidDeck(f"The deck’s {field} is missing.")
    _check_suits(deck)
    for card in deck.cards:
        for field in CARD_FIELDS:
            if not getattr(card, field):
                raise InvalidDeck(f"Card {card.code} has no {field}.")
    for icon, count in Counter(card.icon for card in deck.cards).items():
        if count > 1:
            raise InvalidDeck(f"The icon “{icon}” stands on {count} cards. Each card needs its own.")
    for lens in Lens:
        if (count := sum(card.lens is lens for card in deck.cards)) not in COMPLETE_LENS:
            raise InvalidDeck(f"The lens {lens} has {count} cards. It needs 15 to 20.")


def _check_suits(deck: Deck) -> None:
    if tuple(suit.letter for suit in deck.suits) != COMPLETE_SUITS:
        raise InvalidDeck("The deck needs the suits A, B, C and S, in this order.")
    for suit in deck.suits:
        if not suit.gathers:
            raise InvalidDeck(f"The suit {suit.letter} does not say what it gathers.")
    codes = tuple(f"{letter}-{number:02}" for letter in COMPLETE_SUITS for number in range(1, COMPLETE_SUIT + 1))
    if deck.codes != codes:
        amiss = next((code for code, card in zip(codes, deck.codes, strict=False) if card != code), "S-13")
        raise InvalidDeck(f"The deck needs the cards A-01 to S-13, 13 in each suit, in order. Look at {amiss}.")
    for card in deck.cards:
        if card.suit != card.code[0]:
            raise InvalidDeck(f"Card {card.code} is not in the suit {card.code[0]}.")


def _tidy(text: str) -> str:
    """The text on one line, with spaces instead of tabs and line ends, and hidden controls made visible."""
    return visible(re.sub(r"[ \t\r\n]+", " ", text).strip(" \u00a0"))
