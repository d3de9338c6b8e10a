"""What belongs to holding the room: notes to the slides, and the timer that the projector shows."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from cardsort.store.models import RoundRow, SlideNoteRow


def load_notes(session: Session, workshop_id: str) -> dict[str, str]:
    """All the facilitator's notes, by the keys of slides."""
    query = select(SlideNoteRow.slide, SlideNoteRow.words).where(SlideNoteRow.workshop_id == workshop_id)
    return dict(session.execute(query).all())


def save_note(session: Session, workshop_id: str, slide: str, words: str) -> None:
    """Keep the note in the place of the one before; none where it is empty."""
    mine = (SlideNoteRow.workshop_id == workshop_id, SlideNoteRow.slide == slide)
    session.execute(delete(SlideNoteRow).where(*mine))
    if words:
        session.add(SlideNoteRow(workshop_id=workshop_id, slide=slide, words=words))


def set_timer(session: Session, workshop_id: str, number: int, ends_at: datetime | None) -> None:
    """Record when the time is up; None = there is no timer."""
    session.get_one(RoundRow, (workshop_id, number)).timer_ends_at = ends_at
