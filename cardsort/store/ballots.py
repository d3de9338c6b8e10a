"""Respondents, their drafts and their ballots."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Insert,
    Row,
    bindparam,
    delete,
    exists,
    func,
    insert,
    select,
    union_all,
    update,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from cardsort.domain.ballots import Ballot, Basis, Cost, Evidence, Group, Kind, Moment, Pile, Reason
from cardsort.domain.cards import Deck
from cardsort.domain.errors import HandedOver
from cardsort.domain.sources import Source
from cardsort.store.engine import Transaction
from cardsort.store.models import INSERT, BallotRow, DraftRow, LockRow, RespondentRow, RoundRow, table_of

PILES = (None, Pile.OFTEN, Pile.SOMETIMES, Pile.NO, Pile.UNSURE)
PACKED = {pile: number for number, pile in enumerate(PILES)}
BASIS = {None: "-", Basis.KNOW: "k", Basis.THINK: "t"}

BALLOT, DRAFT, PERSON = table_of(BallotRow), table_of(DraftRow), table_of(RespondentRow)


def _in_slot(table: Any) -> tuple[ColumnElement[bool], ...]:
    """The conditions for a row in a slot, to be filled in by `_slot_of`."""
    columns = table.c
    return (
        columns.workshop_id == bindparam("of"),
        columns.round_number == bindparam("round"),
        columns.respondent_id == bindparam("person"),
        columns.group == bindparam("by"),
        columns.kind == bindparam("sort"),
    )


# What everybody runs with each card they move is built once: building a statement takes longer than running it.
_PERSON = select(PERSON.c.id, PERSON.c.ended).where(
    PERSON.c.workshop_id == bindparam("of"), PERSON.c.key_hash == bindparam("key")
)
_DRAFT = select(DRAFT.c.content).where(*_in_slot(DRAFT))
_BALLOT_IN_SLOT = select(BALLOT).where(*_in_slot(BALLOT))
_BALLOT_BY_ID = select(BALLOT).where(BALLOT.c.workshop_id == bindparam("of"), BALLOT.c.id == bindparam("id"))
_BALLOTS = union_all(_BALLOT_BY_ID, _BALLOT_IN_SLOT)  # each by its own index; SQLite uses none for an "or" of the two
_NO_BALLOT = delete(BALLOT).where(*_in_slot(BALLOT))


@cache
def _keep_draft(dialect: str) -> Insert:
    statement = INSERT[dialect](DRAFT)
    return statement.on_conflict_do_update(  # type: ignore[no-any-return]  # either dialect's
        index_elements=list(DRAFT.primary_key), set_={"content": statement.excluded.content}
    )


@cache
def _new_ballot(dialect: str) -> ReturningInsert[str]:
    return INSERT[dialect](BALLOT).on_conflict_do_nothing().returning(BALLOT.c.id)  # type: ignore[no-any-return]  # either dialect's


@dataclass(frozen=True, slots=True)
class Slot:
    """Where one person's ballot or draft belongs."""

    workshop_id: str
    round_number: int
    respondent_id: str
    group: Group
    kind: Kind


@dataclass(frozen=True, slots=True)
class StoredBallot:
    """A ballot with the id its sender gave it; `segment` counts from 1, None where none was asked. `source` None: it is
    not known how it came.
    """

    id: str
    ballot: Ballot
    segment: int | None = None
    source: Source | None = Source.SENT


def find_respondent(session: Transaction, workshop_id: str, key_hash: bytes) -> str | None:
    """The id of the person with that key, or None; HandedOver where another key has taken its place."""
    return known_person(session.execute(_PERSON, {"of": workshop_id, "key": key_hash}).one_or_none())


def known_person(row: Row[str, bool] | Row[str, bool, bool] | None) -> str | None:
    """The id in a person's row (`id`, `ended`), or None without one; HandedOver where their key has ended."""
    if row is not None and row.ended:
        raise HandedOver
    return None if row is None else row.id


def replace_key(session: Session, workshop_id: str, old: bytes, new: bytes, new_id: str) -> bool:
    """Let another key take the place of a person's: the old one has ended then. False where nobody has the old one."""
    this = (RespondentRow.workshop_id == workshop_id, RespondentRow.key_hash == old, ~RespondentRow.ended)
    changed = update(RespondentRow).where(*this).values(key_hash=new).returning(RespondentRow.id)
    if session.scalars(changed).one_or_none() is None:
        return False
    session.execute(insert(RespondentRow).values(workshop_id=workshop_id, id=new_id, key_hash=old, ended=True))
    return True


