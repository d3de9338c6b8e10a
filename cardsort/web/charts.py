"""The comparison drawn for the page, as SVG that follows the page's colours."""

from dataclasses import dataclass

from cardsort.analysis.result import Comparison, ConsensusList
from cardsort.domain.cards import Deck
from cardsort.report import words

ROW = 34


@dataclass(frozen=True, slots=True)
class End:
    """One end of a line: a card in one group's list. `y` in px from the chart's top; `place` "3", "9–11" or ""."""

    code: str
    title: str
    y: float
    place: str
    outside: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A card's line from what IT thought (left) to what customers chose (right)."""

    code: str
    y_it: float
    y_customers: float
    direction: str


@dataclass(frozen=True, slots=True)
class Slope:
    """The union of the two tops; cards below a list's cut share one block at its foot."""

    it: tuple[End, ...]
    customers: tuple[End, ...]
    lines: tuple[Line, ...]
    height: int
    cut: float


def slope_chart(comparison: Comparison, deck: Deck) -> Slope | None:
    """Where every card of either top stands on both sides; None where one list may not be shown."""
    predicted, actual = comparison.predicted, comparison.actual
    if predicted is None or actual is None:
        return None
    tops = predicted.top(comparison.top), actual.top(comparison.top)
    rows = max(map(len, tops))
    it = _column(deck, tops[0], tops[1], predicted, rows)
    customers = _column(deck, tops[1], tops[0], actual, rows)
    at = {end.code: end for end in customers}
    lines = tuple(_line(end, at[end.code]) for end in it)
    outside = max(sum(end.outside for end in side) for side in (it, customers))
    return Slope(it, customers, lines, (rows + outside + 1) * ROW, (rows + 0.5) * ROW)


def _column(
    deck: Deck, own: tuple[str, ...], other: tuple[str, ...], standing: ConsensusList, rows: int
) -> tuple[End, ...]:
    below = [code for code in other if code not in own]
    ends: list[tuple[str, float, bool]] = [(code, place, False) for place, code in enumerate(own)]
    ends += [(code, rows + 0.6 + place, True) for place, code in enumerate(below)]
    return tuple(
        End(code, deck[code].title, (row + 0.5) * ROW, words.place(standing.cards[code].position), outside)
        for code, row, outside in ends
    )


def _line(it: End, customers: End) -> Line:
    direction = "same" if it.y == customers.y else "up" if customers.y < it.y else "down"
    return Line(it.code, it.y, customers.y, direction)
