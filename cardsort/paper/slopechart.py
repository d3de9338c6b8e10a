"""The slope chart on paper: rows as high as their titles, the same at both sides, and the lines between them."""

from typing import Any

from reportlab.platypus import Flowable, Paragraph

from cardsort.paper.kit import fonts, prose, style, text
from cardsort.paper.kit.layout import UNBOUND, mark
from cardsort.paper.kit.style import CUSTOMERS, IT, MUTED
from cardsort.story.charts.slope import Line, Row, Side, Slope

BETWEEN = 0.24  # share of the width for the lines
SIGN_ROOM = 9.0
NUMBER_GAP = 7.0
PENS = {"up": CUSTOMERS, "down": IT, "same": MUTED}


class SlopeChart(Flowable):
    """The chart as a flowable of its natural height; `size` of its labels in points, `air` between its rows.

    `most` lines of a title are shown; None = all.
    """

    def __init__(
        self,
        chart: Slope,
        *,
        size: float,
        air: float,
        most: int | None = None,
    ) -> None:
        super().__init__()
        self.chart, self.sides = chart, chart.sides
        self.size, self.air, self.most = size, air, most
        self.small = max(7.0, size - 1.5)

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: ARG002, N803 - reportlab's names
        self.width = aW
        self.labels: list[dict[Row, Paragraph]] = [self._labels(side, right) for right, side in enumerate(self.sides)]
        inside = _heights([side.rows for side in self.sides], self.labels, self.air)
        inside = [max(inside, default=0)] * len(inside)  # an even pitch
        below = _heights([side.outside for side in self.sides], self.labels, 2.0)
        self._cut = sum(inside) + 3
        caption = self.small + 5 if below else 0
        middles = (_middles(inside, 0), _middles(below, self._cut + caption + 2))
        self._depths = [
            dict([*zip(side.rows, middles[0], strict=False), *zip(side.outside, middles[1], strict=False)])
            for side in self.sides
        ]
        lists = self._cut + (caption + 2 + sum(below) + 2 if below else 0)
        self._explained = [self._explanation(side.note, right) for right, side in enumerate(self.sides)]
        self.height = max(lists, *(note.height for note in self._explained))
        return self.width, self.height

    def _number_room(self, side: Side, *, inside: bool) -> float:
        """Width of the widest place of the rows inside or outside the top."""
        rows, size = (side.rows, self.size) if inside else (side.outside, self.small)
        widths = [text.width(row.place, fonts.SEMIBOLD, size) for row in rows]
        return max(widths, default=0.0)

    def _label_room(self, side: Side, *, inside: bool) -> float:
        return self.width * (1 - BETWEEN) / 2 - SIGN_ROOM - self._number_room(side, inside=inside) - NUMBER_GAP

    def _labels(self, side: Side, right: int) -> dict[Row, Paragraph]:
        labels: dict[Row, Paragraph] = {}
        for row in side.rows:
            labels[row] = self._label(row, right, self._label_room(side, inside=True))
        for row in side.outside:
            look = style.style(self.small, self.small + 2, colour=MUTED, right=not right)
            labels[row] = prose.rich([*_codes(row), (" ", fonts.REGULAR, None), (row.said, fonts.REGULAR, None)], look)
        for row, label in labels.items():
            label.wrap(self._label_room(side, inside=row in side.rows), UNBOUND)
        return labels

    def _explanation(self, note: str, right: int) -> Paragraph:
        explained = prose.say(note, style.style(9.5, 13, colour=MUTED, right=not right))
        prose.narrowed(explained, self.width * (1 - BETWEEN) / 2)
        return explained

    def _label(self, row: Row, right: int, room: float) -> Paragraph:
        leading = self.size * 1.2
        look = style.style(self.size, leading, right=not right)
        if not row.card:
            return prose.rich([(row.said, fonts.ITALIC, MUTED)], look)
        if self.most is not None:
            return prose.within_height(row.said, look, room, self.most * leading + 0.1)
        return prose.rich([*_codes(row), (" ", fonts.REGULAR, None), (row.said, fonts.REGULAR, None)], look)

    def draw(self) -> None:
        canvas: Any = self.canv
        canvas.saveState()
        self._draw_lines(canvas)
        for right, side in enumerate(self.sides):
            self._draw_side(canvas, side, right)
        canvas.restoreState()

    def _x(self, right: int) -> float:
        return self.width * (1 + (BETWEEN if right else -BETWEEN)) / 2

    def _y(self, right: int, row: Row) -> float:
        return self.height - self._depths[right][row]

    def _draw_side(self, canvas: Any, side: Side, right: int) -> None:
        away = 1 if right else -1
        x = self._x(right)
        note = self._explained[right]
        note.drawOn(canvas, x if right else x - note.width, self.height - note.height)
        if side.outside:
            self._draw_cut(canvas, right)
        for row, label in self.labels[right].items():
            inside = row in side.rows
            y, numbers = self._y(right, row), self._number_room(side, inside=inside)
            mark(canvas, (x, y), it=not right, size=6.0 if inside else 4.0)
            self._draw_number(canvas, row, (x + (SIGN_ROOM + numbers if right else -SIGN_ROOM), y), right=right)
            edge = x + away * (SIGN_ROOM + numbers + NUMBER_GAP)
            taken = prose.narrowed(label, self._label_room(side, inside=inside))
            label.drawOn(canvas, edge if right else edge - taken, y - label.height / 2)

    def _draw_number(self, canvas: Any, row: Row, spot: tuple[float, float], *, right: int) -> None:
        """The place, flush right at the spot."""
        inside = row in self.sides[right].rows
        size = self.size if inside else self.small
        look = style.style(size, size, fonts.SEMIBOLD, (CUSTOMERS if right else IT) if inside else MUTED)
        text.draw(canvas, (spot[0], spot[1] - size * 0.33), row.place, look, "right")

    def _draw_cut(self, canvas: Any, right: int) -> None:
        y = self.height - self._cut
        x = self._x(right)
        canvas.setStrokeColor(style.LINE)
        canvas.setLineWidth(style.FINE)
        canvas.line(x, y, self.width if right else 0, y)
        look = style.style(self.small, self.small, fonts.ITALIC, MUTED)
        spot = (x + (SIGN_ROOM if right else -SIGN_ROOM), y - self.small - 2.5)
        text.draw(canvas, spot, self.chart.cut, look, "left" if right else "right")

    def _draw_lines(self, canvas: Any) -> None:
        for line in self.chart.lines:
            self._pen(canvas, line)
            ends = [
                (*side.rows, *side.outside)[at] for side, at in zip(self.sides, (line.it, line.customers), strict=True)
            ]
            canvas.line(self._x(0) + 6, self._y(0, ends[0]), self._x(1) - 6, self._y(1, ends[1]))
        canvas.setDash()

    def _pen(self, canvas: Any, line: Line) -> None:
        canvas.setStrokeColor(PENS[line.direction])
        canvas.setDash(*([style.DASH] if line.direction == "down" else []))
        canvas.setLineWidth(style.FIRM if line.clear else style.FINE)


def _codes(row: Row) -> list[prose.Part]:
    parts: list[prose.Part] = []
    for card in row.cards:
        parts += [(", ", fonts.REGULAR, None)] if parts else []
        parts.append((card.code, fonts.SEMIBOLD, style.suit_colour(card.suit)))
    return parts


def _heights(columns: list[tuple[Row, ...]], labels: list[dict[Row, Paragraph]], air: float) -> list[float]:
    """Height of each row, the same at both sides, so that equal places are level."""
    count = max(len(rows) for rows in columns)
    return [
        max(labels[side][rows[number]].height for side, rows in enumerate(columns) if number < len(rows)) + air
        for number in range(count)
    ]


def _middles(heights: list[float], start: float) -> list[float]:
    """How far the middle of each row is below the chart's upper edge."""
    middles = []
    for height in heights:
        middles.append(start + height / 2)
        start += height
    return middles
