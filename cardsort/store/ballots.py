"""Respondents, their drafts and their ballots."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Insert, delete, exists, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from cardsort.domain.ballots import Ballot, Basis, Cost, Evidence, Group, Kind, Moment, Pile, Reason
from cardsort.domain.cards import Deck
from cardsort.store.models import BallotRow, DraftRow, LockRow, RespondentRow

PILES = (None, Pile.US, Pile.SOMETIMES, Pile.NOT)
BASIS = {None: "-", Basis.KNOW: "k", Basis.THINK: "t"}


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
    """A ballot that was sent, with the id its sender gave it; `segment` counts from 1, None where none was asked."""

    id: str
    ballot: Ballot
    segment: int | None = None


def find_respondent(session: Session, workshop_id: str, key_hash: bytes) -> str | None:
    """The id of the person with that key, or None."""
    query = select(RespondentRow.id).where(RespondentRow.workshop_id == workshop_id, RespondentRow.key_hash == key_hash)
    return session.scalars(query).one_or_none()


def hold_respondent(session: Session, workshop_id: str, key_hash: bytes, new_id: str) -> str:
    """The id of the person with that key, stored now if need be; other requests of theirs wait for this one."""
    values = {"workshop_id": workshop_id, "id": new_id, "key_hash": key_hash}
    session.execute(_insert(session, RespondentRow).values(**values).on_conflict_do_nothing())
    query = select(RespondentRow.id).where(RespondentRow.workshop_id == workshop_id, RespondentRow.key_hash == key_hash)
    return session.scalars(query.with_for_update()).one()


def save_draft(session: Session, slot: Slot, content: str) -> None:
    """Keep the draft, in the place of the person's earlier one."""
    statement = _insert(session, DraftRow).values(**_slot_values(slot), content=content)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["workshop_id", "round_number", "respondent_id", "group", "kind"],
            set_={"content": content},
        )
    )


def load_draft(session: Session, slot: Slot) -> str | None:
    """The draft's content, or None."""
    key = (slot.workshop_id, slot.round_number, slot.respondent_id, slot.group.value, slot.kind.value)
    row = session.get(DraftRow, key)
    return None if row is None else row.content


def delete_drafts(session: Session, workshop_id: str, respondent_id: str) -> None:
    """Forget everything that the person has left unsent in this workshop."""
    mine = (DraftRow.workshop_id == workshop_id, DraftRow.respondent_id == respondent_id)
    session.execute(delete(DraftRow).where(*mine))


def delete_all_drafts(session: Session, workshop_id: str) -> None:
    """Forget everything that anybody has left unsent in this workshop."""
    session.execute(delete(DraftRow).where(DraftRow.workshop_id == workshop_id))


def delete_locked_drafts(session: Session, locked_before: datetime) -> None:
    """Forget the drafts of every group that has been locked since before then."""
    locked = select(LockRow.workshop_id).where(
        LockRow.workshop_id == DraftRow.workshop_id,
        LockRow.round_number == DraftRow.round_number,
        LockRow.group == DraftRow.group,
        LockRow.reopened_at.is_(None),
        LockRow.locked_at < locked_before,
    )
    session.execute(delete(DraftRow).where(locked.exists()))


def load_ballot(session: Session, slot: Slot, deck: Deck) -> StoredBallot | None:
    """The ballot that the person has sent, or None."""
    row = _ballot_row(session, slot)
    return None if row is None else stored_ballot(row, deck)


def has_sent(session: Session, slot: Slot) -> bool:
    """Whether the person has a ballot of either kind in the slot's round and group."""
    query = exists().where(
        BallotRow.workshop_id == slot.workshop_id,
        BallotRow.round_number == slot.round_number,
        BallotRow.respondent_id == slot.respondent_id,
        BallotRow.group == slot.group.value,
    )
    return session.scalar(select(query)) or False


