"""A card's two places in a table's row: the customers' filled dot and IT's open square on the axis of places.

A card tied with others has a bracket as long as its block: the customers' solid and above, IT's dashed and below.
"""

from typing import Any

from reportlab.platypus import Flowable

from cardsort.paper.kit import style
from cardsort.paper.kit.layout import mark
from cardsort.paper.kit.style import CUSTOMERS, INK, IT
from cardsort.story.charts.dumbbell import Mark, Pair

BRACKET = 2.4  # from the row's middle to its bracket
SIDE = 4.0  # free at both ends


class PairChart(Flowable):
    """The row's picture, as high as its letters; the numbers beside it say the same."""

    def __init__(self, pair: Pair, height: float) -> None:
        super().__init__()
        self.pair, self.high = pair, height

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: ARG002, N803 - reportlab's names
        self.width, self.height = aW, self.high
        return aW, self.high

    def _along(self, share: float) -> float:
        return SIDE + (self.width - 2 * SIDE) * share

    def draw(self) -> None:
        canvas: Any = self.canv
        y = self.height / 2
        if getattr(canvas, "marking", False):  # the cell's own mark ends here, and the cell's end closes this one
            canvas.end()
            canvas.begin(None)
        canvas.saveState()
        self._draw_edge(canvas)
        marks = [(found, it) for found, it in ((self.pair.it, True), (self.pair.customers, False)) if found]
        self._draw_line(canvas, [self._along(found.middle) for found, _it in marks], y)
        for found, it in marks:
            self._draw_bracket(canvas, found, y, it=it)
        for found, it in marks:
            mark(canvas, (self._along(found.middle), y), it=it, size=4.6)
        canvas.restoreState()

    def _draw_edge(self, canvas: Any) -> None:
        canvas.setStrokeColor(style.EDGE)
        canvas.setLineWidth(style.HAIR)
        canvas.setDash(1.5, 2.5)
        x = self._along(self.pair.edge)
        canvas.line(x, -1, x, self.height + 1)
        canvas.setDash()

    def _draw_line(self, canvas: Any, ends: list[float], y: float) -> None:
        """From mark to mark, heavy where the gap is clear."""
        canvas.setStrokeColor(INK if self.pair.clear else style.EDGE)
        canvas.setLineWidth(2.2 if self.pair.clear else style.HAIR)
        canvas.line(ends[0], y, ends[-1], y)

    def _draw_bracket(self, canvas: Any, block: Mark, y: float, *, it: bool) -> None:
        if not block.tied:
            return
        level = y - BRACKET if it else y + BRACKET
        tooth = 1.6 if it else -1.6
        canvas.setStrokeColor(IT if it else CUSTOMERS)
        canvas.setLineWidth(style.HAIR)
        canvas.setDash(*([(2, 1.4)] if it else []))
        left, right = self._along(block.low), self._along(block.high)
        canvas.line(left, level, right, level)
        canvas.setDash()
        for end in (left, right):
            canvas.line(end, level, end, level + tooth)
