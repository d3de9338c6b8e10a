"""What may be said with n people: the fewer they are, the less."""

from dataclasses import dataclass

from cardsort.analysis.result import Comparison
from cardsort.domain.counting import counted

FEW, SOME, MANY, PLENTY = 5, 8, 20, 100


@dataclass(frozen=True, slots=True)
class Sayable:
    """What pages and paper may say, n being the smaller group. What is not named here may be said from k people on.

    anything                places, hits, zones, and those flags that the test allows (a label that is not null)
    shares_with_intervals   shares, each with its interval; mean-rank intervals; the overall test
    flags                   single cards are flagged as a matter of course
    position_uncertainty    the intervals of the first 20 places
    rare_cards              all cards, the rare ones as a band
    caption                 the sentence to print beside the result
    """

    n: int
    anything: bool
    shares_with_intervals: bool
    flags: bool
    position_uncertainty: bool
    rare_cards: bool
    caption: str


def sayable(n: int, threshold: int) -> Sayable:
    """What may be said when the smaller group has n people and nothing is shown of fewer than `threshold`."""
    shown = n >= threshold
    return Sayable(
        n=n,
        anything=shown,
        shares_with_intervals=shown and n >= FEW,
        flags=shown and n >= SOME,
        position_uncertainty=shown and n >= SOME,
        rare_cards=shown and n >= MANY,
        caption=_find_caption(n, threshold),
    )


def sayable_of(comparison: Comparison) -> Sayable:
    """What may be said of a comparison; a list that is not shown counts as nobody."""
    lists = (comparison.predicted, comparison.actual)
    return sayable(min((found.n or 0) if found else 0 for found in lists), comparison.threshold)


def shares_sayable(comparison: Comparison, *more: str) -> bool:
    """Whether shares, and numbers made of them, may be said of the lists that are shown: from five people on in the
    smallest of the two core lists and of those named besides.
    """
    found = (comparison.lists.get(name) for name in ("customers_own", "it_prediction", *more))
    shown = [one.n for one in found if one is not None and one.n is not None]
    return bool(shown) and sayable(min(shown), comparison.threshold).shares_with_intervals


def _find_caption(n: int, threshold: int) -> str:
    who = counted(n, "person", "people")
    if n < threshold:
        return f"Fewer than {threshold} people answered. To keep everybody anonymous, nothing is shown of so few."
    if n < FEW:
        return f"A conversation starter: the smaller group has {who}."
    if n < SOME:
        return f"The smaller group has {who}: wide uncertainty. Read directions, not single places."
    if n < MANY:
        return f"The smaller group has {who}. Only the first two or three places are firm."
    if n < PLENTY:
        return f"The smaller group has {who}. Cards that few have listed have a band instead of a place."
    return f"The smaller group has {who}: significance is cheap here, read the size of the gap."