def group_has_sent(session: Session, workshop_id: str, number: int, group: Group) -> bool:
    """Whether anybody of the group has a ballot of either kind in that round."""
    query = exists().where(
        BallotRow.workshop_id == workshop_id, BallotRow.round_number == number, BallotRow.group == group.value
    )
    return session.scalar(select(query)) or False


def find_ballot(session: Session, workshop_id: str, ballot_id: str, deck: Deck) -> tuple[Slot, StoredBallot] | None:
    """The ballot with that id and where it belongs, or None."""
    row = session.get(BallotRow, (workshop_id, ballot_id))
    if row is None:
        return None
    slot = Slot(workshop_id, row.round_number, row.respondent_id, Group(row.group), Kind(row.kind))
    return slot, stored_ballot(row, deck)


def insert_ballot(session: Session, slot: Slot, sent: StoredBallot, deck: Deck, segment: int | None = None) -> None:
    """Store a ballot that passed `check_ballot`."""
    session.add(BallotRow(**ballot_values(slot, sent, deck, segment)))
    session.flush()


def ballot_values(slot: Slot, sent: StoredBallot, deck: Deck, segment: int | None) -> dict[str, Any]:
    """A ballot's row, column by column."""
    ballot = sent.ballot
    return {
        **_slot_values(slot),
        "id": sent.id,
        "segment": segment,
        "ranking": bytes(deck.index[code] for code in ballot.ranking),
        "piles": _pack_piles(ballot, deck),
        "basis": "".join(BASIS[reason.basis] for reason in ballot.reasons),
        "reasons": [reason_to_json(reason) for reason in ballot.reasons],
        "moment": ballot.moment.value if ballot.moment else None,
        "serves": ballot.serves,
    }


def delete_ballot(session: Session, slot: Slot) -> None:
    """Take back the ballot that the person has sent."""
    if (row := _ballot_row(session, slot)) is not None:
        session.delete(row)
        session.flush()


def stored_ballot(row: BallotRow, deck: Deck) -> StoredBallot:
    """The ballot in a row."""
    ballot = Ballot(
        ranking=tuple(deck.codes[number] for number in row.ranking),
        piles={code: pile for code, packed in zip(deck.codes, row.piles, strict=False) if (pile := PILES[packed])},
        reasons=reasons_from_json(row.reasons),
        moment=Moment(row.moment) if row.moment else None,
        serves=row.serves,
    )
    return StoredBallot(row.id, ballot, row.segment)


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


def _insert(session: Session, table: type) -> Any:
    """An INSERT that knows ON CONFLICT, in the dialect at hand."""
    dialects: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
    statement: Insert = dialects[session.get_bind().dialect.name](table)
    return statement


def _slot_values(slot: Slot) -> dict[str, Any]:
    return {
        "workshop_id": slot.workshop_id,
        "round_number": slot.round_number,
        "respondent_id": slot.respondent_id,
        "group": slot.group.value,
        "kind": slot.kind.value,
    }


def _ballot_row(session: Session, slot: Slot) -> BallotRow | None:
    return session.scalars(
        select(BallotRow).where(
            BallotRow.workshop_id == slot.workshop_id,
            BallotRow.round_number == slot.round_number,
            BallotRow.respondent_id == slot.respondent_id,
            BallotRow.group == slot.group.value,
            BallotRow.kind == slot.kind.value,
        )
    ).one_or_none()


def _pack_piles(ballot: Ballot, deck: Deck) -> bytes:
    if not ballot.piles:
        return b""
    return bytes(PILES.index(ballot.piles.get(code)) for code in deck.codes)


def reason_to_json(reason: Reason) -> dict[str, Any]:
    """What was said of one card, as it is kept; nothing of what was left empty."""
    said = {
        "basis": reason.basis.value if reason.basis else None,
        "evidence": reason.evidence.value if reason.evidence else None,
        "costs": sorted(cost.value for cost in reason.costs),
        "words": reason.words,
    }
    return {name: value for name, value in said.items() if value}
