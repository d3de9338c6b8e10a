"""The map: predicted place across, actual place upwards, both logarithmic with 1 at the top right.

Cards with the same two places share one mark; a card tied with others has a whisker as long as its block of places.
"""

import math
from dataclasses import dataclass
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable

from cardsort.analysis.result import Comparison, Label, Position, Zone
from cardsort.paper.kit import fonts, style, text
from cardsort.paper.kit.layout import diamond
from cardsort.paper.kit.style import CUSTOMERS, INK, IT, MUTED
from cardsort.story import words
from cardsort.story.charts import labels

INNER = 14.0  # free around the outermost marks
TICKS = (1, 2, 3, 5, 10, 20, 50, 100)
TICK_ROOM, NAME_ROOM = 16.0, 15.0
NAMED_MARK, QUIET_MARK = 3.6, 2.2  # half a mark's width
CODES_SHOWN = 3  # at one mark
SMALL = 7.5
NAMED, COUNTED = style.style(8, 8, fonts.SEMIBOLD, INK), style.style(7, 7, colour=MUTED)


@dataclass(frozen=True, slots=True)
class Spot:
    """One mark: the cards with these two places. `named` in the interesting quarters; `hollow` = may be chance."""

    codes: tuple[str, ...]
    predicted: Position
    actual: Position
    named: bool
    hollow: bool

    @property
    def label(self) -> str:
        """The codes of named cards, the number of others; "" for a single quiet card."""
        if self.named and len(self.codes) <= CODES_SHOWN:
            return ", ".join(self.codes)
        return words.cards(len(self.codes)) if len(self.codes) > 1 else ""


def find_spots(comparison: Comparison) -> tuple[Spot, ...]:
    """All cards of both lists as marks, the named ones first."""
    predicted, actual, prediction = comparison.predicted, comparison.actual, comparison.prediction
    if predicted is None or actual is None or prediction is None:
        return ()
    shared: dict[tuple[Position, Position, bool, bool], list[str]] = {}
    for code, gap in prediction.cards.items():
        hollow = gap.zone is Zone.BORDERLINE or gap.label not in {Label.CLEAR, Label.POSSIBLE}
        places = predicted.cards[code].position, actual.cards[code].position
        shared.setdefault((*places, gap.zone is not Zone.QUIET, hollow), []).append(code)
    spots = [Spot(tuple(codes), *key) for key, codes in shared.items()]
    return tuple(sorted(spots, key=lambda spot: not spot.named))


