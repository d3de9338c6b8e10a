"""Ballots from a table: every fault is named with its line and how to mend it; nothing is guessed."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import ParamSpec, TypeVar

import numpy as np

from cardsort.analysis.ballotset import GROUPS, KINDS, SOURCES, BallotSet
from cardsort.domain.ballots import CORE, Basis, Group, Kind
from cardsort.domain.cards import Deck, visible
from cardsort.domain.errors import InvalidBallotFile, InvalidTable
from cardsort.domain.settings import Segment
from cardsort.domain.sources import Source
from cardsort.files.tables import read_lines
from cardsort.language import _, listed, ngettext, number

COLUMNS = ("group", "kind", "ranking", "segment", "respondent", "basis", "round", "source")
NEEDED = ("group", "ranking")
BASES = {Basis.KNOW.value: 0, Basis.THINK.value: 1, "-": -1}
MAX_ROUND = 9999
SHOWN_LENGTH = 40
NAMED = 5  # codes of one line that are named in full
TOO_MUCH = ""  # no column of ours has this name
Given = ParamSpec("Given")
Read = TypeVar("Read")
Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class FileBallot:
    """A ballot as it stands in the file. `round` and `source` None where the cell is empty; `basis` numbers as in
    BallotSet; the texts are "" where nothing stands.
    """

    line: int
    group: Group
    kind: Kind
    round: int | None
    ranking: tuple[str, ...]
    basis: tuple[int, ...]
    segment: str
    respondent: str
    source: Source | None = None


def read_ballots(text: str, deck: Deck) -> BallotSet:
    """The ballots of a CSV text with a header; columns by name.

    Raises InvalidTable with the number and all faults of the first faulty line.
    """
    ballots = []
    for found in _read_lines(text, deck, lambda _ballot: []):
        if isinstance(found, InvalidTable):
            raise found
        ballots.append(found)
    return _build(ballots, deck)


def sort_lines(
    text: str, deck: Deck, faults_of: Callable[[FileBallot], list[str]] = lambda _ballot: []
) -> tuple[list[FileBallot], list[InvalidTable]]:
    """The same file's good ballots, and for each other line all its faults in one. After a fault of the header or an
    open quotation mark the rest cannot be read.

    `faults_of` says what else is wrong with a ballot; its ranking may have cards twice or of no deck, which is said
    already, and what could not be read is empty.
    """
    found = list(_read_lines(text, deck, faults_of))
    faults = [one for one in found if isinstance(one, InvalidTable)]
    return [one for one in found if isinstance(one, FileBallot)], faults


def _read_lines(
    text: str, deck: Deck, faults_of: Callable[[FileBallot], list[str]]
) -> Iterator[FileBallot | InvalidTable]:
    """Each line's ballot, or what is wrong with it."""
    lines: dict[tuple[str, Group, Kind, int], int] = {}  # where each person's ballots stand
    try:
        for line, row in _read_rows(text):
            ballot, faults = _read_ballot(line, row, deck)
            if ballot is not None:
                _tried(faults, _check_once, ballot, lines)
                faults += faults_of(ballot)
            yield _fault(line, _joined(faults)) if faults or ballot is None else ballot
    except InvalidTable as fault:
        yield fault


def _read_rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row that is not blank, with the number of the line it begins on, by its column's name."""
    lines = read_lines(text)
    line, header = next(lines)
    names = _check_header(line, [cell.strip().casefold() for cell in header])
    for line, row in lines:
        cells = [cell.strip() for cell in row]
        too_much = _too_much(len(cells), len(names)) if any(cells[len(names) :]) else ""
        yield line, dict(zip(names, cells, strict=False)) | {TOO_MUCH: too_much}


def _too_much(cells: int, columns: int) -> str:
    return ngettext(
        "it has %(n)s column, the header has %(columns)s. Remove what is too much.",
        "it has %(n)s columns, the header has %(columns)s. Remove what is too much.",
        cells,
        columns=number(columns),
    )


