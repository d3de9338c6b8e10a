"""The three marks: on one line from no card to all of the top, what guessing gives, what IT named, and what so many
customers would have named; and what IT had expected, where that is told.
"""

from dataclasses import dataclass, replace
from typing import ClassVar

from cardsort.analysis.result import Comparison
from cardsort.domain.ballots import Group
from cardsort.language import _, ngettext
from cardsort.story import words


@dataclass(frozen=True, slots=True)
class Named:
    """One mark: where it stands, 0 to 1, its number and what it is; `group`: whose it is (None: guessing);
    `expected`: before the lock; `new`: it comes with this very step.
    """

    at: float
    shown: str
    words: str
    group: Group | None = None
    expected: bool = False
    new: bool = False


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks from left to right on a line of `size` cards."""

    kind: ClassVar[str] = "marks"
    named: tuple[Named, ...]
    size: int
    title: str

    @property
    def alt(self) -> str:
        """The line in words."""
        told = ", ".join(f"{mark.words} {mark.shown}" for mark in self.named)
        return _("%(title)s: %(told)s.", title=self.title, told=told)


def marks(comparison: Comparison) -> Marks | None:
    """The line; None where nothing is compared, or the top is one card."""
    prediction, size = comparison.prediction, comparison.top
    if prediction is None or size == 1:
        return None
    # L10N: each of these is followed by how many cards of the customers’ top: by IT 4
    found = [_mark(prediction.hits_by_chance, size, _("by blind guessing"))]
    found.append(_mark(prediction.hits, size, _("by IT"), Group.IT))
    people, bar = prediction.customers_split, prediction.hits_of_customers
    if people is not None and bar is not None:
        named_by = ngettext("by %(n)s\xa0customer", "by %(n)s\xa0customers", people)
        found.append(_mark(bar, size, named_by, Group.CUSTOMERS))
    if prediction.expected_hits is not None:
        mean = _mark(prediction.expected_hits.mean, size, _("expected by IT"), Group.IT)
        found.append(replace(mean, expected=True))
    # L10N: followed by a colon and: by IT 4, by 24 customers about 8
    title = _("Of the customers’ %(top)s were named", top=words.top(size))
    return Marks(tuple(sorted(found, key=lambda mark: mark.at)), size, title)


def _mark(value: float, size: int, said: str, group: Group | None = None) -> Named:
    return Named(round(value / size, 4), words.about(value), said, group)
