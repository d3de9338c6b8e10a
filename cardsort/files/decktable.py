"""A deck as a table: what a spreadsheet saves becomes a deck, and a deck becomes a table again."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import takewhile

from cardsort.domain.cards import TITLE_LENGTH, TRANSLATION, Deck, Suit
from cardsort.domain.deckcards import CARD_FIELDS, Entry, make_cards, tidy
from cardsort.domain.errors import InvalidDeck
from cardsort.files.tables import read_lines, write_csv
from cardsort.language import N_, _, ngettext

OWN_DECK = N_("Your own deck")
COLUMNS = ("code", "title", "suit", "lens", "seen", "cost", "better", "question", "icon")

_LETTER = re.compile(r"[A-Z]")
Row = dict[str, str]


def parse_deck_csv(text: str, name: str = "") -> Deck:
    """The deck of a table with a header line: a column `title`, and optionally the other card fields.

    Columns in any order and case; `title_nl`, `seen_de` and so on are texts in other languages; other columns and empty
    lines are passed over. The suits are the different entries
    of the column `suit`. Where no card has a code, codes are made. All faults of the table are told at once.
    """
    (line, header), *lines = [(line, list(map(tidy, cells))) for line, cells in read_lines(text)]
    columns = _columns(header, line)
    rows = [{name: row[place] for name, place in columns.items() if place < len(row)} for _, row in lines]
    if not any(row.get("code") for row in rows):
        rows = [row | {"code": code} for row, code in zip(rows, _made_codes(rows), strict=True)]
    suits = _suits_of(rows)
    letters = {suit.name: suit.letter for suit in suits}
    entries = [
        Entry(
            _line(line),
            texts | {"suit": letters.get(texts.get("suit", ""), "")},
            tuple(_row_faults(line, cells, len(header), texts.get("suit", ""))),
        )
        for (line, cells), texts in zip(lines, rows, strict=True)
    ]
    return Deck(name=name or _(OWN_DECK), cards=make_cards(entries), suits=suits)


def write_deck_csv(deck: Deck, cell: Callable[[str], str] = str) -> str:
    """The deck as such a table; `parse_deck_csv` makes the same cards of it. `cell` goes over every text."""
    suits = {suit.letter: suit.name for suit in deck.suits}
    said = [dict(card.translations) for card in deck.cards]
    more = sorted({name for card in said for name in card})
    rows = [
        [
            *(suits.get(card.suit, "") if name == "suit" else str(getattr(card, name) or "") for name in COLUMNS),
            *(texts.get(name, "") for name in more),
        ]
        for card, texts in zip(deck.cards, said, strict=True)
    ]
    return write_csv([(*COLUMNS, *more), *rows], cell)


def _columns(header: list[str], line: int) -> dict[str, int]:
    """Card field -> its column, from 0."""
    names = [cell.casefold() for cell in header]
    known = (*CARD_FIELDS, *(name for name in dict.fromkeys(names) if TRANSLATION.fullmatch(name)))
    faults = [
        ngettext(
            "Line %(line)s: it names the column “%(column)s” %(n)s time. Keep one of them.",
            "Line %(line)s: it names the column “%(column)s” %(n)s times. Keep one of them.",
            names.count(name),
            line=line,
            column=name,
        )
        for name in known
        if names.count(name) > 1
    ]
    if "title" not in names:
        faults.append(
            _(
                "Line %(line)s: it names no column “title”. Begin the table with a line that names its columns: "
                "at least “title”, and best “code” too.",
                line=line,
            )
        )
    if faults:
        raise InvalidDeck(*faults)
    return {name: names.index(name) for name in known if name in names}


def _line(number: int) -> str:
    return _("Line %(line)s", line=number)


def _row_faults(line: int, cells: list[str], width: int, suit: str) -> Iterator[str]:
    if any(cells[width:]):
        yield _(
            "Line %(line)s: it has %(cells)s, but the table has %(columns)s. Put a text that holds the separator "
            "within quotation marks.",
            line=line,
            cells=ngettext("%(n)s cell", "%(n)s cells", len(cells)),
            columns=ngettext("%(n)s column", "%(n)s columns", width),
        )
    if len(suit) > TITLE_LENGTH:
        yield _(
            "Line %(line)s: the suit’s name has %(length)s characters. Shorten it to %(most)s.",
            line=line,
            length=len(suit),
            most=TITLE_LENGTH,
        )


def _made_codes(rows: list[Row]) -> Iterator[str]:
    """A-01, A-02, B-01 … where every card has a suit and the suits begin with different letters; else 1, 2, 3 …"""
    names = [row.get("suit", "") for row in rows]
    firsts = {name: name[:1].upper() for name in names}
    if all(map(_LETTER.fullmatch, firsts.values())) and len(set(firsts.values())) == len(firsts):
        counts: Counter[str] = Counter()
        for name in names:
            counts[name] += 1
            yield f"{firsts[name]}-{counts[name]:02}"
    else:
        yield from map(str, range(1, len(rows) + 1))


def _suits_of(rows: list[Row]) -> tuple[Suit, ...]:
    """The suits that the rows name, in order. A suit's letter is what its codes begin with.

    Where that is not one different beginning for each suit, the suits' names serve as letters.
    """
    starts: dict[str, set[str]] = {}
    for row in rows:
        if suit := row.get("suit"):
            starts.setdefault(suit, set()).add(_letters(row.get("code", "")))
    clear = len(set.union(set(), *starts.values()) - {""}) == len(starts) == sum(map(len, starts.values()))
    return tuple(Suit(letter=min(found) if clear else name, name=name) for name, found in starts.items())


def _letters(code: str) -> str:
    """The letters that a code begins with, "A" of "A-07"; may be none."""
    return "".join(takewhile(str.isalpha, code))
