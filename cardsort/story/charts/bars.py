"""Bars with their name above and their value at the end: shares and likenesses from 0 to 1."""

from dataclasses import dataclass
from typing import ClassVar

from cardsort.domain.ballots import Group
from cardsort.language import _, beside


@dataclass(frozen=True, slots=True)
class Bar:
    """A name, its length from 0 to 1, its value as it is shown, and what it means ("" = nothing to say)."""

    name: str
    length: float
    shown: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars below one another; `group`: whose they are."""

    kind: ClassVar[str] = "bars"
    bars: tuple[Bar, ...]
    group: Group | None = None

    @property
    def alt(self) -> str:
        """The chart in words."""
        return beside(_("%(title)s: %(told)s", title=bar.name, told=bar.shown) for bar in self.bars) + "."
