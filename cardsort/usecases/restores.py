"""A workshop restored from its archive: checked in every part, then stored under a new id with new links.

Every round of it is locked and revealed, and its people have keys that nobody knows: no ballot can change again. Its
result says that it was restored, and where the ballots came from as the archive tells it.

A large one is stored in parts, so that people who vote meanwhile in other workshops need not wait. Until the last part,
which is small, it has no links: nobody can open it. Where the server is stopped before, what is there is deleted
within two days, as everything that is past its date.
"""

import secrets
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Any, TypeVar

from cardsort.domain.ballots import REASONS, Ballot, Group, Kind, Moment, Reason, check_ballot
from cardsort.domain.cards import Deck, visible
from cardsort.domain.errors import CardsortError, InvalidArchive, InvalidBallot, InvalidDeck
from cardsort.domain.settings import Segment, Settings, check_settings
from cardsort.domain.sources import Source
from cardsort.language import N_, _
from cardsort.store import workshops
from cardsort.store.archive import MORE_TABLES, Values, insert_rows, load_row
from cardsort.store.ballots import Slot, StoredBallot, reasons_from_json
from cardsort.store.batches import Placed, Ready, insert_ready, ready_ballots, ready_respondents
from cardsort.store.decks import deck_from_json, deck_to_json
from cardsort.store.engine import WriteConflict, writing
from cardsort.store.links import Purpose, insert_links
from cardsort.store.models import Base, LockRow, RoundRow, SegmentRow, WithheldWordsRow, WorkshopRow
from cardsort.usecases.archives import FORMAT, LETTERS, VERSION, Part
from cardsort.usecases.clock import surely_today
from cardsort.usecases.remarks import GONE, mark_of_words
from cardsort.usecases.restoredsources import read_sources
from cardsort.usecases.tokens import new_ballot_id, new_id, new_links, token_of
from cardsort.usecases.workshops import KEPT_FOR, Started

PARTS = (
    "format",
    "version",
    "made_by",
    "made_on",
    "workshop",
    "deck",
    "segments",
    "rounds",
    "locks",
    "sources",
    "ballots",
    "words",
    "tables",
)
BALLOT = {"round", "group", "kind", "segment", "ranking", "piles", "reasons", "moment", "source", "person"}
LATER = {"expected_hits"}  # what ballots of earlier archives lack
WORDS = {"round", "group", "kind", "card", "words"}
MANY, FEW = 5_000, 500  # rows at once, in less than a tenth of a second: those made ready before, and the others
T = TypeVar("T")
HALF = timedelta(days=2)  # until when what is stored in part is kept, on the clock of any zone
PILES = {letter: pile for pile, letter in LETTERS.items()}
NO_ARCHIVE = N_("This is not an archive of a Cardsort workshop. Choose the file whose name ends in .cardsort.json.")
NOT_NUMBERED = {
    Group.CUSTOMERS: N_("The kinds of customers are not numbered 1, 2, 3 …"),
    Group.IT: N_("The teams in IT are not numbered 1, 2, 3 …"),
}


@dataclass(frozen=True, slots=True)
class Archived:
    """What an archive tells, checked in every part, under the new workshop's id."""

    workshop_id: str
    workshop: Values
    deck: Deck
    rows: dict[type[Base], list[Values]]
    placed: list[Placed]
    archived_on: date | None


def read_archive(document: Values) -> Archived:
    """The archived workshop; InvalidArchive with a sentence where anything in it is faulty. Nothing is stored yet."""
    document = _tidy(_check_frame(document))
    deck = _read_deck(document["deck"])
    workshop = load_row(WorkshopRow, document["workshop"], _("The part “workshop”"))
    lists: dict[type[Base], list[Values]] = {
        table: _read_rows(document, name, table)
        for table, name in ((SegmentRow, "segments"), (RoundRow, "rounds"), (LockRow, "locks"))
    }
    _check_rounds(lists[RoundRow], lists[LockRow])
    settings = _check_workshop(workshop, lists[RoundRow][-1], lists[SegmentRow], deck)
    more = _read_tables(document["tables"])
    archived_on = _read_day(document["made_on"])
    workshop_id = new_id()
    placed = _Ballots(workshop_id, deck, settings, len(lists[RoundRow])).read(document)
    _check_once(placed)
    _check_asked(placed, lists[RoundRow])
    for entry in lists[RoundRow]:
        entry["sources"] = read_sources(document["sources"], placed, entry["number"])
    rows = lists | more | {WithheldWordsRow: _withheld_rows(document["words"])}
    return Archived(workshop_id, workshop, deck, rows, placed, archived_on)


