"""The slope chart: IT's list at the left, the customers' at the right, a line for each card between its two places.

Cards below the cut of a list stand in one block at its foot; a large tie over the cut becomes one row.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from reportlab.platypus import Flowable, Paragraph

from cardsort.analysis.result import CardGap, ConsensusList, Label, Position
from cardsort.domain.cards import Deck
from cardsort.paper.kit import fonts, prose, style, text
from cardsort.paper.kit.layout import UNBOUND, mark
from cardsort.paper.kit.style import CUSTOMERS, IT, MUTED
from cardsort.story import words

TIE_ROOM = 2  # so many rows more than the top may stand singly when the cut is tied
BETWEEN = 0.24  # share of the width for the lines
SIGN_ROOM = 9.0
NUMBER_GAP = 7.0


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list: a card, or several that share a block of places."""

    codes: tuple[str, ...]
    position: Position


@dataclass(frozen=True, slots=True)
class Side:
    """A list as drawn: `rows` within the top, `outside` what the other list has in its top, by tie block."""

    rows: tuple[Row, ...]
    outside: tuple[Row, ...]

    def row_of(self, code: str) -> Row | None:
        """Where that card's line ends."""
        return next((row for row in (*self.rows, *self.outside) if code in row.codes), None)


def two_sides(predicted: ConsensusList | None, actual: ConsensusList | None, top: int) -> tuple[Side, Side]:
    """Both lists as drawn; a list that is not shown has no rows."""
    left, right = _top_rows(predicted, top), _top_rows(actual, top)
    named = [row.codes[0] for row in (*left, *right) if len(row.codes) == 1]
    return Side(left, _outside(predicted, left, named)), Side(right, _outside(actual, right, named))


def _top_rows(found: ConsensusList | None, top: int) -> tuple[Row, ...]:
    if found is None:
        return ()
    codes = found.top(top)
    tied = tuple(code for code in codes if found.cards[code].position.high > top)
    single = codes if len(codes) <= top + TIE_ROOM else tuple(code for code in codes if code not in tied)
    rows = [Row((code,), found.cards[code].position) for code in single]
    return tuple(rows if single == codes else [*rows, Row(tied, found.cards[tied[0]].position)])


def _outside(found: ConsensusList | None, rows: tuple[Row, ...], named: Iterable[str]) -> tuple[Row, ...]:
    if found is None:
        return ()
    inside = {code for row in rows for code in row.codes}
    blocks: dict[Position, list[str]] = {}
    for code in dict.fromkeys(named):
        if code not in inside:
            blocks.setdefault(found.cards[code].position, []).append(code)
    return tuple(Row(tuple(blocks[position]), position) for position in sorted(blocks))


def describe(deck: Deck, sides: tuple[Side, Side], notes: tuple[str, str], top: int) -> str:
    """The chart in words, for those who cannot see it."""
    left, right = (note or _listed(deck, side, top) for note, side in zip(notes, sides, strict=True))
    return f"What IT thought: {left} What customers chose: {right}"


def _listed(deck: Deck, side: Side, top: int) -> str:
    shown = "; ".join(f"{words.place(row.position)} {_title(deck, row)}" for row in side.rows)
    below = "; ".join(f"{words.place(row.position)} {', '.join(row.codes)}" for row in side.outside)
    return f"{shown}." + (f" Outside the {words.top(top)}: {below}." if below else "")


def _title(deck: Deck, row: Row) -> str:
    if len(row.codes) == 1:
        return deck[row.codes[0]].title
    return f"{words.cards(len(row.codes))} share these places"


class Slope(Flowable):
    """The chart as a flowable of its natural height; `size` of its labels in points, `air` between its rows.

    `most` lines of a title are shown; None = all. `notes` say why a side is empty.
    """

    def __init__(
        self,
        deck: Deck,
        sides: tuple[Side, Side],
        notes: tuple[str, str],
        gaps: dict[str, CardGap],
        top: int,
        *,
        size: float,
        air: float,
        most: int | None = None,
    ) -> None:
        super().__init__()
        self.deck, self.sides, self.notes, self.gaps, self.top = deck, sides, notes, gaps, top
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
        self._explained = [self._explanation(note, right) for right, note in enumerate(self.notes)]
        self.height = max(lists, *(note.height for note in self._explained))
        return self.width, self.height

    def _number_room(self, side: Side, *, inside: bool) -> float:
        """Width of the widest place of the rows inside or outside the top."""
        rows, size = (side.rows, self.size) if inside else (side.outside, self.small)
        widths = [text.width(words.place(row.position), fonts.SEMIBOLD, size) for row in rows]
        return max(widths, default=0.0)

    def _label_room(self, side: Side, *, inside: bool) -> float:
        return self.width * (1 - BETWEEN) / 2 - SIGN_ROOM - self._number_room(side, inside=inside) - NUMBER_GAP

    def _labels(self, side: Side, right: int) -> dict[Row, Paragraph]:
        labels: dict[Row, Paragraph] = {}
        for row in side.rows:
            labels[row] = self._label(row, right, self._label_room(side, inside=True))
        for row in side.outside:
            look = style.style(self.small, self.small + 2, colour=MUTED, right=not right)
            labels[row] = prose.rich(self._codes(row), look)
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
        title = _title(self.deck, row)
        if len(row.codes) > 1:
            return prose.rich([(title, fonts.ITALIC, MUTED)], look)
        if self.most is not None:
            return prose.within_height(title, look, room, self.most * leading + 0.1)
        return prose.rich([*self._codes(row), (f" {title}", fonts.REGULAR, None)], look)

    def _codes(self, row: Row) -> list[prose.Part]:
        parts: list[prose.Part] = []
        for code in row.codes:
            parts += [(", ", fonts.REGULAR, None)] if parts else []
            parts.append((code, fonts.SEMIBOLD, self._suit(code)))
        return parts

    def _suit(self, code: str) -> str:
        return style.suit_colour(self.deck[code].suit)

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
        text.draw(canvas, (spot[0], spot[1] - size * 0.33), words.place(row.position), look, "right")

    def _draw_cut(self, canvas: Any, right: int) -> None:
        y = self.height - self._cut
        x = self._x(right)
        canvas.setStrokeColor(style.LINE)
        canvas.setLineWidth(style.FINE)
        canvas.line(x, y, self.width if right else 0, y)
        look = style.style(self.small, self.small, fonts.ITALIC, MUTED)
        spot = (x + (SIGN_ROOM if right else -SIGN_ROOM), y - self.small - 2.5)
        text.draw(canvas, spot, f"outside the {words.top(self.top)}", look, "left" if right else "right")

    def _draw_lines(self, canvas: Any) -> None:
        drawn = [row.codes[0] for side in self.sides for row in side.rows if len(row.codes) == 1]
        for code in dict.fromkeys(drawn):
            ends = [side.row_of(code) for side in self.sides]
            if ends[0] is not None and ends[1] is not None:
                self._pen(canvas, self.gaps.get(code))
                canvas.line(self._x(0) + 6, self._y(0, ends[0]), self._x(1) - 6, self._y(1, ends[1]))
        canvas.setDash()

    def _pen(self, canvas: Any, gap: CardGap | None) -> None:
        size = gap.gap if gap else 0
        canvas.setStrokeColor(CUSTOMERS if size > 0 else IT if size < 0 else MUTED)
        canvas.setDash(*([style.DASH] if size < 0 else []))
        canvas.setLineWidth(style.FIRM if gap and gap.label is Label.CLEAR else style.FINE)


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
