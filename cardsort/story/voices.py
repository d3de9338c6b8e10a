"""What people wrote: equal remarks said once, with how many people wrote them."""

from collections.abc import Iterable

from cardsort.domain.cards import Card
from cardsort.language import ngettext, number
from cardsort.story.blocks import About

SHOWN = 6  # different ones about a card


def about(card: Card | None, remarks: Iterable[str]) -> About:
    """What was written about one card; a few different remarks, the rest counted. Without a card all are shown."""
    found = [(remark, count) for remark, count in merged(remarks)]
    shown = len(found) if card is None else SHOWN
    more = sum(count for _remark, count in found[shown:])
    told = [(remark, times(count)) for remark, count in found]
    left = ngettext("and %(n)s more", "and %(n)s more", more) if more else ""
    return About(card, tuple(told[:shown]), left, tuple(told[shown:]))


def merged(remarks: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """(remark, how many wrote it), the most frequent first, then as they came.

    Remarks are equal when they differ in spaces, capitals or a full stop at the end only; the first is shown.
    """
    found: dict[str, list[str]] = {}
    for remark in remarks:
        said = " ".join(remark.split())
        found.setdefault(said.casefold().rstrip("."), []).append(said)
    return tuple(sorted(((same[0], len(same)) for same in found.values()), key=lambda one: -one[1]))


def times(count: int) -> str:
    """What follows a remark that several people made: a no-break space and "×4"; "" for one person."""
    return f"\xa0×{number(count)}" if count > 1 else ""


def withheld(count: int) -> str:
    """What stands beneath words of which some are not told; "" where all are."""
    if not count:
        return ""
    return ngettext("%(n)s withheld by the facilitator.", "%(n)s withheld by the facilitator.", count)
