"""What the facilitator is told before a step that cannot be taken back: who is still at it, and what would be hidden.

Counts alone go into it, as all that is known before the reveal.
"""

from dataclasses import dataclass

from cardsort.analysis.sayable import FEW
from cardsort.analysis.suppression import may_show, shown_segments
from cardsort.domain.ballots import Group
from cardsort.domain.kinds import Told, sources_told, told_kinds
from cardsort.domain.workshops import Workshop
from cardsort.store.ballots import count_unsent
from cardsort.store.engine import reading


@dataclass(frozen=True, slots=True)
class KindAhead:
    """A kind of customer, or a team in IT, or several that are told together, how many have sent, and whether they will
    be shown.

    `few`: too few people came by a link. One that is hidden and not `few` is hidden with another, which could be
    computed from it.
    """

    told: Told
    n: int
    shown: bool
    few: bool

    @property
    def merged(self) -> bool:
        """Whether it is several kinds that are told together."""
        return len(self.told.numbers) > 1


def count_still_at_it(workshop: Workshop) -> dict[Group, int]:
    """How many people of each group have begun and not sent anything yet, in the present round."""
    with reading() as session:
        return count_unsent(session, workshop.id, workshop.round.number)


def tells_kinds(workshop: Workshop) -> bool:
    """Whether kinds and teams are told at all: not beside a list of fewer than five people that is shown."""
    k = workshop.settings.threshold
    came = (workshop.core[group] for group in workshop.round.groups)
    return not 0 < min(sources.n if may_show(sources, k) else 0 for sources in came) < FEW


def foresee_kinds(workshop: Workshop, group: Group) -> tuple[KindAhead, ...]:
    """What becomes of each kind of the group; nothing while their numbers are not told, or no kinds were named. Teams
    are told beside customers only.
    """
    needed = set(Group) if group is Group.IT else {group}
    if not (needed <= set(workshop.round.groups) and workshop.round.counts_segments(group)):
        return ()
    k, total, segments = workshop.settings.threshold, workshop.core[group], workshop.settings.segments_of(group)
    sources = sources_told(segments, workshop.segment_sources[group])
    shown = shown_segments(sources, total, k)
    return tuple(
        KindAhead(told, came.n, show and may_show(total, k), few=not may_show(came, k))
        for told, came, show in zip(told_kinds(segments), sources, shown, strict=True)
    )
