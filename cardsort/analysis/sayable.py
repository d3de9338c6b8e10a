"""What may be said with n people: the fewer they are, the less."""

from dataclasses import dataclass

from cardsort.analysis.result import Comparison
from cardsort.language import ngettext

FEW, SOME, MANY, PLENTY = 5, 8, 20, 100


@dataclass(frozen=True, slots=True)
class Sayable:
    """What pages and paper may say, n being the smaller group. What is not named here may be said from k people on.

    anything                places, hits, zones, and those flags that the test allows (a label that is not null)
    shares_with_intervals   shares, each with its interval; mean-rank intervals; the overall test
    flags                   single cards are flagged as a matter of course
    position_uncertainty    the intervals of the first 20 places, and the map
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
    if n < threshold:
        return ngettext(
            "Fewer than %(n)s person answered. To keep everybody anonymous, nothing is shown of so few.",
            "Fewer than %(n)s people answered. To keep everybody anonymous, nothing is shown of so few.",
            threshold,
        )
    return _of_all(n) if alone else _of_the_smaller(n)


def _of_all(n: int) -> str:
    if n < FEW:
        return ngettext(
            "A conversation starter: %(n)s person answered.", "A conversation starter: %(n)s people answered.", n
        )
    if n < SOME:
        return ngettext(
            "%(n)s person answered: wide uncertainty. Read directions, not single places.",
            "%(n)s people answered: wide uncertainty. Read directions, not single places.",
            n,
        )
    if n < MANY:
        return ngettext(
            "%(n)s person answered. Only the first two or three places are firm.",
            "%(n)s people answered. Only the first two or three places are firm.",
            n,
        )
    if n < PLENTY:
        return ngettext(
            "%(n)s person answered. Cards that few have listed have a band instead of a place.",
            "%(n)s people answered. Cards that few have listed have a band instead of a place.",
            n,
        )
    return ngettext("%(n)s person answered.", "%(n)s people answered.", n)


def _of_the_smaller(n: int) -> str:
    if n < FEW:
        return ngettext(
            "A conversation starter: the smaller group has %(n)s person.",
            "A conversation starter: the smaller group has %(n)s people.",
            n,
        )
    if n < SOME:
        return ngettext(
            "The smaller group has %(n)s person: wide uncertainty. Read directions, not single places.",
            "The smaller group has %(n)s people: wide uncertainty. Read directions, not single places.",
            n,
        )
    if n < MANY:
        return ngettext(
            "The smaller group has %(n)s person. Only the first two or three places are firm.",
            "The smaller group has %(n)s people. Only the first two or three places are firm.",
            n,
        )
    if n < PLENTY:
        return ngettext(
            "The smaller group has %(n)s person. Cards that few have listed have a band instead of a place.",
            "The smaller group has %(n)s people. Cards that few have listed have a band instead of a place.",
            n,
        )
    return ngettext(
        "The smaller group has %(n)s person: significance is cheap here, read the size of the gap.",
        "The smaller group has %(n)s people: significance is cheap here, read the size of the gap.",
        n,
    )
