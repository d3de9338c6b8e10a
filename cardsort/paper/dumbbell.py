"""All cards in one picture: on a row each, the customers' filled dot and IT's open square on the axis of places.

A card tied with others has a bracket as long as its block: the customers' solid and above, IT's dashed and below.
"""

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import Flowable

from cardsort.analysis.result import Comparison, Label, Position
from cardsort.domain.cards import Deck
from cardsort.paper.kit import fonts, style, text
from cardsort.paper.kit.layout import mark
from cardsort.paper.kit.style import CUSTOMERS, INK, IT, MUTED

PITCH, TIGHTEST = 13.0, 8.4  # from row to row
TITLE_ROOM = 0.42  # share of the width
AXIS_ROOM = 13.0
TICKS = (1, 10, 20, 30, 40, 50, 60, 80, 100, 120)
BRACKET = 2.4  # from the row's middle to its bracket


def rows_on_a_page(height: float) -> int:
    """How many cards fit into that height."""
    return int((height - 2 * AXIS_ROOM) / TIGHTEST)


class Dumbbells(Flowable):
    """The rows of those cards, in that order; `height` limits the picture."""

    def __init__(self, deck: Deck, comparison: Comparison, codes: Sequence[str], height: float) -> None:
        super().__init__()
        self.deck, self.comparison, self.codes = deck, comparison, codes
        self.pitch = min(PITCH, (height - 2 * AXIS_ROOM) / len(codes))
        self.letters = max(7.0, min(8.5, self.pitch - 3))

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: ARG002, N803 - reportlab's names
        self.width, self.height = aW, self.pitch * len(self.codes) + 2 * AXIS_ROOM
        return self.width, self.height

    def along(self, place: float) -> float:
        """Where a place stands: 1 at the left, the last at the right."""
        start = self.width * TITLE_ROOM + 8
        return start + (self.width - 8 - start) * (place - 1) / max(1, self.comparison.deck_size - 1)

    def draw(self) -> None:
        canvas: Any = self.canv
        canvas.saveState()
        self._draw_axis(canvas)
        for number, code in enumerate(self.codes):
            self._draw_row(canvas, code, self.height - AXIS_ROOM - (number + 0.5) * self.pitch)
        canvas.restoreState()

    def _draw_axis(self, canvas: Any) -> None:
        upper, lower = self.height - AXIS_ROOM, AXIS_ROOM
        canvas.setLineWidth(style.HAIR)
        look = style.style(7.5, 8, colour=MUTED)
        for tick in (tick for tick in TICKS if tick <= self.comparison.deck_size):
            canvas.setStrokeColor(style.LINE)
            canvas.line(self.along(tick), lower, self.along(tick), upper)
            text.draw(canvas, (self.along(tick), upper + 4), str(tick), look, "middle")
            text.draw(canvas, (self.along(tick), lower - 10), str(tick), look, "middle")
        cut = self.along(self.comparison.top + 0.5)
        canvas.setStrokeColor(style.EDGE)
        canvas.setDash(1.5, 2.5)
        canvas.line(cut, lower, cut, upper)
        canvas.setDash()

    def _draw_row(self, canvas: Any, code: str, y: float) -> None:
        card = self.deck[code]
        index = style.style(self.letters, self.letters, fonts.SEMIBOLD, style.suit_colour(card.suit))
        text.draw(canvas, (0, y - self.letters * 0.33), card.code, index)
        start = max(30.0, text.width(card.code, fonts.SEMIBOLD, self.letters) + 5)
        title = text.fitted(card.title, fonts.REGULAR, self.letters, self.width * TITLE_ROOM - start - 4)
        text.draw(canvas, (start, y - self.letters * 0.33), title, style.style(self.letters, self.letters))
        shown = (self.comparison.predicted, self.comparison.actual)
        blocks = [found.cards[code].position if found else None for found in shown]
        self._draw_line(canvas, code, blocks, y)
        for block, it in zip(blocks, (True, False), strict=True):
            if block is not None:
                self._draw_bracket(canvas, block, y, it=it)
        for block, it in zip(blocks, (True, False), strict=True):
            if block is not None:
                mark(canvas, (self.along((block.low + block.high) / 2), y), it=it, size=4.6)

    def _draw_line(self, canvas: Any, code: str, blocks: list[Position | None], y: float) -> None:
        """From IT's mark to the customers', the heavier the surer the gap."""
        prediction = self.comparison.prediction
        one, other = blocks
        if prediction is None or one is None or other is None:
            return
        label = prediction.cards[code].label
        canvas.setDash()
        canvas.setStrokeColor(INK if label in {Label.CLEAR, Label.POSSIBLE} else style.EDGE)
        canvas.setLineWidth({Label.CLEAR: 2.2, Label.POSSIBLE: style.FINE}.get(label or Label.NONE, style.HAIR))
        canvas.line(self.along((one.low + one.high) / 2), y, self.along((other.low + other.high) / 2), y)

    def _draw_bracket(self, canvas: Any, block: Position, y: float, *, it: bool) -> None:
        if block.low == block.high:
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
