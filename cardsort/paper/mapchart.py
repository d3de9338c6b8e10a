"""The map on paper: a square with its ticks and the names of its quarters around it."""

from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable

from cardsort.analysis.result import Zone
from cardsort.domain.ballots import Group
from cardsort.language import _
from cardsort.paper.kit import fonts, style, text
from cardsort.paper.kit.layout import diamond
from cardsort.paper.kit.style import INK, MUTED
from cardsort.story import words
from cardsort.story.charts.labels import Box
from cardsort.story.charts.map import AXES, Map, Spot, hairline, place_labels

TICK_ROOM, NAME_ROOM = 16.0, 15.0
NAMED_MARK, QUIET_MARK = 3.6, 2.2  # half a mark's width
SMALL = 7.5
AXIS, NAME_GAP = 8.5, 8.0  # letters of what an axis says, and at least so much beside it
NAMED, COUNTED = style.style(8, 8, fonts.SEMIBOLD, INK), style.style(7, 7, colour=MUTED)


class MapChart(Flowable):
    """The map as high as that, at most."""

    def __init__(self, chart: Map, height: float) -> None:
        super().__init__()
        self.chart, self.most = chart, height

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: ARG002, N803 - reportlab's names
        self.side = min(aW - TICK_ROOM, self.most - TICK_ROOM - 2 * NAME_ROOM)
        self.width, self.height = self.side + TICK_ROOM, self.side + TICK_ROOM + 2 * NAME_ROOM
        return self.width, self.height

    def draw(self) -> None:
        canvas: Any = self.canv
        canvas.saveState()
        self._draw_quarters(canvas)
        canvas.translate(TICK_ROOM, NAME_ROOM + TICK_ROOM)
        self._draw_frame(canvas)
        for spot in self.chart.spots:
            self._draw_whiskers(canvas, spot)
        for spot in reversed(self.chart.spots):
            diamond(canvas, self._place(spot), _reach(spot), hollow=spot.hollow)
        self._draw_labels(canvas)
        canvas.restoreState()

    def _place(self, spot: Spot) -> tuple[float, float]:
        return spot.x * self.side, spot.y * self.side

    def _draw_frame(self, canvas: Any) -> None:
        canvas.setStrokeColor(style.EDGE)
        canvas.setLineWidth(style.HAIR)
        canvas.rect(0, 0, self.side, self.side, stroke=1, fill=0)
        canvas.setDash(1.5, 2.5)
        edge = self.chart.edge * self.side
        canvas.line(edge, 0, edge, self.side)
        canvas.line(0, edge, self.side, edge)
        canvas.setDash()
        look = style.style(SMALL, SMALL, colour=MUTED)
        for tick, share in self.chart.ticks:
            text.draw(canvas, (share * self.side, -10), str(tick), look, "middle")
            text.draw(canvas, (-4, share * self.side - 2.6), str(tick), look, "right")

    def _draw_quarters(self, canvas: Any) -> None:
        """The quarters' names in the corners, and between them what is higher in that direction."""
        look = style.style(9.5, 9.5, fonts.SEMIBOLD)
        for left, right, group, y in (
            (Zone.BLIND_SPOT, Zone.SHARED_PAIN, Group.CUSTOMERS, self.height - NAME_ROOM + 5),
            (Zone.QUIET, Zone.FALSE_ALARM, Group.IT, 3),
        ):
            names = [_(words.ZONE_TITLES[zone]) for zone in (left, right)]
            text.draw(canvas, (TICK_ROOM, y), names[0], look)
            text.draw(canvas, (self.width, y), names[1], look, "right")
            low, high = (text.width(name, look.fontName, look.fontSize) + NAME_GAP for name in names)
            self._draw_between(canvas, group, (TICK_ROOM + low, self.width - high), y)

    def _draw_between(self, canvas: Any, group: Group, ends: tuple[float, float], y: float) -> None:
        """In the middle of the map where the names leave that free, else in the middle of what they leave."""
        said, room = _(AXES[group]), ends[1] - ends[0]
        wide = text.width(said, fonts.REGULAR, AXIS)
        size = AXIS * min(1.0, room / wide)
        half = size / AXIS * wide / 2
        middle = min(max(TICK_ROOM + self.side / 2, ends[0] + half), ends[1] - half)
        text.draw(canvas, (middle, y), said, style.style(size, size, colour=style.COLOURS[group]), "middle")

    def _draw_whiskers(self, canvas: Any, spot: Spot) -> None:
        canvas.setStrokeColor(style.EDGE if spot.named else style.LINE)
        canvas.setLineWidth(style.HAIR)
        for line in spot.whiskers:
            canvas.line(*(self.side * end for end in line))

    def _draw_labels(self, canvas: Any) -> None:
        for spot, box in place_labels(self.chart, self.side, _size_of, _reach):
            self._lead(canvas, self._place(spot), box)
            text.draw(canvas, (box[0], box[1] + 2), spot.label, _look(spot))

    def _lead(self, canvas: Any, spot: tuple[float, float], box: Box) -> None:
        """A hairline from a mark to a label that stands away from it."""
        if near := hairline(spot, box):
            canvas.setStrokeColor(style.EDGE)
            canvas.setLineWidth(style.HAIR)
            canvas.line(*spot, *near)


def _look(spot: Spot) -> ParagraphStyle:
    return NAMED if spot.named else COUNTED


def _reach(spot: Spot) -> float:
    return NAMED_MARK if spot.named else QUIET_MARK


def _size_of(spot: Spot) -> tuple[float, float]:
    look = _look(spot)
    return text.width(spot.label, look.fontName, look.fontSize), look.fontSize + 1
