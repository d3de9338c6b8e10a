"""Both places of a card on the axis of places, the first at the left, the last at the right: for a table's row."""

from dataclasses import dataclass

from cardsort.analysis.result import Comparison, ConsensusList, Label, Position


@dataclass(frozen=True, slots=True)
class Mark:
    """A card's block of places in one list; places from 0 (first) to 1 (last) of the axis."""

    low: float
    middle: float
    high: float

    @property
    def tied(self) -> bool:
        """Whether it shares its places with others."""
        return self.low != self.high


@dataclass(frozen=True, slots=True)
class Pair:
    """One card's two marks, None for a list that is hidden; where the top ends; and whether the gap is clear."""

    it: Mark | None
    customers: Mark | None
    edge: float
    clear: bool = False


def pair(comparison: Comparison, code: str) -> Pair:
    """A card's marks."""
    size, gap = comparison.deck_size, comparison.prediction.cards[code] if comparison.prediction else None
    return Pair(
        _mark(comparison.predicted, code, size),
        _mark(comparison.actual, code, size),
        _along(comparison.top + 0.5, size),
        clear=gap is not None and gap.label is Label.CLEAR,
    )


def _mark(found: ConsensusList | None, code: str, size: int) -> Mark | None:
    if found is None:
        return None
    block: Position = found.cards[code].position
    low, middle, high = (_along(place, size) for place in (block.low, (block.low + block.high) / 2, block.high))
    return Mark(low, middle, high)


def _along(place: float, size: int) -> float:
    return round((place - 1) / max(1, size - 1), 4)
