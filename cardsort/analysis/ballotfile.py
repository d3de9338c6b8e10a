"""Ballots from a CSV file: every fault is named with its line and how to mend it; nothing is guessed."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cardsort.analysis.ballotset import GROUPS, KINDS, BallotSet
from cardsort.domain.ballots import CORE, Basis, Group, Kind
from cardsort.domain.cards import Deck, visible
from cardsort.domain.errors import InvalidBallotFile
from cardsort.domain.workshops import Segment

COLUMNS = ("group", "kind", "ranking", "segment", "respondent", "basis", "round")
NEEDED = ("group", "ranking")
BASES = {Basis.KNOW.value: 0, Basis.THINK.value: 1, "-": -1}
SEPARATORS = (",", ";", "\t")  # cells copied from a spreadsheet come with tabs
MAX_ROUND = 9999
SHOWN_LENGTH = 40
TOO_MUCH = ""  # no column of ours has this name
EXCEL_WORKBOOK = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class FileBallot:
    """A ballot as it stands in the file. `round` None where the cell is empty; `basis` numbers as in BallotSet; the
    texts are "" where nothing stands.
    """

    line: int
    group: Group
    kind: Kind
    round: int | None
    ranking: tuple[str, ...]
    basis: tuple[int, ...]
    segment: str
    respondent: str


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
    """The ballots of a CSV text with a header; columns by name, separated by commas, semicolons or tabs.

    Raises InvalidBallotFile with the line's number at the first fault.
    """
    ballots = []
    for found in _read_lines(text, deck):
        if isinstance(found, InvalidBallotFile):
            raise found
        ballots.append(found)
    return _build(ballots, deck)


def sort_lines(text: str, deck: Deck) -> tuple[list[FileBallot], list[InvalidBallotFile]]:
    """The same file's good ballots, and every fault in it. After a fault of the header or an open quotation mark the
    rest cannot be read.
    """
    found = list(_read_lines(text, deck))
    faults = [one for one in found if isinstance(one, InvalidBallotFile)]
    return [one for one in found if isinstance(one, FileBallot)], faults


def _read_lines(text: str, deck: Deck) -> Iterator[FileBallot | InvalidBallotFile]:
    """Each line's ballot, or what is wrong with it."""
    lines: dict[tuple[str, Group, Kind, int], int] = {}  # where each person's ballots stand
    try:
        for line, row in _read_rows(text):
            try:
                ballot = _read_ballot(line, row, deck)
                _check_once(ballot, lines)
                yield ballot
            except InvalidBallotFile as fault:
                yield fault
    except InvalidBallotFile as fault:
        yield fault


def _read_rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row that is not blank, with the number of the line it begins on, by its column's name."""
    text = text.removeprefix("\ufeff")
    head = text.split("\n", 1)[0]
    delimiter = max(SEPARATORS, key=head.count)
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
            too_much = f"it has {len(cells)} columns, the header has {len(names)}. Remove what is too much."
            yield line, dict(zip(names, cells, strict=False)) | {TOO_MUCH: too_much if any(cells[len(names) :]) else ""}
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


def _read_ballot(line: int, row: dict[str, str], deck: Deck) -> FileBallot:
    if row[TOO_MUCH]:
        raise _fault(line, row[TOO_MUCH])
    group = Group(_read_choice(line, "group", row.get("group", ""), [member.value for member in Group]))
    typed = row.get("kind", "") or CORE[group].value
    kind = Kind(_read_choice(line, "kind", typed, [member.value for member in Kind]))
    number = _read_round(line, row.get("round", ""))
    ranking = _read_ranking(line, row.get("ranking", ""), deck)
    basis = _read_basis(line, row.get("basis", ""), len(ranking))
    segment = visible(row.get("segment", "")) if group is Group.CUSTOMERS else ""
    return FileBallot(line, group, kind, number, ranking, basis, segment, row.get("respondent", ""))