def restore_workshop(found: Archived, *, secret: bytes, today: date) -> Started:
    """Store the archived workshop as a new one; InvalidArchive where two of its rows contradict each other."""
    made = new_links(secret, found.workshop_id)
    with writing() as session:
        today = surely_today(session, today)
        fixed = {"delete_on": today + HALF, "restored": True, "archived_on": found.archived_on}
        deck = deck_to_json(found.deck)
        insert_rows(session, WorkshopRow, found.workshop_id, [found.workshop], deck=deck, **fixed)
    _store_rows(found.workshop_id, found.rows)
    _store_ballots(found.workshop_id, found.placed, found.deck)
    with writing() as session:
        workshops.hold_round(session, found.workshop_id)
        workshops.set_delete_on(session, found.workshop_id, today + KEPT_FOR)
        insert_links(session, made.values())
    return Started(found.workshop_id, token_of(secret, made[Purpose.FACILITATOR]))


def _withheld_rows(entries: list[Values]) -> list[Values]:
    """What withholds the remarks that the archive counts and does not tell."""
    rounds = {entry["round"] for entry in entries if not entry["words"]}
    return [{"round_number": number, "mark": mark_of_words(GONE)} for number in sorted(rounds)]


def _store_rows(workshop_id: str, lists: dict[type[Base], list[Values]]) -> None:
    try:
        for table, rows in lists.items():
            for part in _parts(rows, FEW):
                with writing() as session:
                    insert_rows(session, table, workshop_id, part)
    except WriteConflict:
        with writing() as session:
            workshops.delete_workshop(session, workshop_id)
        raise InvalidArchive(_("Two entries of the archive contradict each other, so nothing was restored.")) from None


def _store_ballots(workshop_id: str, placed: list[Placed], deck: Deck) -> None:
    """Each part is made ready while others may write."""
    for people in _parts(sorted({one.slot.respondent_id for one in placed}), MANY):
        _store(ready_respondents(workshop_id, {secrets.token_bytes(32): person for person in people}))
    for ballots in _parts(placed, MANY):
        _store(ready_ballots(ballots, deck))


def _store(ready: Ready) -> None:
    with writing() as session:
        insert_ready(session, ready)


def _parts(rows: list[T], size: int) -> Iterator[list[T]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))


def _check_once(placed: list[Placed]) -> None:
    if len({one.slot for one in placed}) < len(placed):
        raise InvalidArchive(_("Two ballots of the archive are of one person and one kind, so nothing was restored."))


def _check_frame(document: Values) -> Values:
    """The archive in today's form; the first one told neither its day nor where ballots came from."""
    if document.get("format") != FORMAT:
        raise InvalidArchive(_(NO_ARCHIVE))
    number = document.get("version")
    if number == 1 and number is not True:
        document = _of_first_version(document)
    elif number != VERSION:
        raise InvalidArchive(
            _("The archive’s form is unknown here: a newer Cardsort may have made it. Bring this server up to date.")
        )
    if missing := [name for name in PARTS if name not in document]:
        raise InvalidArchive(
            _("The archive has no part “%(part)s”. It may be cut off; fetch it again.", part=missing[0])
        )
    if strange := [name for name in document if name not in PARTS]:
        raise InvalidArchive(
            _("The archive has a part “%(part)s”, which is unknown here.", part=visible(strange[0][:40]))
        )
    return document


def _of_first_version(document: Values) -> Values:
    ballots = document.get("ballots")
    if isinstance(ballots, list):
        ballots = [{**one, "source": None} if isinstance(one, dict) else one for one in ballots]
        document = {**document, "ballots": ballots}
    return {"made_on": None, "sources": None, **document}


def _read_day(found: Any) -> date | None:
    """The day on which the archive was made, None where it does not tell it."""
    try:
        return None if found is None else date.fromisoformat(found)
    except (TypeError, ValueError):
        raise InvalidArchive(_("The part “made_on” is not a day such as 2026-05-04.")) from None


def _tidy(value: Any) -> Any:
    """The same with every hidden control character made visible; line breaks stay."""
    if isinstance(value, str):
        return "\n".join(visible(line) for line in value.split("\n"))
    if isinstance(value, dict):
        return {name: _tidy(entry) for name, entry in value.items()}
    return [_tidy(entry) for entry in value] if isinstance(value, list) else value


