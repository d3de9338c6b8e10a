"""The comparison drawn for the page: where each mark goes. Templates draw the SVG; every chart has its table.

Positions across are percentages of the chart's width, so that marks keep their shape on every screen.
"""

import math
from dataclasses import dataclass

from cardsort.analysis.result import Comparison, ConsensusList, Position, Zone

MAP_MARGIN = 4.0  # per cent of the map's side left free around the outermost marks


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
