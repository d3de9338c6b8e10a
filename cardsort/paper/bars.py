"""Bars on paper: their name above, their value at the end."""

from typing import Any

from reportlab.platypus import Flowable

from cardsort.domain.ballots import Group
from cardsort.paper.kit import fonts, style, text
from cardsort.story.charts.bars import Bars

THICK, STEP = 9.0, 29.0
VALUE_ROOM = 34.0


class BarChart(Flowable):
    """The bars in the colour of their group; those of IT have an outline only."""

    def __init__(self, chart: Bars) -> None:
        super().__init__()
        self.bars, self.hollow = chart.bars, chart.group is Group.IT
        self.colour = style.COLOURS[chart.group] if chart.group else style.MUTED

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: ARG002, N803 - reportlab's names
        self.width, self.height = aW, STEP * len(self.bars)
        return aW, self.height

    def draw(self) -> None:
        canvas: Any = self.canv
        canvas.saveState()
        room = self.width - VALUE_ROOM
        name, value = style.style(9, 11), style.style(9, 11, fonts.SEMIBOLD)
        for number, bar in enumerate(self.bars):
            top = self.height - number * STEP
            text.draw(canvas, (0, top - 10), text.fitted(bar.name, fonts.REGULAR, 9, self.width), name)
            self._draw_bar(canvas, top - 15 - THICK, room, bar.length)
            text.draw(canvas, (self.width, top - 15 - THICK + 1.5), bar.shown, value, "right")
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