def save_draft(connection: Connection, slot: Slot, content: str) -> None:
    """Keep the draft, in the place of the person's earlier one."""
    connection.execute(_keep_draft(connection.dialect.name), {**_slot_values(slot), "content": content})


def load_draft(session: Session, slot: Slot) -> str | None:
    """The draft's content, or None."""
    return session.scalars(_DRAFT, _slot_of(slot)).one_or_none()


def delete_drafts(connection: Connection, workshop_id: str, respondent_id: str) -> None:
    """Forget everything that the person has left unsent in this workshop."""
    mine = (DraftRow.workshop_id == workshop_id, DraftRow.respondent_id == respondent_id)
    connection.execute(delete(DraftRow).where(*mine))


def delete_all_drafts(session: Session, workshop_id: str) -> None:
    """Forget everything that anybody has left unsent in this workshop."""
    session.execute(delete(DraftRow).where(DraftRow.workshop_id == workshop_id))


def delete_locked_drafts(session: Session, locked_before: datetime) -> None:
    """Forget the drafts of every group that has been locked since before then; those of a group that is left out, which
    nobody locks, with the one that takes part alone.
    """
    locked = select(LockRow.workshop_id).where(
        LockRow.workshop_id == DraftRow.workshop_id,
        LockRow.round_number == DraftRow.round_number,
        RoundRow.workshop_id == DraftRow.workshop_id,
        RoundRow.number == DraftRow.round_number,
        LockRow.group == func.coalesce(RoundRow.alone, DraftRow.group),
        LockRow.reopened_at.is_(None),
        LockRow.locked_at < locked_before,
    )
    session.execute(delete(DraftRow).where(locked.exists()))


def load_ballot(session: Session, slot: Slot, deck: Deck) -> StoredBallot | None:
    """The ballot that the person has sent, or None."""
    row = session.execute(_BALLOT_IN_SLOT, _slot_of(slot)).one_or_none()
    return None if row is None else stored_ballot(row, deck)


def has_sent(session: Transaction, slot: Slot) -> bool:
    """Whether the person has a ballot of either kind in the slot's round and group."""
    query = exists().where(
        BallotRow.workshop_id == slot.workshop_id,
        BallotRow.round_number == slot.round_number,
        BallotRow.respondent_id == slot.respondent_id,
        BallotRow.group == slot.group.value,
    )
    return session.scalar(select(query)) or False


def rounds_sent(session: Session, slot: Slot) -> list[int]:
    """The rounds in which the person has sent a ballot of the slot's group and kind."""
    query = select(BallotRow.round_number).where(
        BallotRow.workshop_id == slot.workshop_id,
        BallotRow.respondent_id == slot.respondent_id,
        BallotRow.group == slot.group.value,
        BallotRow.kind == slot.kind.value,
    )
    return list(session.scalars(query))


def group_has_sent(session: Session, workshop_id: str, number: int, group: Group) -> bool:
    """Whether anybody of the group has a ballot of either kind in that round."""
    query = exists().where(
        BallotRow.workshop_id == workshop_id, BallotRow.round_number == number, BallotRow.group == group.value
    )
    return session.scalar(select(query)) or False


def count_unsent(session: Session, workshop_id: str, number: int) -> dict[Group, int]:
    """How many people of each group have a draft in that round and no ballot; nothing where nobody has."""
    of_round = (DRAFT.c.workshop_id == workshop_id, DRAFT.c.round_number == number)
    sent = exists().where(
        BALLOT.c.workshop_id == workshop_id,
        BALLOT.c.round_number == number,
        BALLOT.c.respondent_id == DRAFT.c.respondent_id,
        BALLOT.c.group == DRAFT.c.group,
    )
    people = func.count(DRAFT.c.respondent_id.distinct())
    query = select(DRAFT.c.group, people).where(*of_round, ~sent).group_by(DRAFT.c.group)
    return {Group(group): count for group, count in session.execute(query)}


def find_ballot(session: Session, workshop_id: str, ballot_id: str, deck: Deck) -> StoredBallot | None:
    """The ballot with that id, or None."""
    row = session.execute(_BALLOT_BY_ID, {"of": workshop_id, "id": ballot_id}).one_or_none()
    return None if row is None else stored_ballot(row, deck)


