"""Kinds of customers, or teams in IT, that are told together, as one alone would stay hidden. What people said of
themselves stays.

A kind `counts_with` another by that one's number, from 1; the other counts with none itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from cardsort.domain.ballots import Group
from cardsort.domain.errors import InvalidInput, WrongStage
from cardsort.domain.settings import NAME_LENGTH, Segment
from cardsort.domain.sources import Sources
from cardsort.domain.workshops import Workshop
from cardsort.language import N_, _, listed

FEWEST = 2  # kinds to tell of: one alone divides nothing
ALL_ONE = {
    Group.IT: N_("Together all of IT would be one team, which divides nothing. Nothing was changed."),
    Group.CUSTOMERS: N_("Together all customers would be one kind, which divides nothing. Nothing was changed."),
}
TWO = {
    Group.IT: N_("Choose two different teams in IT of this page. Nothing was changed."),
    Group.CUSTOMERS: N_("Choose two different kinds of customers of this page. Nothing was changed."),
}
TOLD_ALREADY = {
    Group.IT: N_("A result tells of these teams in IT already, so they stay as they are."),
    Group.CUSTOMERS: N_("A result tells of these kinds of customers already, so they stay as they are."),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One or more kinds that are told as one; `numbers` are theirs, from 1, first that which the others count with."""

    kind: Segment
    numbers: tuple[int, ...]


def told_kinds(segments: Sequence[Segment]) -> tuple[Told, ...]:
    """What the result tells of, in the order of the kinds that the others count with."""
    together: dict[int, list[int]] = {}
    for number, segment in enumerate(segments, start=1):
        if segment.counts_with is None:
            together.setdefault(number, []).insert(0, number)
        else:
            together.setdefault(segment.counts_with, []).append(number)
    return tuple(
        Told(_together([segments[number - 1] for number in numbers]), tuple(numbers))
        for _root, numbers in sorted(together.items())
    )


def places_told(segments: Sequence[Segment]) -> dict[int, int]:
    """A kind's number -> the place, from 0, of what it is told in."""
    return {number: place for place, told in enumerate(told_kinds(segments)) for number in told.numbers}


def sources_told(segments: Sequence[Segment], sources: Sequence[Sources]) -> tuple[Sources, ...]:
    """Where the ballots came from of all that is told as one, from those of each kind."""
    return tuple(add_sources([sources[number - 1] for number in told.numbers]) for told in told_kinds(segments))


def add_sources(sources: Sequence[Sources]) -> Sources:
    """The counts of several added up."""
    return Sources(**{one.name: sum(getattr(came, one.name) for came in sources) for one in fields(Sources)})


def tell_together(workshop: Workshop, group: Group, one: int, other: int) -> tuple[Segment, ...]:
    """The group's kinds, of which one counts with the other from now on, and all that counts with it too."""
    _check_open(workshop, group)
    segments = workshop.settings.segments_of(group)
    roots = {told.numbers[0] for told in told_kinds(segments)}
    if one == other or not {one, other} <= roots:
        raise InvalidInput(_(TWO[group]))
    if len(roots) <= FEWEST:
        raise InvalidInput(_(ALL_ONE[group]))
    moved = {one, *(number for number, kind in enumerate(segments, start=1) if kind.counts_with == one)}
    return tuple(
        replace(kind, counts_with=other) if number in moved else kind for number, kind in enumerate(segments, start=1)
    )


def tell_apart(workshop: Workshop, group: Group, number: int) -> tuple[Segment, ...]:
    """The group's kinds, of which none counts with that one any more."""
    _check_open(workshop, group)
    segments = workshop.settings.segments_of(group)
    return tuple(replace(kind, counts_with=None) if kind.counts_with == number else kind for kind in segments)


def _check_open(workshop: Workshop, group: Group) -> None:
    """Refuse a change of what a result that was seen tells of."""
    if workshop.revealed:
        raise WrongStage(_(TOLD_ALREADY[group]))


def _together(kinds: Sequence[Segment]) -> Segment:
    """All of them as one kind; its place in the chain is told where they share it."""
    if len(kinds) == 1:
        return replace(kinds[0], counts_with=None)
    name = listed([kind.name for kind in kinds])
    places, expected = {kind.kind for kind in kinds}, [kind.expected for kind in kinds]
    return Segment(
        name if len(name) <= NAME_LENGTH else f"{name[: NAME_LENGTH - 1]}…",
        kinds[0].kind if len(places) == 1 else None,
        sum(count or 0 for count in expected) if all(expected) else None,
    )
