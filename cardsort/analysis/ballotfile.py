"""Ballots from a CSV file: every fault is named with its line and how to mend it; nothing is guessed."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from cardsort.analysis.ballotset import GROUPS, KINDS, BallotSet
from cardsort.domain.ballots import CORE, Basis, Group, Kind
from cardsort.domain.cards import Deck, visible
from cardsort.domain.errors import InvalidBallotFile
from cardsort.domain.workshops import Segment

COLUMNS = ("group", "kind", "ranking", "segment", "respondent", "basis", "round")
NEEDED = ("group", "ranking")
BASES = {Basis.KNOW.value: 0, Basis.THINK.value: 1, "-": -1}
MAX_ROUND = 9999
SHOWN_LENGTH = 40
EXCEL_WORKBOOK = b"PK\x03\x04"


@dataclass(slots=True)
class _Columns:
    """The ballots read so far, column by column, and the line on which each person's ballots stand."""

    rankings: list[list[int]] = field(default_factory=list)
    basis: list[list[int]] = field(default_factory=list)
    group: list[int] = field(default_factory=list)
    kind: list[int] = field(default_factory=list)
    round: list[int] = field(default_factory=list)
    segment: list[str] = field(default_factory=list)
    respondent: list[int] = field(default_factory=list)
    people: dict[str, int] = field(default_factory=dict)
    lines: dict[tuple[str, Group, Kind, int], int] = field(default_factory=dict)