def _read_choice(line: int, name: str, typed: str, allowed: list[str]) -> str:
    if typed.casefold() in allowed:
        return typed.casefold()
    said = f"“{show(typed)}”" if typed else "empty"
    raise _fault(line, f"the {name} is {said}. Write {' or '.join(f'“{value}”' for value in allowed)}.")


def _read_round(line: int, typed: str) -> int | None:
    if not typed:
        return None
    if typed.isascii() and typed.isdecimal() and len(typed) <= len(str(MAX_ROUND)) and int(typed) > 0:
        return int(typed)
    raise _fault(line, f"the round is “{show(typed)}”. Write a whole number from 1 to {MAX_ROUND}.")


def _read_ranking(line: int, typed: str, deck: Deck) -> tuple[str, ...]:
    codes = tuple(typed.split())
    if not codes:
        raise _fault(line, "the ranking is empty. Write the cards' codes, best first, separated by spaces.")
    for place, code in enumerate(codes):
        if code not in deck:
            raise _fault(
                line, f"the card “{show(code)}” is not in the deck. Its codes look like {deck.codes[0]}; correct it."
            )
        if code in codes[:place]:
            raise _fault(line, f"the card {code} stands twice in the ranking. Keep one of its places.")
    return codes


def _read_basis(line: int, typed: str, ranked: int) -> tuple[int, ...]:
    words = typed.removeprefix("'").casefold().split()  # kept from spreadsheets, to which "-" begins a formula
    if len(words) > ranked:
        raise _fault(
            line, f"there are {len(words)} words in the basis for {ranked} ranked cards. Remove what is too much."
        )
    for word in words:
        if word not in BASES:
            raise _fault(
                line, f"the basis is “{show(word)}”. Write “know” or “think” for each card, “-” where not said."
            )
    return tuple(BASES[word] for word in words)


def _check_once(ballot: FileBallot, lines: dict[tuple[str, Group, Kind, int], int]) -> None:
    """Refuse a second ballot of one person in the same place; `lines` remembers where the first stands."""
    if not ballot.respondent:
        return
    group, kind, number = ballot.group, ballot.kind, ballot.round or 1
    earlier = lines.setdefault((ballot.respondent, group, kind, number), ballot.line)
    if earlier != ballot.line:
        raise _fault(
            ballot.line,
            f"the respondent “{show(ballot.respondent)}” has two ballots of group {group}, kind {kind}, "
            f"round {number}; the other is on line {earlier}. Keep one of them.",
        )


def _build(ballots: list[FileBallot], deck: Deck) -> BallotSet:
    names = sorted({ballot.segment for ballot in ballots if ballot.segment})
    index = {name: place for place, name in enumerate(names)} | {"": -1}
    people: dict[str, int] = {}
    persons = [people.setdefault(one.respondent, len(people)) if one.respondent else -1 for one in ballots]
    width = max((len(ballot.ranking) for ballot in ballots), default=0)
    return BallotSet(
        rankings=_pad([[deck.index[code] for code in one.ranking] for one in ballots], width).astype(np.int16),
        group=np.array([GROUPS.index(one.group) for one in ballots], dtype=np.int8),
        kind=np.array([KINDS.index(one.kind) for one in ballots], dtype=np.int8),
        round=np.array([one.round or 1 for one in ballots], dtype=np.int16),
        segment=np.array([index[one.segment] for one in ballots], dtype=np.int16),
        respondent=np.array(persons, dtype=np.int64),
        basis=_pad([list(one.basis) for one in ballots], width).astype(np.int8),
        segments=tuple(Segment(name) for name in names),
    )


def _pad(rows: list[list[int]], width: int) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    return np.array([row + [-1] * (width - len(row)) for row in rows], dtype=np.int64).reshape(len(rows), width)


def show(typed: str) -> str:
    """What was typed, short and harmless enough for a sentence."""
    text = visible(typed)
    return text if len(text) <= SHOWN_LENGTH else f"{text[: SHOWN_LENGTH - 1]}…"


def _fault(line: int, sentence: str) -> InvalidBallotFile:
    return InvalidBallotFile(f"Line {line}: {sentence}")
