"""One-time codes: made, counted, used up. Nothing here ever sees a respondent or a ballot."""

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from cardsort.domain.ballots import Group
from cardsort.store import ballots
from cardsort.store.ballots import Slot
from cardsort.store.models import OneTimeCodeRow, table_of
from cardsort.store.unchanged import Unchanged

CODE = table_of(OneTimeCodeRow)
_made: Unchanged[bool] = Unchanged(1000, but_votes=True)  # whether a round has codes: a used one is still its own
_ANY_CODE = (  # asked with every ballot of a customer, so built once, as in `ballots`
    select(CODE.c.used).where(CODE.c.workshop_id == bindparam("of"), CODE.c.round_number == bindparam("round")).limit(1)
)


def insert_codes(session: Session, workshop_id: str, number: int, nonces: dict[bytes, bytes]) -> None:
    """Store new codes of a round: the nonce of each by the hash of the code."""
    session.execute(
        insert(OneTimeCodeRow),
        [
            {"workshop_id": workshop_id, "round_number": number, "code_hash": code, "nonce": nonce, "used": False}
            for code, nonce in nonces.items()
        ],
    )


def count_codes(session: Session, workshop_id: str, number: int) -> tuple[int, int]:
    """How many codes a round has, and how many of them are used."""
    query = select(func.count(), func.count().filter(OneTimeCodeRow.used)).where(
        OneTimeCodeRow.workshop_id == workshop_id, OneTimeCodeRow.round_number == number
    )
    made, used = session.execute(query).one()
    return made, used


def unused_nonces(session: Session, workshop_id: str, number: int) -> list[bytes]:
    """The nonces of the codes that nobody has used, in an order that says nothing."""
    query = select(OneTimeCodeRow.nonce).where(
        OneTimeCodeRow.workshop_id == workshop_id, OneTimeCodeRow.round_number == number, ~OneTimeCodeRow.used
    )
    return list(session.scalars(query.order_by(OneTimeCodeRow.code_hash)))


def is_used(session: Session, workshop_id: str, number: int, code_hash: bytes) -> bool | None:
    """Whether the code is used up; None where the round has no such code."""
    query = select(OneTimeCodeRow.used).where(
        OneTimeCodeRow.workshop_id == workshop_id,
        OneTimeCodeRow.round_number == number,
        OneTimeCodeRow.code_hash == code_hash,
    )
    return session.scalars(query).one_or_none()


def find_code(session: Session, code_hash: bytes) -> str | None:
    """The workshop that has the code, used or not; else None."""
    return session.scalars(
        select(OneTimeCodeRow.workshop_id).where(OneTimeCodeRow.code_hash == code_hash)
    ).one_or_none()


def needs_code(session: Session, slot: Slot) -> bool:
    """Whether a ballot there needs a code: a customer's first one of a round that has codes."""
    if slot.group is not Group.CUSTOMERS:
        return False
    place = {"of": slot.workshop_id, "round": slot.round_number}
    made = _made.find(tuple(place.values()), lambda: session.scalars(_ANY_CODE, place).first() is not None)
    return made and not ballots.has_sent(session, slot)


def use_code(session: Session, workshop_id: str, number: int, code_hash: bytes) -> bool:
    """Use the code up, in the transaction that stores the ballot; False where there is no such code, or somebody else
    was first. Nothing joins the two rows: after the commit one says `used`, and the other says nothing of it.
    """
    statement = (
        update(OneTimeCodeRow)
        .where(
            OneTimeCodeRow.workshop_id == workshop_id,
            OneTimeCodeRow.round_number == number,
            OneTimeCodeRow.code_hash == code_hash,
            ~OneTimeCodeRow.used,
        )
        .values(used=True)
        .returning(OneTimeCodeRow.used)
    )
    return session.scalars(statement).one_or_none() is not None


def delete_codes(session: Session, workshop_id: str, number: int) -> None:
    """Forget all codes of a round."""
    session.execute(
        delete(OneTimeCodeRow).where(OneTimeCodeRow.workshop_id == workshop_id, OneTimeCodeRow.round_number == number)
    )
