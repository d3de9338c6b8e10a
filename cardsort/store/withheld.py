"""Which words of a round are withheld: known by a mark of their letters, never by the ballot they came with."""

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from cardsort.store.models import WithheldWordsRow


def read_withheld(session: Session, workshop_id: str, number: int) -> frozenset[bytes]:
    """The marks of a round's withheld words."""
    of_round = (WithheldWordsRow.workshop_id == workshop_id, WithheldWordsRow.round_number == number)
    return frozenset(session.scalars(select(WithheldWordsRow.mark).where(*of_round)))


def insert_withheld(session: Session, workshop_id: str, number: int, mark: bytes) -> None:
    """Withhold these words, which are told so far."""
    session.execute(insert(WithheldWordsRow).values(workshop_id=workshop_id, round_number=number, mark=mark))


def delete_withheld(session: Session, workshop_id: str, number: int, mark: bytes) -> None:
    """Tell these words again."""
    this = (
        WithheldWordsRow.workshop_id == workshop_id,
        WithheldWordsRow.round_number == number,
        WithheldWordsRow.mark == mark,
    )
    session.execute(delete(WithheldWordsRow).where(*this))
