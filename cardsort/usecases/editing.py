"""Changing a workshop after it was started: exactly what the moment still allows, decided where it is stored."""

from itertools import zip_longest

from cardsort.domain.editing import asked, check_change, told_as_before
from cardsort.domain.errors import NotFound
from cardsort.domain.settings import Segment, Settings, check_settings
from cardsort.store import links, workshops
from cardsort.store.engine import reading, writing
from cardsort.store.links import Purpose
from cardsort.usecases.tokens import new_link


def has_voted(workshop_id: str) -> bool:
    """Whether anybody has sent a ballot, so that what is asked stays as it is."""
    with reading() as session:
        return workshops.has_ballots(session, workshop_id)


def edit_workshop(workshop_id: str, after: Settings, *, secret: bytes) -> None:
    """Put these settings in the place of the old ones, or refuse all of them.

    No ballot is stored, locked or revealed meanwhile, and a ballot that was filled in before what is asked changed
    belongs to the edition before, so it is not taken afterwards.
    """
    with writing() as session:
        state = workshops.hold_round(session, workshop_id)
        found = workshops.load_workshop(session, workshop_id)
        if found is None:
            raise NotFound
        before, revealed = found.settings, state.revealed_at is not None
        after = told_as_before(before, after)
        check_settings(after, found.deck.size)
        check_change(before, after, voted=workshops.has_ballots(session, workshop_id), revealed=revealed)
        changed = asked(after) != asked(before)
        workshops.update_workshop(session, workshop_id, state.number, after, new_edition=changed)
        for number in _renamed(before.segments, after.segments):
            links.delete_link(session, workshop_id, Purpose.CUSTOMERS, number)
            if number <= len(after.segments):
                links.insert_links(session, [new_link(secret, workshop_id, Purpose.CUSTOMERS, number)])


def _renamed(before: tuple[Segment, ...], after: tuple[Segment, ...]) -> list[int]:
    """The numbers of the kinds of customers that are gone, new or called otherwise: their links end."""
    pairs = zip_longest(before, after)
    return [number for number, (old, new) in enumerate(pairs, start=1) if not (old and new and old.name == new.name)]
