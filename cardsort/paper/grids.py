"""Tables on paper: each column as wide as what it says needs, numbers flush right, the head repeated on each page."""

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Table, TableStyle

from cardsort.domain.cards import Card
from cardsort.paper.dumbbell import PairChart
from cardsort.paper.kit import fonts, prose, style, text
from cardsort.paper.kit.style import COLOURS, INK, LINE, MUTED, SIGNS
from cardsort.paper.kit.tags import TableTags
from cardsort.paper.lines import parts_of
from cardsort.story.blocks import Agreed, Cell, Grid, Head, Told, Tone

SIZE, LEADING = 9.0, 11.0
SMALLER = 8.0  # letters of a table with many columns of numbers
AT_ONCE = 7  # lists beside one another
ROOMY = 5  # columns of places; more are set smaller
NAMES = 0.38  # share of the width for the first column, at least
PICTURE = 0.24  # share of the width for a column of pictures
WORD = 88.0  # a longer word is divided
PADDING = 8.0
SHARES = (0.25, 0.33, 0.13, 0.15, 0.14)  # of the agenda's columns
BLANK = 62.0  # height of a row to fill in
HEAD_LINES = 4.2
SHADES = {2: "#6B2708", 1: "#F3DCCF"}  # the first places, and the rest of the top
INKS = {2: "#FFFFFF", 1: INK, 0: "#8C8A82"}
Command = tuple[object, ...]


_OWN_FONT: Command = ("FONTNAME", (0, 0), (-1, -1), fonts.REGULAR)  # also of empty cells, else a file names Helvetica


def table(
    rows: Sequence[list[Any]], widths: Sequence[float], commands: list[Command], tags: TableTags, **more: Any
) -> Table:
    """A table with its tags, its head repeated on each page."""
    return Table(
        rows,
        widths,
        repeatRows=1 if tags.head else 0,
        style=TableStyle([_painted(command) for command in (_OWN_FONT, *commands)]),  # type: ignore[misc] # the stubs list each command's shape
        hAlign="LEFT",
        renderCB=tags,
        **more,
    )


def set_grid(grid: Grid, width: float) -> list[Table]:
    """The table; more lists than can be read beside one another take several."""
    places = range(1, len(grid.heads))
    shaded = any(cell.level is not None for row in grid.rows for cell in row)
    each = ceil(len(places) / ceil(len(places) / AT_ONCE)) if shaded else len(places)
    parts = [[0, *places[start : start + each]] for start in range(0, len(places), each)]
    return [_Columns(grid, part, width, even=shaded).table() for part in parts]