def decode(data: bytes) -> str:
    """The file's text. Anything but UTF-8, with or without a byte order mark, is refused with its line."""
    if data.startswith(EXCEL_WORKBOOK):
        raise InvalidBallotFile("Line 1: this is an Excel workbook, not a CSV file. Save it as “CSV UTF-8”.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise _fault(line, "the text is not UTF-8. Save the file as “CSV UTF-8”.") from None


def read_ballots(text: str, deck: Deck) -> BallotSet:
    """The ballots of a CSV text with a header; columns by name, separated by commas or semicolons.

    Raises InvalidBallotFile with the line's number at the first fault.
    """
    columns = _Columns()
    for line, row in _read_rows(text):
        _add_ballot(columns, line, row, deck)
    return _build(columns)


def _read_rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row that is not blank, with the number of the line it begins on, by its column's name."""
    text = text.removeprefix("\ufeff")
    head = text.split("\n", 1)[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    names: list[str] | None = None
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as fault:
            raise _fault(
                line, f"the line cannot be read ({fault}). Look for a quotation mark without its twin."
            ) from None
        if row is None:
            break
        cells = [cell.strip() for cell in row]
        if names is None:
            names = _check_header(line, [cell.casefold() for cell in cells])
        elif any(cells):
            if len(cells) > len(names) and any(cells[len(names) :]):
                raise _fault(
                    line, f"it has {len(cells)} columns, the header has {len(names)}. Remove what is too much."
                )
            yield line, dict(zip(names, cells, strict=False))
    if names is None:
        raise _fault(1, "the file is empty. It begins with a header that names the columns.")


def _check_header(line: int, names: list[str]) -> list[str]:
    for name in NEEDED:
        if name not in names:
            raise _fault(line, f"the header has no column “{name}”. Add it; the columns are {', '.join(COLUMNS)}.")
    for name in COLUMNS:
        if names.count(name) > 1:
            raise _fault(line, f"the header names the column “{name}” twice. Keep one of them.")
    return names


def _add_ballot(columns: _Columns, line: int, row: dict[str, str], deck: Deck) -> None:
    group = Group(_read_choice(line, "group", row.get("group", ""), [member.value for member in Group]))
    typed = row.get("kind", "") or CORE[group].value
    kind = Kind(_read_choice(line, "kind", typed, [member.value for member in Kind]))
    number = _read_round(line, row.get("round", ""))
    ranking = _read_ranking(line, row.get("ranking", ""), deck)
    columns.respondent.append(_read_respondent(columns, line, row.get("respondent", ""), (group, kind, number)))
    columns.group.append(GROUPS.index(group))
    columns.kind.append(KINDS.index(kind))
    columns.round.append(number)
    columns.rankings.append(ranking)
    columns.basis.append(_read_basis(line, row.get("basis", ""), len(ranking)))
    columns.segment.append(visible(row.get("segment", "")) if group is Group.CUSTOMERS else "")


def _read_choice(line: int, name: str, typed: str, allowed: list[str]) -> str:
    if typed.casefold() in allowed:
        return typed.casefold()
    said = f"“{_show(typed)}”" if typed else "empty"
    raise _fault(line, f"the {name} is {said}. Write {' or '.join(f'“{value}”' for value in allowed)}.")


def _read_round(line: int, typed: str) -> int:
    if not typed:
        return 1
    if typed.isascii() and typed.isdecimal() and len(typed) <= len(str(MAX_ROUND)) and int(typed) > 0:
        return int(typed)
    raise _fault(line, f"the round is “{_show(typed)}”. Write a whole number from 1 to {MAX_ROUND}.")


def _read_ranking(line: int, typed: str, deck: Deck) -> list[int]:
    codes = typed.split()
    if not codes:
        raise _fault(line, "the ranking is empty. Write the cards' codes, best first, separated by spaces.")
    for place, code in enumerate(codes):
        if code not in deck:
            raise _fault(
                line, f"the card “{_show(code)}” is not in the deck. Its codes look like {deck.codes[0]}; correct it."
            )
        if code in codes[:place]:
            raise _fault(line, f"the card {code} stands twice in the ranking. Keep one of its places.")
    return [deck.index[code] for code in codes]


def _read_basis(line: int, typed: str, ranked: int) -> list[int]:
    words = typed.removeprefix("'").casefold().split()  # kept from spreadsheets, to which "-" begins a formula
    if len(words) > ranked:
        raise _fault(
            line, f"there are {len(words)} words in the basis for {ranked} ranked cards. Remove what is too much."
        )
    for word in words:
        if word not in BASES:
            raise _fault(
                line, f"the basis is “{_show(word)}”. Write “know” or “think” for each card, “-” where not said."
            )
    return [BASES[word] for word in words]


def _read_respondent(columns: _Columns, line: int, person: str, place: tuple[Group, Kind, int]) -> int:
    if not person:
        return -1
    earlier = columns.lines.setdefault((person, *place), line)
    if earlier != line:
        group, kind, number = place
        raise _fault(
            line,
            f"the respondent “{_show(person)}” has two ballots of group {group}, kind {kind}, round {number}; "
            f"the other is on line {earlier}. Keep one of them.",
        )
    return columns.people.setdefault(person, len(columns.people))


def _build(columns: _Columns) -> BallotSet:
    names = sorted({name for name in columns.segment if name})
    index = {name: place for place, name in enumerate(names)} | {"": -1}
    width = max(map(len, columns.rankings), default=0)
    return BallotSet(
        rankings=_pad(columns.rankings, width).astype(np.int16),
        group=np.array(columns.group, dtype=np.int8),
        kind=np.array(columns.kind, dtype=np.int8),
        round=np.array(columns.round, dtype=np.int16),
        segment=np.array([index[name] for name in columns.segment], dtype=np.int16),
        respondent=np.array(columns.respondent, dtype=np.int64),
        basis=_pad(columns.basis, width).astype(np.int8),
        segments=tuple(Segment(name) for name in names),
    )


def _pad(rows: list[list[int]], width: int) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    return np.array([row + [-1] * (width - len(row)) for row in rows], dtype=np.int64).reshape(len(rows), width)


def _show(typed: str) -> str:
    text = visible(typed)
    return text if len(text) <= SHOWN_LENGTH else f"{text[: SHOWN_LENGTH - 1]}…"


def _fault(line: int, sentence: str) -> InvalidBallotFile:
    return InvalidBallotFile(f"Line {line}: {sentence}")
