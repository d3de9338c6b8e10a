"""Holding the room: notes to the slides, and the timer that the projector shows."""

from datetime import datetime, timedelta

from cardsort.domain.cards import visible
from cardsort.domain.errors import InvalidInput
from cardsort.domain.rounds import MAX_TIMER, NOTE_LENGTH
from cardsort.language import _
from cardsort.store import stage, workshops
from cardsort.store.engine import reading, writing


def find_notes(workshop_id: str) -> dict[str, str]:
    """All the facilitator's notes, by the keys of slides."""
    with reading() as session:
        return stage.load_notes(session, workshop_id)


def write_note(workshop_id: str, slide: str, words: str) -> None:
    """Keep a note to a slide of the reveal; an empty one takes it away."""
    words = "\n".join(visible(line) for line in words.split("\n")).strip()
    if len(words) > NOTE_LENGTH:
        raise InvalidInput(
            _(
                "Your note has %(n)s characters, so it was not saved. Shorten it to %(limit)s.",
                n=len(words),
                limit=NOTE_LENGTH,
            )
        )
    with writing() as session:
        workshops.hold_round(session, workshop_id)
        stage.save_note(session, workshop_id, slide, words)


def start_timer(workshop_id: str, minutes: int, *, now: datetime) -> None:
    """Let the projector count so many minutes down, in the place of what it counts now; 0 ends the timer."""
    if not 0 <= minutes <= MAX_TIMER:
        raise InvalidInput(_("The timer has 1 to %(most)s minutes, or 0 to end it.", most=MAX_TIMER))
    with writing() as session:
        state = workshops.hold_round(session, workshop_id)
        ends_at = now + timedelta(minutes=minutes) if minutes else None
        stage.set_timer(session, workshop_id, state.number, ends_at)
