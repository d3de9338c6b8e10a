"""Short codes by which somebody goes on with their ballot on another device: sealed keys that expire."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from cardsort.store.links import Purpose
from cardsort.store.models import HandoverRow


@dataclass(frozen=True, slots=True)
class Handover:
    """What a code leads to: the voting link it belongs to, and the respondent's key, sealed."""

    workshop_id: str
    purpose: Purpose
    segment: int
    sealed: bytes


def insert_handover(session: Session, code_hash: bytes, handover: Handover, expires_at: datetime) -> None:
    """Keep a new code until it is used or expires."""
    session.add(
        HandoverRow(
            workshop_id=handover.workshop_id,
            code_hash=code_hash,
            purpose=handover.purpose.value,
            segment=handover.segment,
            sealed=handover.sealed,
            expires_at=expires_at,
        )
    )
    session.flush()


def find_handover(session: Session, code_hash: bytes, now: datetime) -> Handover | None:
    """What the code leads to, or None where it does not exist, was used or has expired."""
    query = select(HandoverRow).where(HandoverRow.code_hash == code_hash, HandoverRow.expires_at > now)
    row = session.scalars(query.with_for_update()).first()
    return None if row is None else Handover(row.workshop_id, Purpose(row.purpose), row.segment, row.sealed)


def delete_handover(session: Session, workshop_id: str, code_hash: bytes) -> None:
    """Forget a code that was used."""
    session.execute(
        delete(HandoverRow).where(HandoverRow.workshop_id == workshop_id, HandoverRow.code_hash == code_hash)
    )


def delete_expired_handovers(session: Session, now: datetime) -> None:
    """Forget the codes that nobody used in time."""
    session.execute(delete(HandoverRow).where(HandoverRow.expires_at <= now))
