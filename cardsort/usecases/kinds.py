"""Kinds of customers, or teams in IT, told together until the reveal, where one alone would stay hidden; as easily
taken apart again.
"""

from collections.abc import Callable

from cardsort.domain.ballots import Group
from cardsort.domain.errors import NotFound
from cardsort.domain.kinds import tell_apart, tell_together
from cardsort.domain.settings import Segment
from cardsort.domain.workshops import Workshop
from cardsort.store import workshops
from cardsort.store.engine import writing


def merge_kinds(workshop_id: str, group: Group, one: int, other: int) -> None:
    """Tell a kind, and all that counts with it, together with another; WrongStage once a result was seen."""
    _change(workshop_id, group, lambda workshop: tell_together(workshop, group, one, other))


def part_kinds(workshop_id: str, group: Group, number: int) -> None:
    """Tell again by themselves all kinds that count with that one."""
    _change(workshop_id, group, lambda workshop: tell_apart(workshop, group, number))


def _change(workshop_id: str, group: Group, change: Callable[[Workshop], tuple[Segment, ...]]) -> None:
    with writing() as session:
        workshops.hold_round(session, workshop_id)
        found = workshops.load_workshop(session, workshop_id)
        if found is None:
            raise NotFound
        workshops.replace_segments(session, workshop_id, group, change(found))
