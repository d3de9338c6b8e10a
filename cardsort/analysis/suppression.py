"""What is not shown because too few people stand behind it. Every output takes its decisions from here.

Two results that differ by 1 ... k - 1 people could be subtracted from each other, and what is left would be those
people's ballots. That holds for results over the same ballots: a segment and the whole, the whole and the rest. Rounds
are no such results. Everybody casts a ballot anew in each round, none is carried over, and nothing tells which two
ballots are of one person; so the difference of two rounds holds everybody's change of mind, and 12 people in one round
beside 13 in the next are both shown. Each round for itself is suppressed as if it were the only one. Were ballots ever
carried over for those who do not answer again, the rule would have to hold between rounds too. A round under way has no
part in any result before its own reveal: else a result would grow ballot by ballot, and each could be subtracted.
"""

from collections.abc import Sequence


def may_show(n: int, threshold: int) -> bool:
    """Whether a result of n people may be shown: from the threshold k on."""
    return n >= threshold


def shown_segments(sizes: Sequence[int], total: int, threshold: int) -> tuple[bool, ...]:
    """Which segments may be shown, given their sizes and the `total` number of people they are part of.

    Segments below the threshold k are hidden. Where all who are hidden, people without a segment included, are
    1 ... k - 1, they could be computed from the total and the rest: then the next smallest segment is hidden too.
    """
    shown = [may_show(size, threshold) for size in sizes]
    hidden = total - sum(size for size, show in zip(sizes, shown, strict=True) if show)
    if 0 < hidden < threshold and any(shown):
        _, smallest = min((sizes[place], place) for place, show in enumerate(shown) if show)
        shown[smallest] = False
    return tuple(shown)


def may_leave_out(size: int, total: int, threshold: int) -> bool:
    """Whether the result without a shown segment may be shown: the segment and the rest both reach k."""
    return may_show(size, threshold) and may_show(total - size, threshold)