def _check_header(line: int, names: list[str]) -> list[str]:
    for name in NEEDED:
        if name not in names:
            fault = _(
                "the header has no column “%(column)s”. Add it; the columns are %(columns)s.",
                column=name,
                columns=", ".join(COLUMNS),
            )
            raise _fault(line, fault)
    for name in COLUMNS:
        if names.count(name) > 1:
            raise _fault(line, _("the header names the column “%(column)s” twice. Keep one of them.", column=name))
    return names


def _read_ballot(line: int, row: dict[str, str], deck: Deck) -> tuple[FileBallot | None, list[str]]:
    """The line's ballot, None where it is unknown whose and of which kind it is, and what is wrong with its cells."""
    if row[TOO_MUCH]:  # the cells may stand in wrong columns
        return None, [row[TOO_MUCH]]
    faults: list[str] = []
    group = _tried(faults, _read_choice, Group, "group", row.get("group", ""))
    usual = CORE[group or Group.IT].value
    kind = _tried(faults, _read_choice, Kind, "kind", row.get("kind", "") or usual)
    of_round = _tried(faults, _read_round, row.get("round", ""))
    ranking = tuple(row.get("ranking", "").split())
    typed = row.get("source", "")
    source = _tried(faults, _read_choice, Source, "source", typed) if typed else None
    faults += _ranking_faults(ranking, deck)
    basis = _tried(faults, _read_basis, row.get("basis", ""), len(ranking)) or ()
    if group is None or kind is None:
        return None, faults
    segment = visible(row.get("segment", ""))
    return FileBallot(line, group, kind, of_round, ranking, basis, segment, row.get("respondent", ""), source), faults


def _tried(faults: list[str], read: Callable[Given, Read], *args: Given.args, **more: Given.kwargs) -> Read | None:
    """What the cell says, or None and one more fault."""
    try:
        return read(*args, **more)
    except InvalidBallotFile as fault:
        faults.append(str(fault))
        return None


def _read_choice(choices: type[Choice], name: str, typed: str) -> Choice:
    if typed.casefold() in set(choices):
        return choices(typed.casefold())
    possible = listed([_quoted(value) for value in choices], either=True)
    if not typed:
        raise InvalidBallotFile(_("the %(column)s is empty. Write %(possible)s.", column=name, possible=possible))
    raise InvalidBallotFile(
        _(
            "the %(column)s is “%(typed)s”. Write %(possible)s.",
            column=name,
            typed=show(typed),
            possible=possible,
        )
    )


def _quoted(text: str) -> str:
    return _("“%(name)s”", name=text)


def _read_round(typed: str) -> int | None:
    if not typed:
        return None
    if typed.isascii() and typed.isdecimal() and len(typed) <= len(str(MAX_ROUND)) and int(typed) > 0:
        return int(typed)
    raise InvalidBallotFile(
        _("the round is “%(typed)s”. Write a whole number from 1 to %(most)s.", typed=show(typed), most=MAX_ROUND)
    )


def _ranking_faults(codes: tuple[str, ...], deck: Deck) -> list[str]:
    if not codes:
        return [_("the ranking is empty. Write the cards' codes, best first, separated by spaces.")]
    counts = Counter(codes)
    unknown = [code for code in counts if code not in deck]
    doubled = [code for code, count in counts.items() if count > 1 and code in deck]
    return [
        *([_unknown_cards([_quoted(show(code)) for code in unknown], deck.codes[0])] if unknown else []),
        *([_doubled_cards(doubled)] if doubled else []),
    ]


def _unknown_cards(codes: list[str], example: str) -> str:
    return ngettext(
        "the card %(cards)s is not in the deck. Its codes look like %(example)s; correct it.",
        "the cards %(cards)s are not in the deck. Its codes look like %(example)s; correct them.",
        len(codes),
        cards=_named(codes),
        example=example,
    )


def _doubled_cards(codes: list[str]) -> str:
    return ngettext(
        "the card %(cards)s stands twice in the ranking. Keep one of its places.",
        "the cards %(cards)s stand twice in the ranking. Keep one place of each.",
        len(codes),
        cards=_named(codes),
    )


