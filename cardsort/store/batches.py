"""Many ballots of many people in one go: an import, or a workshop restored.

While they are stored on SQLite nobody else writes. So everything is made ready before, down to what the driver takes:
30,000 ballots then hold the writer for a third of a second, where SQLAlchemy's own way took three times as long.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from cardsort.domain.cards import Deck
from cardsort.store.ballots import Slot, StoredBallot, ballot_values, stored_ballot
from cardsort.store.models import BallotRow, RespondentRow, db, table_of

AT_ONCE = 500  # parameters that every database takes in one statement


@dataclass(frozen=True, slots=True)
class Placed:
    """A ballot and where it belongs."""

    slot: Slot
    sent: StoredBallot


@dataclass(frozen=True, slots=True)
class Ready:
    """Rows of one table as the driver takes them, with its statement."""

    statement: str
    rows: list[Any]


def ready_respondents(workshop_id: str, people: dict[bytes, str]) -> Ready:
    """People who are not there yet: hash of the key -> id."""
    rows = [{"workshop_id": workshop_id, "id": person, "key_hash": key} for key, person in people.items()]
    return _ready(table_of(RespondentRow), rows)


def ready_ballots(placed: Sequence[Placed], deck: Deck) -> Ready:
    """Ballots that passed `check_ballot`."""
    return _ready(table_of(BallotRow), [ballot_values(one.slot, one.sent, deck) for one in placed])


def insert_ready(session: Session, *tables: Ready) -> None:
    """Store the rows, parents before their children; IntegrityError where one is there already."""
    for ready in tables:
        if ready.rows:
            session.connection().exec_driver_sql(ready.statement, ready.rows)


def _ready(table: Table, rows: list[dict[str, Any]]) -> Ready:
    if not rows:
        return Ready("", [])
    dialect, names = db.engine.dialect, list(rows[0])
    compiled = insert(table).compile(dialect=dialect, column_keys=names)
    order = compiled.positiontup  # None where the driver takes names
    ways = {name: table.c[name].type.dialect_impl(dialect).bind_processor(dialect) or _as_it_is for name in names}
    made = [{name: ways[name](row[name]) for name in order or names} for row in rows]
    return Ready(str(compiled), [tuple(row.values()) for row in made] if order else made)


def _as_it_is(value: Any) -> Any:
    return value


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