def _list(document: Values, name: str) -> list[Any]:
    if not isinstance(document[name], list):
        raise InvalidArchive(_("The part “%(part)s” is not a list.", part=name))
    found: list[Any] = document[name]
    return found


def _read_tables(tables: Any) -> dict[type[Base], list[Values]]:
    if not isinstance(tables, dict):
        raise InvalidArchive(_("The part “tables” is not an object with names and lists."))
    known = {table.__tablename__: table for table in MORE_TABLES}
    if strange := sorted(set(tables) - set(known)):
        raise InvalidArchive(_("The archive has a table “%(table)s”, which is unknown here.", table=strange[0][:40]))
    return {table: _read_rows(tables, name, table) for name, table in known.items() if name in tables}


def _read_rows(document: Values, name: str, table: type[Base]) -> list[Values]:
    return [
        load_row(table, row, _("Entry %(place)s of “%(part)s”", place=place, part=name))
        for place, row in enumerate(_list(document, name), 1)
    ]


def _read_deck(found: Any) -> Deck:
    try:
        return deck_from_json(found if _texts_only(found) else {})
    except InvalidDeck as fault:
        raise InvalidArchive(" ".join((_("The deck is faulty."), str(fault)))) from None
    except (TypeError, KeyError, ValueError, AttributeError):
        raise InvalidArchive(_("The deck has another form than an archive’s. Fetch the archive again.")) from None


def _texts_only(value: Any) -> bool:
    below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return value is None or isinstance(value, str) if below is None else all(map(_texts_only, below))


def _check_rounds(rounds: list[Values], locks: list[Values]) -> None:
    if [one["number"] for one in rounds] != list(range(1, len(rounds) + 1)) or not rounds:
        raise InvalidArchive(_("The rounds are not numbered 1, 2, 3 …"))
    for one in rounds:
        number = one["number"]
        shut = [lock["group"] for lock in locks if lock["round_number"] == number and lock.get("reopened_at") is None]
        alone = one.get("alone")
        if alone not in {None, *Group}:
            raise InvalidArchive(
                _("Round %(round)s is of a group that is unknown here. Fetch the archive again.", round=number)
            )
        asked = {*shut, *(Group if alone is None else [alone])}  # one that was left out may be locked too
        if one.get("revealed_at") is None or sorted(shut) != sorted(asked) or not asked <= set(Group):
            raise InvalidArchive(
                _("Round %(round)s is not locked and revealed. Only what is finished can be restored.", round=number)
            )


def _check_asked(placed: list[Placed], rounds: list[Values]) -> None:
    alone = {one["number"]: one.get("alone") for one in rounds}
    for one in placed:
        if alone[one.slot.round_number] not in {None, one.slot.group}:
            raise InvalidArchive(
                _("Round %(round)s has ballots of a group that was not asked in it.", round=one.slot.round_number)
            )


def _check_workshop(workshop: Values, last: Values, segments: list[Values], deck: Deck) -> Settings:
    named = {group: [one for one in segments if one.get("group", Group.CUSTOMERS) == group] for group in Group}
    for group, those in named.items():
        if [one["number"] for one in those] != list(range(1, len(those) + 1)):
            raise InvalidArchive(_(NOT_NUMBERED[group]))
    known = {one.name for one in fields(Settings)} - {"segments", "teams"}
    given = {name: value for name, value in (workshop | last).items() if name in known}
    kinds, teams = (tuple(Segment(one["name"]) for one in named[group]) for group in (Group.CUSTOMERS, Group.IT))
    settings = Settings(**given, segments=kinds, teams=teams)
    try:
        check_settings(settings, deck.size)
    except CardsortError as fault:
        raise InvalidArchive(" ".join((_("The part “workshop” is faulty."), str(fault)))) from None
    return settings


def _too_many_remarks(card: str) -> str:
    if not card:
        return _("There are more remarks about IT’s customers than ballots that they could belong to.")
    return _("There are more remarks about card %(card)s than ballots that they could belong to.", card=card)


