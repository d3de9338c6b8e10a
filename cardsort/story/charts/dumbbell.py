"""All cards in one picture: on a row each, both places on the axis of places, and how sure the gap between them is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from cardsort.analysis.result import Comparison, ConsensusList, Label, Position
from cardsort.domain.cards import Card, Deck
from cardsort.story import words

TICKS = (1, 10, 20, 30, 40, 50, 60, 80, 100, 120)


@dataclass(frozen=True, slots=True)
class Mark:
    """A card's block of places in one list; places from 0 (first) to 1 (last) of the axis."""

    place: str
    low: float
    middle: float
    high: float

    @property
    def tied(self) -> bool:
        """Whether it shares its places with others."""
        return self.low != self.high


@dataclass(frozen=True, slots=True)
class Pair:
    """One card's two marks; a list that is hidden has none. `sure`: "clear" or "none"."""

    card: Card
    it: Mark | None
    customers: Mark | None
    sure: str
    gap: str = ""


@dataclass(frozen=True, slots=True)
class Dumbbells:
    """The rows in the customers' order, the ticks as (place, where), and the edge of the top."""

    kind: ClassVar[str] = "dumbbells"
    pairs: tuple[Pair, ...]
    ticks: tuple[tuple[int, float], ...]
    edge: float
    heads: tuple[str, str, str, str]

    @property
    def alt(self) -> str:
        """The picture in words."""
        return describe(self.pairs)


def describe(pairs: Sequence[Pair]) -> str:
    """What the rows show, for those who cannot see it."""
    clear = [f"{pair.card.code} {pair.card.title} {pair.gap}" for pair in pairs if pair.sure == Label.CLEAR]
    told = f"Clear gaps, in places: {'; '.join(clear)}." if clear else "No gap is clear."
    return f"Both places of {words.cards(len(pairs))}. {told} The table of all cards has every place."


def dumbbells(comparison: Comparison, deck: Deck) -> Dumbbells:
    """Every card's marks, in the customers' order (IT's, where only that may be shown)."""
    size, gaps = comparison.deck_size, comparison.prediction.cards if comparison.prediction else {}
    leading = comparison.actual or comparison.predicted
    pairs = tuple(
        Pair(
            deck[code],
            _mark(comparison.predicted, code, size),
            _mark(comparison.actual, code, size),
            Label.CLEAR if code in gaps and gaps[code].label is Label.CLEAR else Label.NONE,
            words.signed(gaps[code].gap) if code in gaps else "",
        )
        for code in (leading.order() if leading else ())
    )
    ticks = tuple((tick, _along(tick, size)) for tick in TICKS if tick <= size)
    heads = ("Card", "Customers", "IT", f"Place 1 at the left, {size} at the right")
    return Dumbbells(pairs, ticks, _along(comparison.top + 0.5, size), heads)


def _mark(found: ConsensusList | None, code: str, size: int) -> Mark | None:
    if found is None:
        return None
    block: Position = found.cards[code].position
    low, middle, high = (_along(place, size) for place in (block.low, (block.low + block.high) / 2, block.high))
    return Mark(words.place(block), low, middle, high)


def _along(place: float, size: int) -> float:
    return round((place - 1) / max(1, size - 1), 4)
