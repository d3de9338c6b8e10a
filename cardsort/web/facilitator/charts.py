"""The comparison drawn for the page: where each mark goes. Templates draw the SVG; every chart has its table.

Positions across are percentages of the chart's width, so that marks keep their shape on every screen.
"""

import math
from dataclasses import dataclass

from cardsort.analysis.result import Comparison, ConsensusList, Label, Position, Zone
from cardsort.domain.cards import Deck
from cardsort.story import words

ROW = 40  # px from one line of the slope chart to the next
MAP_MARGIN = 4.0  # per cent of the map's side left free around the outermost marks


@dataclass(frozen=True, slots=True)
class End:
    """One end of a line: a card in one group's list. `y` in px from the chart's top; `place` "3" or "9–11"."""

    code: str
    title: str
    y: float
    place: str
    outside: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A card's line from what IT thought (left) to what customers chose (right); `clear` = more than chance."""

    code: str
    y_it: float
    y_customers: float
    direction: str
    clear: bool


@dataclass(frozen=True, slots=True)
class Slope:
    """The union of the two tops; cards below a list's cut share one block at its foot."""

    it: tuple[End, ...]
    customers: tuple[End, ...]
    lines: tuple[Line, ...]
    height: int
    cut: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A card's tie block in one list on the axis of places: its middle and both ends, in per cent."""

    middle: float
    low: float
    high: float
    tied: bool


@dataclass(frozen=True, slots=True)
class Dumbbell:
    """One card's two marks; a list that is hidden has none."""

    code: str
    it: Mark | None
    customers: Mark | None
    label: str


@dataclass(frozen=True, slots=True)
class Point:
    """A card on the map, in per cent from the left and from the top; `named` in the three interesting quarters.

    `sure` = the label of its gap; "none" also where the card lies across the cut of a list.
    """

    code: str
    x: float
    y: float
    named: bool
    sure: str


@dataclass(frozen=True, slots=True)
class Map:
    """Predicted place across, actual place upwards, both logarithmic with 1 at the top right; `cut` at T + ½."""

    points: tuple[Point, ...]
    cut_x: float
    cut_y: float


def slope_chart(comparison: Comparison, deck: Deck) -> Slope | None:
    """Where every card of either top stands on both sides; None where one list may not be shown."""
    predicted, actual, prediction = comparison.predicted, comparison.actual, comparison.prediction
    if predicted is None or actual is None or prediction is None:
        return None
    tops = predicted.top(comparison.top), actual.top(comparison.top)
    rows = max(map(len, tops))
    it = _column(deck, tops[0], tops[1], predicted, rows)
    customers = _column(deck, tops[1], tops[0], actual, rows)
    at = {end.code: end for end in customers}
    lines = tuple(_line(end, at[end.code], prediction.cards[end.code].label) for end in it)
    outside = max(sum(end.outside for end in side) for side in (it, customers))
    height = round((rows + outside + (0.6 if outside else 0)) * ROW)
    return Slope(it, customers, lines, height, rows * ROW + ROW * 0.3)


def dumbbell_chart(comparison: Comparison) -> tuple[Dumbbell, ...]:
    """Every card's marks in the customers' order (IT's, where only that may be shown)."""
    predicted, actual = comparison.predicted, comparison.actual
    leading = actual or predicted
    if leading is None:
        return ()
    gaps = comparison.prediction.cards if comparison.prediction else {}
    return tuple(
        Dumbbell(
            code=code,
            it=_mark(predicted, code, comparison.deck_size),
            customers=_mark(actual, code, comparison.deck_size),
            label=gaps[code].label or "none" if code in gaps else "none",
        )
        for code in leading.order()
    )


def map_chart(comparison: Comparison) -> Map | None:
    """Every card by its two places; None where one list may not be shown."""
    predicted, actual, prediction = comparison.predicted, comparison.actual, comparison.prediction
    if predicted is None or actual is None or prediction is None:
        return None
    size = comparison.deck_size
    points = tuple(
        Point(
            code=code,
            x=_far(_middle(predicted.cards[code].position), size),
            y=100 - _far(_middle(actual.cards[code].position), size),
            named=gap.zone is not Zone.QUIET,
            sure="none" if gap.zone is Zone.BORDERLINE else (gap.label or "none"),
        )
        for code, gap in prediction.cards.items()
    )
    cut = _far(comparison.top + 0.5, size)
    return Map(points, cut, 100 - cut)


def _column(
    deck: Deck, own: tuple[str, ...], other: tuple[str, ...], standing: ConsensusList, rows: int
) -> tuple[End, ...]:
    below = sorted((code for code in other if code not in own), key=lambda code: standing.cards[code].position)
    ends: list[tuple[str, float, bool]] = [(code, place, False) for place, code in enumerate(own)]
    ends += [(code, rows + 0.6 + place, True) for place, code in enumerate(below)]
    return tuple(
        End(code, deck[code].title, (row + 0.5) * ROW, words.place(standing.cards[code].position), outside)
        for code, row, outside in ends
    )


def _line(it: End, customers: End, label: Label | None) -> Line:
    direction = "same" if it.y == customers.y else "up" if customers.y < it.y else "down"
    return Line(it.code, it.y, customers.y, direction, label is Label.CLEAR)


def _mark(standing: ConsensusList | None, code: str, size: int) -> Mark | None:
    if standing is None:
        return None
    low, high = standing.cards[code].position
    middle, first, last = (round(100 * (place - 0.5) / size, 2) for place in ((low + high) / 2, low, high))
    return Mark(middle, first, last, tied=low != high)


def _middle(position: Position) -> float:
    return (position.low + position.high) / 2


def _far(place: float, size: int) -> float:
    """How far to the right a place stands: 1 at the right end, the last at the left, logarithmic."""
    share = 1 - math.log(place) / math.log(size)
    return round(MAP_MARGIN + (100 - 2 * MAP_MARGIN) * share, 2)