class _Columns:
    """Some of a grid's columns, on their way to a table."""

    def __init__(self, grid: Grid, part: list[int], width: float, *, even: bool) -> None:
        self.grid, self.width, self.even = grid, width, even
        self.heads = [grid.heads[at] for at in part]
        self.rows = [[row[at] for at in part] for row in grid.rows]
        self.size = SIZE
        numbers = sum(self._natural(at) for at, head in enumerate(self.heads) if head.number)
        if grid.every or numbers > width * (1 - NAMES) or (even and len(part) > ROOMY):
            self.size = SMALLER

    def table(self) -> Table:
        split, look = self.grid.register, [*plain(len(self.heads)), *self._commands()]
        widths = self._widths()
        rows: list[list[Any]] = [[_head(head, room - PADDING) for head, room in zip(self.heads, widths, strict=True)]]
        rows += [[self._set(cell, head) for cell, head in zip(row, self.heads, strict=True)] for row in self.rows]
        if split:
            codes = [row[0].lines[0][0] for row in self.rows]
            rows = [[code, *row] for code, row in zip(["", *map(_code, codes)], rows, strict=True)]
            room = max((text.width(_code(code), fonts.SEMIBOLD, self.size) for code in codes), default=0) + PADDING / 2
            widths = [room, widths[0] - room, *widths[1:]]
            look = [*plain(len(widths)), *self._commands(1), *self._codes(codes)]
        return table(rows, widths, look, TableTags(naming=int(split), of_cards=split))

    def _codes(self, codes: Sequence[Any]) -> list[Command]:
        paints = [("TEXTCOLOR", (0, row), (0, row), style.suit_colour(card.suit)) for row, card in enumerate(codes, 1)]
        return [("FONT", (0, 1), (0, -1), fonts.SEMIBOLD, self.size, self.size + 2), *paints]

    def _widths(self) -> list[float]:
        """Numbers take what they need; what is left is shared by the columns of words."""
        natural = [self._natural(at) for at in range(len(self.heads))]
        if self.even:
            share = self.width * (1 - NAMES) / max(1, len(natural) - 1)
            heads = (self._least_head(at) + PADDING for at in range(1, len(natural)))
            room = min(max(natural[1:]), max(share, *heads))
            natural = [natural[0], *[room] * (len(natural) - 1)]
        spare = self.width - sum(natural)
        if spare >= 0:
            fixed = [head.number or (self.even and at > 0) for at, head in enumerate(self.heads)]
            said = sum(room for room, number in zip(natural, fixed, strict=True) if not number)
            return [room * (1 if number else 1 + spare / said) for room, number in zip(natural, fixed, strict=True)]
        return self._narrowed(natural)

    def _narrowed(self, natural: list[float]) -> list[float]:
        """Columns of words give up in proportion to what they have beyond their longest word."""
        least = [self._least(at, room) for at, room in enumerate(natural)]
        give = sum(natural) - sum(least)
        part = max(0.0, (self.width - sum(least)) / give) if give else 0.0
        widths = [low + (room - low) * part for low, room in zip(least, natural, strict=True)]
        return [room * min(1.0, self.width / sum(widths)) for room in widths]

    def _natural(self, at: int) -> float:
        if any(row[at].pair for row in self.rows):
            return self.width * PICTURE
        lines = [_words(line) for row in self.rows for line in row[at].lines]
        said = max((text.width(line, fonts.SEMIBOLD, self.size) for line in dict.fromkeys(lines)), default=0.0)
        return max(said, self._least_head(at), self._short_head(at)) + PADDING

    def _least_head(self, at: int) -> float:
        head = self.heads[at]
        return max(_longest(_named(head), 8.0), _longest(head.more, 7.0)) + 1

    def _short_head(self, at: int) -> float:
        """A head of a few words stands in one line, but over numbers."""
        head = self.heads[at]
        return 0.0 if head.number or self.even else min(WORD, text.width(_named(head), fonts.SEMIBOLD, 8) + 1)

    def _least(self, at: int, natural: float) -> float:
        if at and (self.heads[at].number or self.even or any(row[at].pair for row in self.rows)):
            return natural
        lines = dict.fromkeys(_words(line) for row in self.rows for line in row[at].lines)
        return min(natural, max(self._least_head(at), *(_longest(line, self.size) for line in lines), 0.0) + PADDING)

    def _set(self, cell: Cell, head: Head) -> Any:
        if cell.pair:
            return PairChart(cell.pair, self.size)
        if not cell.lines:
            return ""
        told = cell.lines[0][0]
        if isinstance(told, Told) and (head.number or cell.level is not None):
            return told.text
        look = style.style(self.size, self.size * LEADING / SIZE)
        if self.grid.register and isinstance(told, Card):
            return prose.say(told.title, look)
        face = fonts.SEMIBOLD if self.size == SIZE else fonts.REGULAR
        return [prose.rich(parts_of(line, signs=False, face=face), look) for line in cell.lines]

    def _commands(self, first: int = 0) -> Iterator[Command]:
        """The look of the cells; `first` = the number of the column that names the rows."""
        yield ("FONT", (0, 1), (-1, -1), fonts.REGULAR, self.size, self.size * LEADING / SIZE)
        yield ("TEXTCOLOR", (0, 1), (-1, -1), INK)
        if self.size < SIZE:
            above, below = (0.2, 0.9) if self.grid.every else (0.6, 1.4)
            yield from (("TOPPADDING", (0, 1), (-1, -1), above), ("BOTTOMPADDING", (0, 1), (-1, -1), below))
        for at, head in enumerate(self.heads, first):
            if head.number:
                yield ("ALIGN", (at, 0), (at, -1), "RIGHT")
        for number, row in enumerate(self.rows, 1):
            for at, cell in enumerate(row, first):
                yield from self._look(cell, (at, number))
        if 0 < self.grid.edge < len(self.rows):
            colour = COLOURS[self.grid.group] if self.grid.group else LINE
            yield ("LINEBELOW", (0, self.grid.edge), (-1, self.grid.edge), style.FINE, colour)

    def _look(self, cell: Cell, at: tuple[int, int]) -> Iterator[Command]:
        told = cell.lines[0][0] if cell.lines else None
        if cell.level or (isinstance(told, Told) and told.tone is Tone.STRONG):
            yield ("FONT", at, at, fonts.SEMIBOLD, self.size, self.size * LEADING / SIZE)
        if cell.level is not None:
            yield ("TEXTCOLOR", at, at, INKS[cell.level])
        if cell.level:
            yield ("BACKGROUND", at, at, SHADES[cell.level])


