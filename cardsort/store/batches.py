"""Many ballots of many people in one go: an import, or a workshop restored."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from cardsort.domain.cards import Deck
from cardsort.store.ballots import Slot, StoredBallot, ballot_values, stored_ballot
from cardsort.store.models import BallotRow, RespondentRow

AT_ONCE = 500  # parameters that every database takes in one statement


@dataclass(frozen=True, slots=True)
class Placed:
    """A ballot and where it belongs."""

    slot: Slot
    sent: StoredBallot


def insert_respondents(session: Session, workshop_id: str, people: dict[bytes, str]) -> None:
    """Store people who are not there yet: hash of the key -> id."""
    rows = [{"workshop_id": workshop_id, "id": person, "key_hash": key} for key, person in people.items()]
    if rows:
        session.execute(insert(RespondentRow), rows)


def find_respondents(session: Session, workshop_id: str, key_hashes: Sequence[bytes]) -> dict[bytes, str]:
    """Those of the people who are there already: hash of the key -> id."""
    found: dict[bytes, str] = {}
    for start in range(0, len(key_hashes), AT_ONCE):
        some = key_hashes[start : start + AT_ONCE]
        query = select(RespondentRow.key_hash, RespondentRow.id).where(
            RespondentRow.workshop_id == workshop_id, RespondentRow.key_hash.in_(some)
        )
        found.update((row.key_hash, row.id) for row in session.execute(query))
    return found


def find_ballots(session: Session, workshop_id: str, ids: Sequence[str], deck: Deck) -> dict[str, StoredBallot]:
    """Those of the ballots that are there already, by id."""
    found: dict[str, StoredBallot] = {}
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        query = select(BallotRow).where(BallotRow.workshop_id == workshop_id, BallotRow.id.in_(some))
        found.update((row.id, stored_ballot(row, deck)) for row in session.scalars(query))
    return found


def insert_ballots(session: Session, placed: Sequence[Placed], deck: Deck) -> None:
    """Store ballots that passed `check_ballot`."""
    rows = [ballot_values(one.slot, one.sent, deck) for one in placed]
    if rows:
        session.execute(insert(BallotRow), rows)
