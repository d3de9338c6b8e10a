"""What the facilitator is told before a step that cannot be taken back: who is still at it, and what would be hidden.

Counts alone go into it, as all that is known before the reveal.
"""

from dataclasses import dataclass

from cardsort.analysis.suppression import may_show, shown_segments
from cardsort.domain.ballots import Group
from cardsort.domain.workshops import Segment, Workshop
from cardsort.store.ballots import count_unsent
from cardsort.store.engine import reading


@dataclass(frozen=True, slots=True)
class KindAhead:
    """A kind of customer, how many of it have sent, and whether it will be shown by itself.

    `few`: too few people came by a link. One that is hidden and not `few` is hidden with another, which could be
    computed from it.
    """

    kind: Segment
    n: int
    shown: bool
    few: bool


def count_still_at_it(workshop: Workshop) -> dict[Group, int]:
    """How many people of each group have begun and not sent anything yet, in the present round."""
    with reading() as session:
        return count_unsent(session, workshop.id, workshop.round.number)


def foresee_kinds(workshop: Workshop) -> tuple[KindAhead, ...]:
    """What becomes of each kind of customer; nothing while their numbers are not told, or no kinds were named."""
    if not workshop.round.kinds_counted:
        return ()
    k, total, sources = workshop.settings.threshold, workshop.core[Group.CUSTOMERS], workshop.segment_sources
    shown = shown_segments(sources, total, k)
    return tuple(
        KindAhead(kind, came.n, told and may_show(total, k), few=not may_show(came, k))
        for kind, came, told in zip(workshop.settings.segments, sources, shown, strict=True)
    )
