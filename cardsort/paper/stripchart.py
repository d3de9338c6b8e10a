"""The strip of shares and the three marks on paper."""

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import Flowable, Paragraph

from cardsort.domain.ballots import Group
from cardsort.language import _
from cardsort.paper.kit import fonts, prose, style, text
from cardsort.paper.kit.layout import UNBOUND, mark
from cardsort.paper.kit.style import COLOURS, INK, LINE, MUTED, SIGNS
from cardsort.paper.lines import index_and_title
from cardsort.story.charts.marks import Marks, Named
from cardsort.story.charts.strip import GROUPS, Part, Row, Strip

PICTURE, NUMBERS, PLACES = 0.22, 0.10, 0.06  # shares of the width: the picture, each column of shares, of places
APART = 2.2  # from a row's middle to a group's range
MARKS_HEIGHT, SIDES = 46.0, 8.0
ROOM = 60.0  # between a mark and an end of its line, for both to be named
BESIDE = 12.0  # between the words of two marks
PLACE_GAP = 4.0  # at least, between a share and the place beside it


class StripChart(Flowable):
    """Some rows, a line each: the card, a number and a mark with its range from none to all for each of the groups."""

    def __init__(
        self,
        rows: Sequence[Row],
        groups: Sequence[Group] = GROUPS,
        *,
        size: float,
        air: float,
        heads: bool,
        large: bool,
        most: int | None = None,
    ) -> None:
        super().__init__()
        self.groups = groups
        self.rows, self.size, self.air, self.large, self.most = rows, size, air, large, most
        self.head = 12.0 if heads else 0.0

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: ARG002, N803 - reportlab's names
        self.width = aW
        room = aW * (1 - PICTURE - len(self.groups) * (NUMBERS + PLACES)) - 8
        self.labels = [self._label(row, room) for row in self.rows]
        self.heights = [label.wrap(room, UNBOUND)[1] + self.air for label in self.labels]
        self.height = self.head + sum(self.heights)
        self.places = self._places_size(aW * PLACES - PLACE_GAP)
        return aW, self.height

    def _places_size(self, room: float) -> float:
        """The letters of places: as large as the others, but that the longest block of places stays in its column."""
        places = [part.place for row in self.rows for part in (row.customers, row.it) if part]
        widest = max((text.width(place, fonts.REGULAR, self.size) for place in places), default=0.0)
        return self.size * min(1.0, room / widest) if widest else self.size

    def _label(self, row: Row, room: float) -> Paragraph:
        look = style.style(self.size, self.size * 1.18)
        if self.most is not None:
            said = f"{row.card.code} {row.card.title}"
            return prose.within_height(said, look, room, self.most * look.leading + 0.1)
        return prose.rich(index_and_title(row.card, fonts.SEMIBOLD if self.large else fonts.REGULAR), look)

    def draw(self) -> None:
        canvas: Any = self.canv
        canvas.saveState()
        if self.head:
            self._draw_heads(canvas)
        top = self.height - self.head
        for row, label, height in zip(self.rows, self.labels, self.heights, strict=True):
            label.drawOn(canvas, 0, top - height / 2 - label.height / 2)
            self._draw_row(canvas, row, top - height / 2)
            top -= height
        canvas.restoreState()

    def _draw_heads(self, canvas: Any) -> None:
        y = self.height - 8
        for group, x in zip(self.groups, self._columns(), strict=True):
            look = style.style(7.5, 8, fonts.SEMIBOLD, COLOURS[group])
            text.draw(canvas, (x, y), f"{SIGNS[group]} {_(Strip.heads[group])}", look, "right")
            text.draw(canvas, (x + self.width * PLACES, y), _(Strip.heads["place"]), look, "right")

    def _columns(self) -> list[float]:
        """The right edges of the groups' shares; the places stand beside them."""
        edge, apart = self.width * (1 - PICTURE - PLACES) - 10, self.width * (NUMBERS + PLACES)
        return [edge - place * apart for place in reversed(range(len(self.groups)))]

    def _along(self, share: float) -> float:
        start = self.width * (1 - PICTURE) + 6
        return start + (self.width - 6 - start) * share

    def _draw_row(self, canvas: Any, row: Row, y: float) -> None:
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(style.HAIR)
        canvas.line(self._along(0), y, self._along(1), y)
        parts = [(group, row.it if group is Group.IT else row.customers) for group in self.groups]
        shown = [(group, part) for group, part in parts if part]
        for (group, part), x in zip(parts, self._columns(), strict=True):
            if part:
                look = style.style(self.size, self.size, fonts.SEMIBOLD, COLOURS[group])
                text.draw(canvas, (x, y - self.size * 0.33), part.shown, look, "right")
                look = style.style(self.places, self.places, fonts.REGULAR, COLOURS[group])
                text.draw(canvas, (x + self.width * PLACES, y - self.size * 0.33), part.place, look, "right")
        if self.large and len(shown) == len(Group):
            canvas.setStrokeColor(INK)
            canvas.setLineWidth(2.2)
            canvas.line(*(end for _group, part in shown for end in (self._along(part.value), y)))
        for group, part in shown:
            self._draw_part(canvas, group, part, y)

    def _draw_part(self, canvas: Any, group: Group, part: Part, y: float) -> None:
        it = group is Group.IT
        level = y - APART if it else y + APART
        canvas.setStrokeColor(COLOURS[group])
        canvas.setLineWidth(style.HAIR)
        canvas.setDash(*([(2, 1.4)] if it else []))
        canvas.line(self._along(part.low), level, self._along(part.high), level)
        canvas.setDash()
        mark(canvas, (self._along(part.value), y), it=it, size=6.4 if self.large else 4.6)