class MapChart(Flowable):
    """The map as a square of `side` points with its ticks and the names of its quarters around it."""

    def __init__(self, comparison: Comparison, side: float) -> None:
        super().__init__()
        self.size, self.top, self.side = comparison.deck_size, comparison.top, side
        self.spots = find_spots(comparison)

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: ARG002, N803 - reportlab's names
        self.width, self.height = self.side + TICK_ROOM, self.side + TICK_ROOM + 2 * NAME_ROOM
        return self.width, self.height

    def along(self, place: float) -> float:
        """How far a place stands from the left or lower edge: 1 at the far end, the last near, logarithmic."""
        share = 1 - math.log(place) / math.log(self.size)
        return INNER + (self.side - 2 * INNER) * share

    def spot_of(self, spot: Spot) -> labels.Spot:
        """Where a mark's middle is."""
        x, y = (self.along((block.low + block.high) / 2) for block in (spot.predicted, spot.actual))
        return TICK_ROOM + x, NAME_ROOM + TICK_ROOM + y

    def draw(self) -> None:
        canvas: Any = self.canv
        canvas.saveState()
        self._draw_frame(canvas)
        self._draw_quarters(canvas)
        for spot in self.spots:
            self._draw_whiskers(canvas, spot)
        for spot in reversed(self.spots):
            diamond(canvas, self.spot_of(spot), NAMED_MARK if spot.named else QUIET_MARK, hollow=spot.hollow)
        self._draw_labels(canvas)
        canvas.restoreState()

    def _draw_frame(self, canvas: Any) -> None:
        low = NAME_ROOM + TICK_ROOM
        canvas.setStrokeColor(style.EDGE)
        canvas.setLineWidth(style.HAIR)
        canvas.rect(TICK_ROOM, low, self.side, self.side, stroke=1, fill=0)
        canvas.setDash(1.5, 2.5)
        cut = self.along(self.top + 0.5)
        canvas.line(TICK_ROOM + cut, low, TICK_ROOM + cut, low + self.side)
        canvas.line(TICK_ROOM, low + cut, TICK_ROOM + self.side, low + cut)
        canvas.setDash()
        for tick in (tick for tick in TICKS if tick <= self.size):
            at, look = self.along(tick), style.style(SMALL, SMALL, colour=MUTED)
            text.draw(canvas, (TICK_ROOM + at, low - 10), str(tick), look, "middle")
            text.draw(canvas, (TICK_ROOM - 4, low + at - 2.6), str(tick), look, "right")

    def _draw_quarters(self, canvas: Any) -> None:
        look = style.style(9.5, 9.5, fonts.SEMIBOLD)
        up, right = self.height - NAME_ROOM + 5, self.width
        text.draw(canvas, (TICK_ROOM, up), "Blind spots", look)
        text.draw(canvas, (right, up), "Shared pain", look, "right")
        text.draw(canvas, (TICK_ROOM, 3), "Quiet", look)
        text.draw(canvas, (right, 3), "False alarms", look, "right")
        middle = TICK_ROOM + self.side / 2
        text.draw(canvas, (middle, up), "↑ ● customers put it higher", style.style(8.5, 9, colour=CUSTOMERS), "middle")
        text.draw(canvas, (middle, 3), "□ IT expected it higher →", style.style(8.5, 9, colour=IT), "middle")

    def _whiskers(self, spot: Spot) -> list[labels.Box]:
        """From end to end of each block of places, as lines: left, lower, right, upper."""
        x, y = self.spot_of(spot)
        found = []
        if spot.predicted.low != spot.predicted.high:
            right, left = (TICK_ROOM + self.along(place) for place in spot.predicted)
            found.append((left, y, right, y))
        if spot.actual.low != spot.actual.high:
            upper, lower = (NAME_ROOM + TICK_ROOM + self.along(place) for place in spot.actual)
            found.append((x, lower, x, upper))
        return found

    def _draw_whiskers(self, canvas: Any, spot: Spot) -> None:
        canvas.setStrokeColor(style.EDGE if spot.named else style.LINE)
        canvas.setLineWidth(style.HAIR)
        for line in self._whiskers(spot):
            canvas.line(*line)

    def _draw_labels(self, canvas: Any) -> None:
        labelled = [spot for spot in self.spots if spot.label]
        looks = [NAMED if spot.named else COUNTED for spot in labelled]
        sizes = [_size_of(spot.label, look) for spot, look in zip(labelled, looks, strict=True)]
        marks = [labels.around(self.spot_of(spot), NAMED_MARK if spot.named else QUIET_MARK) for spot in self.spots]
        base = NAME_ROOM + TICK_ROOM
        frame = (TICK_ROOM + 2, base + 2, self.width - 2, base + self.side - 2)
        lines = [line for spot in self.spots for line in self._whiskers(spot)]
        taken = [*marks, *((left, low - 1, right, high + 1) for left, low, right, high in lines)]
        boxes = labels.place_labels([self.spot_of(spot) for spot in labelled], sizes, frame, taken)
        for spot, look, box in zip(labelled, looks, boxes, strict=True):
            if box is not None:
                self._lead(canvas, self.spot_of(spot), box)
                text.draw(canvas, (box[0], box[1] + 2), spot.label, look)

    def _lead(self, canvas: Any, spot: labels.Spot, box: labels.Box) -> None:
        """A hairline from a mark to a label that stands away from it."""
        near = min(max(spot[0], box[0]), box[2]), min(max(spot[1], box[1]), box[3])
        if math.dist(near, spot) > labels.REACHES[1] - 1:
            canvas.setStrokeColor(style.EDGE)
            canvas.setLineWidth(style.HAIR)
            canvas.line(*spot, *near)


def _size_of(label: str, look: ParagraphStyle) -> tuple[float, float]:
    return text.width(label, look.fontName, look.fontSize), look.fontSize + 1