def agenda_table(block: Agreed, blank: int, width: float) -> Table:
    """What was agreed, and rows to fill in by pen."""
    plainly, quiet = style.style(9.5, 12), style.style(9, 11.5, colour=MUTED)
    rows: list[list[Any]] = [[_lines(cell, plainly) for cell in row] for row in block.rows]
    empty: list[list[Any]] = [["", "", "", "", prose.say(block.choice, quiet)] for _ in range(blank)]
    heads = [_head(head, part * width - PADDING) for head, part in zip(block.heads, SHARES, strict=True)]
    heights = [
        None,
        *(None if any(cell.lines for cell in row[1:-1]) else BLANK for row in block.rows),
        *[BLANK] * blank,
    ]
    between: list[Command] = [
        ("LINEAFTER", (0, 0), (-2, -1), style.HAIR, LINE),
        ("LEFTPADDING", (1, 0), (-1, -1), 6),
    ]
    widths = [part * width for part in SHARES]
    return table(
        [heads, *rows, *empty], widths, [*plain(len(SHARES)), *between], TableTags(naming=0), rowHeights=heights
    )


def _lines(cell: Cell, look: ParagraphStyle) -> list[Flowable]:
    return [prose.rich(parts_of(line), look) for line in cell.lines]


def small_print(rows: Sequence[tuple[str, str]], width: float) -> Table:
    """Two columns of small print: what, and its value; the first heads the row."""
    name = style.style(8, 10.5, fonts.SEMIBOLD, MUTED)
    data = [[prose.say(what, name), prose.say(value, style.SMALL)] for what, value in rows]
    commands: list[Command] = [*plain(2), ("LINEBELOW", (0, 0), (-1, 0), style.HAIR, LINE)]
    return table(data, (width * 0.4, width * 0.6), commands, TableTags(naming=0, head=0))


def _code(card: Any) -> str:
    return text.clean(card.code)


def _words(line: Sequence[Told | Card]) -> str:
    return "".join(f"{span.code} {span.title}" if isinstance(span, Card) else span.text for span in line)


def _longest(said: str, size: float) -> float:
    """Width of the longest word; a very long one is divided."""
    return min(WORD, max((text.width(word, fonts.SEMIBOLD, size) for word in said.split(" ")), default=0.0))


def _named(head: Head) -> str:
    return f"{SIGNS[head.group]}\xa0{head.words}" if head.group else head.words


def _head(head: Head, room: float) -> list[Flowable]:
    colour = COLOURS[head.group] if head.group else MUTED
    look = style.style(8, 9.5, fonts.SEMIBOLD, colour, right=head.number)
    lines: list[Flowable] = [prose.within_height(_named(head), look, max(room, 10.0), HEAD_LINES * look.leading)]
    return [*lines, *([prose.say(head.more, style.style(7, 8.5, colour=MUTED))] if head.more else [])]


def _painted(command: Command) -> Command:
    return tuple(style.paint(value) if isinstance(value, str) and value.startswith("#") else value for value in command)


def plain(columns: int) -> list[Command]:
    """The look of an ordinary table: flush with the text, hairlines between its rows."""
    return [
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("VALIGN", (0, 1), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), PADDING / 2),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), PADDING / 2),
        ("TOPPADDING", (0, 0), (-1, -1), 1.8),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.6),
        ("LINEBELOW", (0, 1), (columns - 1, -1), style.HAIR, LINE),
        ("LINEBELOW", (0, 0), (columns - 1, 0), style.FINE, INK),
    ]
