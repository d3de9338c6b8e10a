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


def sayable(n: int, threshold: int, *, alone: bool = False) -> Sayable:
    """What may be said when the smaller group, or the one that was asked `alone`, has n people and nothing is shown of
    fewer than `threshold`.
    """
    shown = n >= threshold
    return Sayable(
        n=n,
        anything=shown,
        shares_with_intervals=shown and n >= FEW,
        flags=shown and n >= SOME,
        position_uncertainty=shown and n >= SOME,
        rare_cards=shown and n >= MANY,
        caption=_find_caption(n, threshold, alone=alone),
    )


def sayable_of(comparison: Comparison) -> Sayable:
    """What may be said of a comparison; a list that is not shown counts as nobody, if people were asked for it."""
    fewest = min((found.n or 0) if found else 0 for found in comparison.told)
    return sayable(fewest, comparison.threshold, alone=comparison.alone is not None)


def shares_sayable(comparison: Comparison, *more: str) -> bool:
    """Whether shares, and numbers made of them, may be said of the lists that are shown: from five people on in the
    smallest of the two core lists and of those named besides.
    """
    found = (comparison.lists.get(name) for name in ("customers_own", "it_prediction", *more))
    shown = [one.n for one in found if one is not None and one.n is not None]
    return bool(shown) and sayable(min(shown), comparison.threshold).shares_with_intervals


def _find_caption(n: int, threshold: int, *, alone: bool) -> str:
    who = f"{counted(n, 'person', 'people')} answered" if alone else _smaller(n)
    if n < threshold:
        return f"Fewer than {threshold} people answered. To keep everybody anonymous, nothing is shown of so few."
    if n < FEW:
        return f"A conversation starter: {who[0].lower()}{who[1:]}."
    if n < SOME:
        return f"{who}: wide uncertainty. Read directions, not single places."
    if n < MANY:
        return f"{who}. Only the first two or three places are firm."
    if n < PLENTY:
        return f"{who}. Cards that few have listed have a band instead of a place."
    return f"{who}{'.' if alone else ': significance is cheap here, read the size of the gap.'}"


def _smaller(n: int) -> str:
    return f"The smaller group has {counted(n, 'person', 'people')}"
