"""What is not shown because too few people stand behind it. Every output takes its decisions from here.

People are counted as `Sources.people` counts them: a ballot that was typed in or imported is known to whoever did so,
and with two known ballots a third would be unmasked.

Two results that differ by 1 ... k - 1 people could be subtracted from each other, and what is left would be those
people's ballots. That holds for results over the same ballots: a segment and the whole, the whole and the rest. Rounds
are no such results. Everybody casts a ballot anew in each round, none is carried over, and nothing tells which two
ballots are of one person; so the difference of two rounds holds everybody's change of mind, and 12 people in one round
beside 13 in the next are both shown. Each round for itself is suppressed as if it were the only one. Were ballots ever
carried over for those who do not answer again, the rule would have to hold between rounds too. A round under way has no
part in any result before its own reveal: else a result would grow ballot by ballot, and each could be subtracted.
"""

from collections.abc import Iterable, Sequence

from cardsort.domain.sources import Sources


def may_show(ballots: Sources, threshold: int) -> bool:
    """Whether a result of these ballots may be shown: from the threshold k of people on."""
    return ballots.people >= threshold


def is_few(ballots: Sources, threshold: int) -> bool:
    """Whether there is somebody, but too few to be shown."""
    return ballots.n > 0 and not may_show(ballots, threshold)


def may_tell(answers: Iterable[Sources], silent: Sources, threshold: int) -> bool:
    """Whether it may be told how many gave each answer: no answer was given by too few, nor did too few people give
    none, as these could be computed. Typed and imported ballots are no people who kept silent: few are asked at all.
    """
    return not any(is_few(answer, threshold) for answer in answers) and not 0 < silent.people < threshold


def may_tell_sources(ballots: Sources, threshold: int) -> bool:
    """Whether the source of each ballot may be told: who alone voted on paper would else be found by it."""
    sources = (ballots.sent, ballots.typed, ballots.imported, ballots.unknown)
    return not any(0 < count < threshold for count in sources)


def shown_segments(segments: Sequence[Sources], total: Sources, threshold: int) -> tuple[bool, ...]:
    """Which segments may be shown, given the ballots of each and of the `total` that they are part of.

    Segments below the threshold k are hidden. Where all that is hidden, ballots without a segment included, may not
    be shown, it could be computed from the total and the rest: then the next smallest segment is hidden too.
    """
    shown = [may_show(segment, threshold) for segment in segments]
    told = [segment for segment, show in zip(segments, shown, strict=True) if show]
    hidden = total.n - sum(segment.n for segment in told)
    people = total.people - sum(segment.people for segment in told)
    if hidden and people < threshold and told:
        _, smallest = min((segments[place].people, place) for place, show in enumerate(shown) if show)
        shown[smallest] = False
    return tuple(shown)


def may_leave_out(segment: Sources, total: Sources, threshold: int) -> bool:
    """Whether the result without a shown segment may be shown: the segment and the rest both reach k."""
    return may_show(segment, threshold) and total.people - segment.people >= threshold