class _Ballots:
    """Reads the ballots and gives the remarks back to ballots that rank their card among the first."""

    def __init__(self, workshop_id: str, deck: Deck, settings: Settings, rounds: int) -> None:
        self.workshop_id, self.deck, self.settings, self.rounds = workshop_id, deck, settings, rounds
        self.people: dict[tuple[object, ...], str] = defaultdict(new_id)

    def read(self, document: Values) -> list[Placed]:
        """The ballots, with new ids that keep the archive's order."""
        entries = _list(document, "ballots")
        ids = sorted(new_ballot_id() for _entry in entries)
        placed = []
        for place, (ballot_id, entry) in enumerate(zip(ids, entries, strict=True), 1):
            try:
                placed.append(self._place(ballot_id, entry))
            except (TypeError, ValueError, KeyError, AttributeError):
                raise InvalidArchive(_("Ballot %(place)s has another form than an archive’s.", place=place)) from None
            except InvalidBallot as fault:
                raise InvalidArchive(" ".join((_("Ballot %(place)s is faulty.", place=place), str(fault)))) from None
        return self._return_words(placed, _list(document, "words"))

    def _place(self, ballot_id: str, entry: Values) -> Placed:
        if set(entry) - LATER != BALLOT:
            raise ValueError("other names")
        number, group, kind = self._part(entry)
        segment, person = entry["segment"], entry["person"]
        choices = len(self.settings.segments_of(group))
        if segment is not None and not (type(segment) is int and 1 <= segment <= choices):
            raise ValueError("no such segment")
        if not (person is None or type(person) is int):
            raise ValueError("no number of a person")
        ballot = self._ballot(entry)
        check_ballot(ballot, self.deck, self.settings.picks)
        source = None if entry["source"] is None else Source(entry["source"])
        sent = StoredBallot(ballot_id, ballot, segment, source)
        who = self.people[number, group, ballot_id if person is None else person]
        return Placed(Slot(self.workshop_id, number, who, group, kind), sent)

    def _part(self, entry: Values) -> Part:
        number = entry["round"]
        if not (type(number) is int and 1 <= number <= self.rounds):
            raise ValueError("no such round")
        return number, Group(entry["group"]), Kind(entry["kind"])

    def _ballot(self, entry: Values) -> Ballot:
        letters, moment = entry["piles"], entry["moment"]
        if letters and len(letters) != self.deck.size:
            raise ValueError("piles of another deck")
        piles = {code: pile for code, letter in zip(self.deck.codes, letters, strict=False) if (pile := PILES[letter])}
        reasons = reasons_from_json(entry["reasons"])
        if any(not isinstance(reason, dict) or "words" in reason for reason in entry["reasons"]):
            raise ValueError("words stand apart")
        expected = entry.get("expected_hits")
        if not (expected is None or type(expected) is int):
            raise ValueError("no number of cards")
        moment = None if moment is None else Moment(moment)
        return Ballot(tuple(entry["ranking"].split()), piles, reasons, moment, expected_hits=expected)

    def _remark(self, entry: Values) -> tuple[Part, str, str]:
        if set(entry) != WORDS or not all(isinstance(entry[name], str) for name in ("words", "card")):
            raise ValueError("other names")
        return self._part(entry), entry["card"], Reason(words=entry["words"]).words or GONE

    def _return_words(self, placed: list[Placed], entries: list[Any]) -> list[Placed]:
        waiting: dict[tuple[Part, str], list[str]] = defaultdict(list)
        for place, entry in enumerate(entries, 1):
            try:
                part, card, words = self._remark(entry)
                waiting[part, card].append(words)
            except (TypeError, ValueError, KeyError):
                raise InvalidArchive(
                    _("Entry %(place)s of “words” has another form than an archive’s.", place=place)
                ) from None
            except InvalidBallot as fault:
                raise InvalidArchive(
                    " ".join((_("Entry %(place)s of “words” is faulty.", place=place), str(fault)))
                ) from None
        found = [self._with_words(one, waiting) for one in placed]
        if left := [card for (_part, card), words in waiting.items() if words]:
            raise InvalidArchive(_too_many_remarks(left[0]))
        return found

    def _with_words(self, one: Placed, waiting: dict[tuple[Part, str], list[str]]) -> Placed:
        ballot, part = one.sent.ballot, (one.slot.round_number, one.slot.group, one.slot.kind)
        reasons = [*ballot.reasons, *[Reason()] * REASONS][: min(REASONS, len(ballot.ranking))]
        for place, code in enumerate(ballot.ranking[:REASONS]):
            if words := waiting.get((part, code)):
                reasons[place] = replace(reasons[place], words=words.pop(0))
        while reasons and reasons[-1] == Reason():
            reasons.pop()
        serves = waiting.get((part, "")) or [""]
        ballot = replace(ballot, reasons=tuple(reasons), serves=serves.pop(0))
        return replace(one, sent=replace(one.sent, ballot=ballot))
