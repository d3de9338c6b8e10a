"""Bars with their name above and their value at the end: shares and likenesses from 0 to 1."""

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import Flowable

from cardsort.paper.kit import fonts, style, text

THICK, STEP = 9.0, 29.0
VALUE_ROOM = 34.0


class Bars(Flowable):
    """One bar for each (name, share 0..1, value as printed); `hollow` ones have an outline only, for IT."""

    def __init__(self, rows: Sequence[tuple[str, float, str]], colour: str, *, hollow: bool = False) -> None:
        super().__init__()
        self.rows, self.colour, self.hollow = rows, colour, hollow

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: ARG002, N803 - reportlab's names
        self.width, self.height = aW, STEP * len(self.rows)
        return aW, self.height

    def draw(self) -> None:
        canvas: Any = self.canv
        canvas.saveState()
        room = self.width - VALUE_ROOM
        name, value = style.style(9, 11), style.style(9, 11, fonts.SEMIBOLD)
        for number, (label, share, shown) in enumerate(self.rows):
            top = self.height - number * STEP
            text.draw(canvas, (0, top - 10), text.fitted(label, fonts.REGULAR, 9, self.width), name)
            self._draw_bar(canvas, top - 15 - THICK, room, share)
            text.draw(canvas, (self.width, top - 15 - THICK + 1.5), shown, value, "right")
        canvas.restoreState()

    def _draw_bar(self, canvas: Any, y: float, room: float, share: float) -> None:
        canvas.setLineWidth(style.HAIR)
        canvas.setStrokeColor(style.LINE)
        canvas.line(0, y, room, y)
        canvas.setStrokeColor(self.colour)
        canvas.setFillColor("#FFFFFF" if self.hollow else self.colour)
        canvas.setLineWidth(1.2 if self.hollow else style.HAIR)
        canvas.setDash(*([style.DASH] if self.hollow else []))
        canvas.rect(0.6, y, max(0.5, (room - 1.2) * min(1.0, share)), THICK, stroke=1, fill=1)
        canvas.setDash()