class MarksLine(Flowable):
    """A line from no card to all of them, and on it the three marks, with what each is."""

    def __init__(self, chart: Marks) -> None:
        super().__init__()
        self.chart = chart

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: ARG002, N803 - reportlab's names
        self.width, self.height = aW, MARKS_HEIGHT
        return self.width, self.height

    def _along(self, share: float) -> float:
        return SIDES + (self.width - 2 * SIDES) * share

    def draw(self) -> None:
        canvas: Any = self.canv
        canvas.saveState()
        y = MARKS_HEIGHT / 2
        canvas.setStrokeColor(MUTED)
        canvas.setLineWidth(style.FINE)
        canvas.line(self._along(0), y, self._along(1), y)
        canvas.setLineWidth(style.HAIR)
        for count in range(self.chart.size + 1):
            x = self._along(count / self.chart.size)
            canvas.line(x, y - 2, x, y + 2)
        self._draw_ends(canvas, y)
        above = [named for named in self.chart.named if named.group is Group.IT]
        below = [named for named in self.chart.named if named not in above]
        middles = dict(zip((*above, *below), (*self._middles(above), *self._middles(below)), strict=True))
        for named in self.chart.named:
            self._draw_mark(canvas, named, y, middles[named])
        canvas.restoreState()

    def _draw_ends(self, canvas: Any, y: float) -> None:
        for count, x in ((0, SIDES), (self.chart.size, self.width - SIDES)):
            if all(abs(self._along(named.at) - x) > ROOM for named in self.chart.named):
                text.draw(canvas, (x, y + 9), str(count), style.style(8, 9, colour=MUTED), "middle")

    def _middles(self, lane: list[Named]) -> list[float]:
        """Where the words of marks on one side of the line are centred: at the mark, but beside each other."""
        halves = [text.width(_words(named), fonts.SEMIBOLD, 9.5) / 2 for named in lane]
        middles: list[float] = []
        for named, half in zip(lane, halves, strict=True):
            after = middles[-1] + halves[len(middles) - 1] + BESIDE if middles else 0.0
            middles.append(max(self._along(named.at), after + half))
        room = self.width
        for place in range(len(lane) - 1, -1, -1):
            middles[place] = min(middles[place], room - halves[place])
            room = middles[place] - halves[place] - BESIDE
        return middles

    def _draw_mark(self, canvas: Any, named: Named, y: float, middle: float) -> None:
        """IT's words stand above the line, the others below it; what was expected is dashed."""
        x, it = self._along(named.at), named.group is Group.IT
        if named.group is None:
            canvas.setStrokeColor(INK)
            canvas.setLineWidth(style.FIRM)
            canvas.line(x, y - 5, x, y + 5)
        else:
            mark(canvas, (x, y), it=it, size=8, dashed=named.expected)
        look = style.style(9.5, 10, fonts.SEMIBOLD, COLOURS[named.group] if named.group else MUTED)
        text.draw(canvas, (middle, y + 9 if it else y - 17), _words(named), look, "middle")


def _words(named: Named) -> str:
    return f"{named.shown} {named.words}"
