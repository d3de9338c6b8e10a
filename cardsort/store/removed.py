"""Ballots that were taken out again. What they said is deleted; that they were here stays, so that it can be counted,
that their sender is told, and that a copy which comes late is not stored again.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, exists, func, insert, literal, select, update
from sqlalchemy.orm import Session

from cardsort.domain.ballots import CORE, Group, Kind
from cardsort.store.ballots import Slot
from cardsort.store.engine import Transaction
from cardsort.store.models import BallotRow, RemovedBallotRow, RespondentRow, table_of

BALLOT, REMOVED, PERSON = table_of(BallotRow), table_of(RemovedBallotRow), table_of(RespondentRow)
KEPT = ("workshop_id", "id", "round_number", "respondent_id", "group", "kind")


@dataclass(frozen=True, slots=True)
class Removed:
    """A ballot that was taken out: by its sender, or `discarded` by the facilitator with a reason."""

    id: str
    discarded: bool
    reason: str = ""


def remove_ballot(transaction: Transaction, slot: Slot, *, discarded: bool, reason: str = "") -> None:
    """Take out what a person has sent in the slot, and the second ballot with the core one that it follows."""
    kinds = list(Kind) if slot.kind is CORE[slot.group] else [slot.kind]
    these = (
        BALLOT.c.round_number == slot.round_number,
        BALLOT.c.respondent_id == slot.respondent_id,
        BALLOT.c.group == slot.group.value,
        BALLOT.c.kind.in_(kinds),
    )
    _remove(transaction, slot.workshop_id, these, discarded=discarded, reason=reason)


def remove_all(transaction: Transaction, workshop_id: str, number: int, reason: str) -> None:
    """Take out all ballots of a round, for the facilitator."""
    _remove(transaction, workshop_id, (BALLOT.c.round_number == number,), discarded=True, reason=reason)


def _remove(
    transaction: Transaction,
    workshop_id: str,
    which: tuple[ColumnElement[bool], ...],
    *,
    discarded: bool,
    reason: str,
) -> None:
    these = (BALLOT.c.workshop_id == workshop_id, *which)
    kept = select(*(BALLOT.c[name] for name in KEPT), literal(discarded), literal(reason)).where(*these)
    theirs = PERSON.c.id.in_(select(BALLOT.c.respondent_id).where(*these))
    transaction.execute(update(PERSON).where(PERSON.c.workshop_id == workshop_id, theirs).values(removed=True))
    transaction.execute(insert(REMOVED).from_select([*KEPT, "discarded", "reason"], kept.order_by(BALLOT.c.id)))
    transaction.execute(delete(BALLOT).where(*these))


def find_removed(session: Session, slot: Slot) -> tuple[Removed, ...]:
    """What was taken out of the person's ballots in the slot, in the order of their random ids."""
    rows = session.execute(
        select(REMOVED)
        .where(
            REMOVED.c.workshop_id == slot.workshop_id,
            REMOVED.c.round_number == slot.round_number,
            REMOVED.c.respondent_id == slot.respondent_id,
            REMOVED.c.group == slot.group.value,
            REMOVED.c.kind == slot.kind.value,
        )
        .order_by(REMOVED.c.id)
    )
    return tuple(Removed(row.id, row.discarded, row.reason) for row in rows)


def find_removed_id(transaction: Transaction, workshop_id: str, ballot_id: str) -> Removed | None:
    """What was taken out and had that id, or None."""
    query = select(REMOVED).where(REMOVED.c.workshop_id == workshop_id, REMOVED.c.id == ballot_id)
    row = transaction.execute(query).one_or_none()
    return None if row is None else Removed(row.id, row.discarded, row.reason)


def has_removed(transaction: Transaction, slot: Slot) -> bool:
    """Whether a ballot of either kind of the person's was taken out, in the slot's round and group."""
    query = exists().where(
        REMOVED.c.workshop_id == slot.workshop_id,
        REMOVED.c.round_number == slot.round_number,
        REMOVED.c.respondent_id == slot.respondent_id,
        REMOVED.c.group == slot.group.value,
    )
    return transaction.scalar(select(query)) or False


def count_removed(session: Session, workshop_id: str, number: int) -> dict[tuple[Group, Kind], dict[str, int]]:
    """How many ballots of a round were `discarded` and `withdrawn`, by group and kind; nothing where none was."""
    query = (
        select(REMOVED.c.group, REMOVED.c.kind, REMOVED.c.discarded, func.count())
        .where(REMOVED.c.workshop_id == workshop_id, REMOVED.c.round_number == number)
        .group_by(REMOVED.c.group, REMOVED.c.kind, REMOVED.c.discarded)
    )
    found: dict[tuple[Group, Kind], dict[str, int]] = {}
    for group, kind, discarded, count in session.execute(query):
        found.setdefault((Group(group), Kind(kind)), {})["discarded" if discarded else "withdrawn"] = count
    return found


def ballot_ids(session: Session, workshop_id: str, number: int) -> list[str]:
    """The ids of a round's ballots, from which their receipts follow."""
    query = select(BALLOT.c.id).where(BALLOT.c.workshop_id == workshop_id, BALLOT.c.round_number == number)
    return list(session.scalars(query))


def slot_of(transaction: Transaction, workshop_id: str, ballot_id: str) -> Slot | None:
    """Where the ballot with that id belongs, or None."""
    columns = (BALLOT.c.round_number, BALLOT.c.respondent_id, BALLOT.c.group, BALLOT.c.kind)
    this = (BALLOT.c.workshop_id == workshop_id, BALLOT.c.id == ballot_id)
    row = transaction.execute(select(*columns).where(*this)).one_or_none()
    return None if row is None else Slot(workshop_id, row[0], row[1], Group(row[2]), Kind(row[3]))