def _named(codes: list[str]) -> str:
    named = ", ".join(codes[:NAMED])
    if (more := len(codes) - NAMED) <= 0:
        return named
    return ngettext("%(codes)s and %(n)s more", "%(codes)s and %(n)s more", more, codes=named)


def _read_basis(typed: str, ranked: int) -> tuple[int, ...]:
    words = typed.removeprefix("'").casefold().split()  # kept from spreadsheets, to which "-" begins a formula
    if 0 < ranked < len(words):
        raise InvalidBallotFile(
            ngettext(
                "there are %(words)s words in the basis for %(n)s ranked card. Remove what is too much.",
                "there are %(words)s words in the basis for %(n)s ranked cards. Remove what is too much.",
                ranked,
                words=number(len(words)),
            )
        )
    for word in words:
        if word not in BASES:
            raise InvalidBallotFile(
                _(
                    "the basis is “%(word)s”. Write “know” or “think” for each card, “-” where not said.",
                    word=show(word),
                )
            )
    return tuple(BASES[word] for word in words)


def _check_once(ballot: FileBallot, lines: dict[tuple[str, Group, Kind, int], int]) -> None:
    """Refuse a second ballot of one person in the same place; `lines` remembers where the first stands."""
    if not ballot.respondent:
        return
    group, kind, of_round = ballot.group, ballot.kind, ballot.round or 1
    earlier = lines.setdefault((ballot.respondent, group, kind, of_round), ballot.line)
    if earlier != ballot.line:
        raise InvalidBallotFile(
            _(
                "the respondent “%(respondent)s” has two ballots of group %(group)s, kind %(kind)s, round %(round)s; "
                "the other is on line %(line)s. Keep one of them.",
                respondent=show(ballot.respondent),
                group=group,
                kind=kind,
                round=of_round,
                line=earlier,
            )
        )


def _build(ballots: list[FileBallot], deck: Deck) -> BallotSet:
    names = {group: sorted({one.segment for one in ballots if one.group is group and one.segment}) for group in Group}
    index = {(group, name): place for group, those in names.items() for place, name in enumerate(those)}
    people: dict[str, int] = {}
    persons = [people.setdefault(one.respondent, len(people)) if one.respondent else -1 for one in ballots]
    width = max((len(ballot.ranking) for ballot in ballots), default=0)
    return BallotSet(
        rankings=_pad([[deck.index[code] for code in one.ranking] for one in ballots], width).astype(np.int16),
        group=np.array([GROUPS.index(one.group) for one in ballots], dtype=np.int8),
        kind=np.array([KINDS.index(one.kind) for one in ballots], dtype=np.int8),
        round=np.array([one.round or 1 for one in ballots], dtype=np.int16),
        segment=np.array([index.get((one.group, one.segment), -1) for one in ballots], dtype=np.int16),
        respondent=np.array(persons, dtype=np.int64),
        basis=_pad([list(one.basis) for one in ballots], width).astype(np.int8),
        segments=tuple(Segment(name) for name in names[Group.CUSTOMERS]),
        teams=tuple(Segment(name) for name in names[Group.IT]),
        source=np.array([-1 if one.source is None else SOURCES.index(one.source) for one in ballots], dtype=np.int8),
    )


def _pad(rows: list[list[int]], width: int) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    return np.array([row + [-1] * (width - len(row)) for row in rows], dtype=np.int64).reshape(len(rows), width)


def show(typed: str) -> str:
    """What was typed, short and harmless enough for a sentence."""
    text = visible(typed)
    return text if len(text) <= SHOWN_LENGTH else f"{text[: SHOWN_LENGTH - 1]}…"


def _joined(faults: list[str]) -> str:
    """All faults of a line, each on a line of its own."""
    first, *others = faults
    return "\n".join([first, *(f"{fault[0].upper()}{fault[1:]}" for fault in others)])


def _fault(line: int, sentence: str) -> InvalidBallotFile:
    # L10N: %(fault)s is a sentence such as “the ranking is empty. Write …”
    return InvalidBallotFile(_("Line %(line)s: %(fault)s", line=line, fault=sentence))