def find_ballots(
    connection: Connection, slot: Slot, ballot_id: str, deck: Deck
) -> tuple[tuple[Slot, StoredBallot] | None, StoredBallot | None]:
    """The ballot with that id and where it belongs, or None; and the one that the person has sent, or None."""
    known = sent = None
    for row in connection.execute(_BALLOTS, {**_slot_of(slot), "id": ballot_id}):
        ballot, place = stored_ballot(row, deck), _slot_in(row)
        known = (place, ballot) if row.id == ballot_id else known
        sent = ballot if place == slot else sent
    return known, sent


def insert_ballot(connection: Connection, slot: Slot, sent: StoredBallot, deck: Deck) -> bool:
    """Store a ballot that passed `check_ballot`; False, and nothing stored, where one with its id or of the same slot
    is there, for which it waits if it is being stored at this moment.
    """
    values = ballot_values(slot, sent, deck)
    return connection.scalar(_new_ballot(connection.dialect.name), values) is not None


def ballot_values(slot: Slot, sent: StoredBallot, deck: Deck) -> dict[str, Any]:
    """A ballot's row, column by column."""
    ballot = sent.ballot
    return {
        **_slot_values(slot),
        "id": sent.id,
        "segment": sent.segment,
        "ranking": bytes(deck.index[code] for code in ballot.ranking),
        "piles": _pack_piles(ballot, deck),
        "basis": "".join(BASIS[reason.basis] for reason in ballot.reasons),
        "reasons": [reason_to_json(reason) for reason in ballot.reasons],
        "moment": ballot.moment.value if ballot.moment else None,
        "serves": ballot.serves,
        "source": sent.source,
        "expected_hits": ballot.expected_hits,
    }


def delete_ballot(connection: Connection, slot: Slot) -> None:
    """Take back the ballot that the person has sent."""
    connection.execute(_NO_BALLOT, _slot_of(slot))


def stored_ballot(row: BallotRow | Row[Any], deck: Deck) -> StoredBallot:
    """The ballot in a row."""
    ballot = Ballot(
        ranking=tuple(deck.codes[number] for number in row.ranking),
        piles={code: pile for code, packed in zip(deck.codes, row.piles, strict=False) if (pile := PILES[packed])},
        reasons=reasons_from_json(row.reasons),
        moment=Moment(row.moment) if row.moment else None,
        serves=row.serves,
        expected_hits=row.expected_hits,
    )
    return StoredBallot(row.id, ballot, row.segment, Source(row.source) if row.source else None)


def reasons_from_json(stored: list[dict[str, Any]]) -> tuple[Reason, ...]:
    """The reasons of a ballot, as `insert_ballot` stored them."""
    return tuple(
        Reason(
            basis=Basis(reason["basis"]) if reason.get("basis") else None,
            evidence=Evidence(reason["evidence"]) if reason.get("evidence") else None,
            costs=frozenset(Cost(cost) for cost in reason.get("costs", ())),
            words=reason.get("words", ""),
        )
        for reason in stored
    )


def _slot_values(slot: Slot) -> dict[str, Any]:
    return {
        "workshop_id": slot.workshop_id,
        "round_number": slot.round_number,
        "respondent_id": slot.respondent_id,
        "group": slot.group.value,
        "kind": slot.kind.value,
    }


def _slot_in(row: Row[Any]) -> Slot:
    return Slot(row.workshop_id, row.round_number, row.respondent_id, Group(row.group), Kind(row.kind))


def _slot_of(slot: Slot) -> dict[str, Any]:
    """What `_in_slot` asks for."""
    place = (slot.workshop_id, slot.round_number, slot.respondent_id, slot.group.value, slot.kind.value)
    return dict(zip(("of", "round", "person", "by", "sort"), place, strict=True))


def _pack_piles(ballot: Ballot, deck: Deck) -> bytes:
    if not ballot.piles:
        return b""
    return bytes(PACKED[ballot.piles.get(code)] for code in deck.codes)


def reason_to_json(reason: Reason) -> dict[str, Any]:
    """What was said of one card, as it is kept; nothing of what was left empty."""
    said = {
        "basis": reason.basis.value if reason.basis else None,
        "evidence": reason.evidence.value if reason.evidence else None,
        "costs": sorted(cost.value for cost in reason.costs),
        "words": reason.words,
    }
    return {name: value for name, value in said.items() if value}
