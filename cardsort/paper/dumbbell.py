"""All cards in one picture: on a row each, the customers' filled dot and IT's open square on the axis of places.

A card tied with others has a bracket as long as its block: the customers' solid and above, IT's dashed and below.
"""

from typing import Any

from reportlab.platypus import Flowable

from cardsort.analysis.result import Label
from cardsort.domain.ballots import Group
from cardsort.paper.kit import fonts, style, text
from cardsort.paper.kit.layout import mark
from cardsort.paper.kit.style import CUSTOMERS, INK, IT, MUTED
from cardsort.story.charts.dumbbell import Dumbbells, Mark, Pair

PITCH, TIGHTEST = 13.0, 8.4  # from row to row
TITLE_ROOM = 0.42  # share of the width
AXIS_ROOM = 13.0
BRACKET = 2.4  # from the row's middle to its bracket


def rows_on_a_page(height: float) -> int:
    """How many cards fit into that height."""
    return int((height - 2 * AXIS_ROOM) / TIGHTEST)


class DumbbellChart(Flowable):
    """The rows; `height` limits the picture."""

    def __init__(self, chart: Dumbbells, height: float) -> None:
        super().__init__()
        self.chart = chart
        self.pitch = min(PITCH, (height - 2 * AXIS_ROOM) / len(chart.pairs))
        self.letters = max(7.0, min(8.5, self.pitch - 3))

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: ARG002, N803 - reportlab's names
        self.width, self.height = aW, self.pitch * len(self.chart.pairs) + 2 * AXIS_ROOM
        return self.width, self.height

    def along(self, share: float) -> float:
        """Where a place stands: the first at the left, the last at the right."""
        start = self.width * TITLE_ROOM + 8
        return start + (self.width - 8 - start) * share

    def draw(self) -> None:
        canvas: Any = self.canv
        canvas.saveState()
        self._draw_axis(canvas)
        for number, pair in enumerate(self.chart.pairs):
            self._draw_row(canvas, pair, self.height - AXIS_ROOM - (number + 0.5) * self.pitch)
        canvas.restoreState()

    def _draw_axis(self, canvas: Any) -> None:
        upper, lower = self.height - AXIS_ROOM, AXIS_ROOM
        canvas.setLineWidth(style.HAIR)
        look = style.style(7.5, 8, colour=MUTED)
        for tick, share in self.chart.ticks:
            x = self.along(share)
            canvas.setStrokeColor(style.LINE)
            canvas.line(x, lower, x, upper)
            text.draw(canvas, (x, upper + 4), str(tick), look, "middle")
            text.draw(canvas, (x, lower - 10), str(tick), look, "middle")
        cut = self.along(self.chart.edge)
        canvas.setStrokeColor(style.EDGE)
        canvas.setDash(1.5, 2.5)
        canvas.line(cut, lower, cut, upper)
        canvas.setDash()

    def _draw_row(self, canvas: Any, pair: Pair, y: float) -> None:
        card = pair.card
        index = style.style(self.letters, self.letters, fonts.SEMIBOLD, style.suit_colour(card.suit))
        text.draw(canvas, (0, y - self.letters * 0.33), card.code, index)
        start = max(30.0, text.width(card.code, fonts.SEMIBOLD, self.letters) + 5)
        title = text.fitted(card.title, fonts.REGULAR, self.letters, self.width * TITLE_ROOM - start - 4)
        text.draw(canvas, (start, y - self.letters * 0.33), title, style.style(self.letters, self.letters))
        marks = [(found, it) for found, it in ((pair.it, True), (pair.customers, False)) if found]
        if len(marks) == len(Group):
            self._draw_line(canvas, pair.sure, [self.along(found.middle) for found, _it in marks], y)
        for found, it in marks:
            self._draw_bracket(canvas, found, y, it=it)
        for found, it in marks:
            mark(canvas, (self.along(found.middle), y), it=it, size=4.6)

    def _draw_line(self, canvas: Any, sure: str, ends: list[float], y: float) -> None:
        """From IT's mark to the customers', the heavier the surer the gap."""
        canvas.setDash()
        canvas.setStrokeColor(style.EDGE if sure == Label.NONE else INK)
        canvas.setLineWidth(2.2 if sure == Label.CLEAR else style.HAIR)
        canvas.line(ends[0], y, ends[1], y)

    def _draw_bracket(self, canvas: Any, block: Mark, y: float, *, it: bool) -> None:
        if not block.tied:
            return
        level = y - BRACKET if it else y + BRACKET
        tooth = 1.6 if it else -1.6
        canvas.setStrokeColor(IT if it else CUSTOMERS)
        canvas.setLineWidth(style.HAIR)
        canvas.setDash(*([(2, 1.4)] if it else []))
        left, right = self.along(block.low), self.along(block.high)
        canvas.line(left, level, right, level)
        canvas.setDash()
        for end in (left, right):
            canvas.line(end, level, end, level + tooth)
