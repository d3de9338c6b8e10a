"""One-time codes: made, counted, used up. Nothing here ever sees a respondent or a ballot."""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.orm import Session

from cardsort.store.engine import Transaction
from cardsort.store.models import OneTimeCodeRow, table_of

CODE = table_of(OneTimeCodeRow)


def insert_codes(session: Session, workshop_id: str, number: int, batch: int, nonces: dict[bytes, bytes]) -> None:
    """Store new codes of a round, made together: the nonce of each by the hash of the code."""
    of = {"workshop_id": workshop_id, "round_number": number, "batch": batch}
    session.execute(
        insert(OneTimeCodeRow),
        [{**of, "code_hash": code, "nonce": nonce, "used": False} for code, nonce in nonces.items()],
    )


def count_used(session: Session, workshop_id: str, number: int) -> int:
    """How many codes of a round were used; which ones, nothing tells."""
    query = select(func.count()).where(
        OneTimeCodeRow.workshop_id == workshop_id, OneTimeCodeRow.round_number == number, OneTimeCodeRow.used
    )
    return session.scalars(query).one()


def count_batches(session: Session, workshop_id: str, number: int) -> dict[int, int]:
    """How many codes of a round were made each time, used or not, by the batch's number, rising. Some may be gone."""
    query = select(OneTimeCodeRow.batch, func.count()).where(
        OneTimeCodeRow.workshop_id == workshop_id, OneTimeCodeRow.round_number == number
    )
    return dict(session.execute(query.group_by(OneTimeCodeRow.batch).order_by(OneTimeCodeRow.batch)).all())


def nonces_of(session: Session, workshop_id: str, number: int, batch: int | None = None) -> list[bytes]:
    """The nonces of a round's codes, used or not, or of one batch's; within a batch in an order that says nothing."""
    query = select(OneTimeCodeRow.nonce).where(
        OneTimeCodeRow.workshop_id == workshop_id, OneTimeCodeRow.round_number == number
    )
    if batch is not None:
        query = query.where(OneTimeCodeRow.batch == batch)
    return list(session.scalars(query.order_by(OneTimeCodeRow.batch, OneTimeCodeRow.code_hash)))


def is_used(session: Transaction, workshop_id: str, number: int, code_hash: bytes) -> bool | None:
    """Whether the code is used up; None where the round has no such code."""
    query = select(OneTimeCodeRow.used).where(
        OneTimeCodeRow.workshop_id == workshop_id,
        OneTimeCodeRow.round_number == number,
        OneTimeCodeRow.code_hash == code_hash,
    )
    return session.scalars(query).one_or_none()


def find_code(session: Session, code_hash: bytes) -> str | None:
    """The workshop that has the code, used or not; else None."""
    return session.scalars(select(OneTimeCodeRow.workshop_id).where(OneTimeCodeRow.code_hash == code_hash)).first()


def known_codes(session: Transaction, hashes: Iterable[bytes]) -> list[bytes]:
    """Which of these any workshop has: no rule of the database sees to it, as its tables may lie on many machines."""
    return list(session.scalars(select(OneTimeCodeRow.code_hash).where(OneTimeCodeRow.code_hash.in_(hashes))))


def use_code(connection: Connection, workshop_id: str, number: int, code_hash: bytes) -> bool:
    """Use the code up, in the transaction that stores the ballot; False where there is no such code, or somebody else
    was first. No value joins the two rows: one says `used`, and the other says nothing of it. That they were written at
    the same moment can be read from the disk until the lock (`mixing`).
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
    return connection.scalars(statement).one_or_none() is not None


def all_unused(session: Session) -> list[tuple[bytes, bytes]]:
    """What is kept of every code of every workshop that nobody has used: hash and nonce."""
    query = select(OneTimeCodeRow.code_hash, OneTimeCodeRow.nonce).where(~OneTimeCodeRow.used)
    return [(code_hash, nonce) for code_hash, nonce in session.execute(query)]


def delete_code(session: Session, code_hash: bytes) -> None:
    """Forget one code."""
    session.execute(delete(OneTimeCodeRow).where(OneTimeCodeRow.code_hash == code_hash))


def delete_codes(session: Session, workshop_id: str, number: int) -> None:
    """Forget all codes of a round."""
    session.execute(
        delete(OneTimeCodeRow).where(OneTimeCodeRow.workshop_id == workshop_id, OneTimeCodeRow.round_number == number)
    )
