"""The story's blocks set on paper: one function for each kind, and the rules for what stays together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reportlab.platypus import CondPageBreak, Flowable, Spacer

from cardsort.domain.ballots import Group
from cardsort.domain.cards import Card
from cardsort.language import _
from cardsort.paper.bars import BarChart
from cardsort.paper.cardface import CardFace, cost_of, height_beside, holds_cost
from cardsort.paper.grids import agenda_table, set_grid, small_print
from cardsort.paper.kit import fonts, prose, style
from cardsort.paper.kit.layout import Begin, Columns, Rule, Ruled, Stack, height_of
from cardsort.paper.kit.links import Lead as Named
from cardsort.paper.kit.newspaper import Newspaper
from cardsort.paper.kit.style import COLOURS, GUTTER, MUTED, SIGNS
from cardsort.paper.kit.tags import ITEM, Figure
from cardsort.paper.lines import lead_of, parts_of
from cardsort.paper.mapchart import MapChart
from cardsort.paper.slopechart import BETWEEN, SlopeChart
from cardsort.story.blocks import (
    About,
    Agreed,
    Ask,
    Beside,
    Block,
    Facts,
    Grid,
    Hand,
    Held,
    Lead,
    Line,
    Lines,
    Note,
    Part,
    Title,
    Voices,
)
from cardsort.story.charts.bars import Bars
from cardsort.story.charts.map import Map
from cardsort.story.charts.slope import Side, Slope

READ = 400.0  # a line's greatest length
NARROW = 170.0  # a column below that is set small
ACROSS = 3  # cards side by side
NOTES, PROSE = 0.36, 0.6  # shares of the width: for notes, and for prose beside small print
LINE_STEP = 17.0
BEGIN = 150.0  # enough of something long to begin it below something else
FEW_ROWS = 6  # a table of no more is never divided
WHOLE = 0.45  # a part that takes no more than this share of a page is never divided
TITLE_ROOM = 60.0
ROOMY = ((11.0, 16.0), (10.5, 12.0), (10.0, 9.0), (9.5, 6.0), (9.0, 3.0), (8.0, 1.5), (7.0, 0.5))  # letters, air
VOICES_TITLE = style.style(13, 17, fonts.SEMIBOLD, before=14, after=4)  # may stand apart from all that follows


@dataclass(frozen=True, slots=True)
class Room:
    """Where blocks are set: width and height in points, what a picture may take of it, whether a card's cost stands
    on its face, whether what is set stays with what follows, and whether sentences are set close.
    """

    width: float
    height: float
    picture: float = 0.0
    cost_inside: bool = True
    keep: bool = False
    close: bool = False

    def column(self, count: int) -> "Room":
        """One of so many columns beside one another."""
        return replace(self, width=(self.width - (count - 1) * GUTTER) / count)


def set_part(part: Part, room: Room, *, last: bool = False) -> list[Flowable]:
    """The part with its title; a short one is not divided, a long one is begun where there is room for that. `last`: of
    its page, on which little of it is not to stand alone.
    """
    inside = replace(room, cost_inside=_holds_costs(part, room))
    head = prose.heading(part.title)
    if part.alone:
        return [head, *set_blocks(part.blocks, replace(inside, picture=_spare(part, inside)))]
    told = set_blocks(part.blocks, inside)
    if last and room.height < height_of([head, *told], room.width):
        close = set_blocks(part.blocks, replace(inside, close=True))
        told = close if height_of([head, *close], room.width) <= room.height else told
    height = height_of(told, room.width)
    most = room.height - TITLE_ROOM if any(map(is_whole, part.blocks)) else room.height * WHOLE
    needed = height if height <= most else BEGIN
    whole = head.getSpaceBefore() + height_of([head, *told], room.width) if last else 0.0
    return [Begin(min(needed + TITLE_ROOM, room.height), whole, room.height), head, *told]


def is_whole(block: Block) -> bool:
    """Whether it is not divided where a page holds it: the agenda, and tables of every card."""
    return isinstance(block, Agreed) or (isinstance(block, Grid) and block.every)


def set_blocks(told: Sequence[Block], room: Room) -> list[Flowable]:
    """The blocks below one another; what introduces something stays with it."""
    found: list[Flowable] = []
    section: list[Flowable] = []
    for block, following in zip(told, [*told[1:], None], strict=True):
        if isinstance(block, Title):
            found += _begun(section, room, first=not found)
            section = []
        section += _SETTERS[type(block)](block, replace(room, keep=_introduces(block, following)))
    return [*found, *_begun(section, room, first=not found)]


def _introduces(block: Block, following: Block | None) -> bool:
    """Whether it stays with what follows; tables and voices may be divided, and begin where there is room enough."""
    if following is None or isinstance(following, Grid | Voices):
        return False
    return isinstance(block, Title) or not isinstance(following, Title | Lead)


def _begun(section: list[Flowable], room: Room, *, first: bool) -> list[Flowable]:
    """A title with what belongs to it, begun where there is room for that or for its beginning."""
    if first or not section:
        return section
    return [CondPageBreak(min(BEGIN, height_of(section, room.width))), *section]


def _holds_costs(part: Part, room: Room) -> bool:
    """Whether what a card costs stands on its face: on all cards of the part, or beneath all."""
    held = [one.card for block in part.blocks if isinstance(block, Hand) for one in block.cards]
    return all(holds_cost(card, room.column(ACROSS).width) for card in held)


def _spare(part: Part, room: Room) -> float:
    """What a picture may take of a page that is its alone."""
    *others, last = (block for block in part.blocks if not isinstance(block, Map | Slope))
    above = [prose.heading(part.title), *set_blocks([*others, last], room)]
    return room.height - height_of(above, room.width) - 30


def _title(block: Title, room: Room) -> list[Flowable]:
    if block.group:
        look = style.style(11, 14, fonts.SEMIBOLD, COLOURS[block.group], before=8, after=4, keep=room.keep)
        return [prose.say(f"{SIGNS[block.group]} {block.words}", look, "H3")]
    if room.width < NARROW:
        return [prose.say(block.words, style.style(8, 11, fonts.SEMIBOLD))]
    return [prose.subheading(block.words) if room.keep else prose.say(block.words, VOICES_TITLE, "H3", outline=1)]


def _lead(block: Lead, room: Room) -> list[Flowable]:
    size, leading, after = (9.0, 11.8, 4) if room.close else (9.5, 13, 7)
    look = style.style(size, leading, after=after, indent=max(0.0, room.width - READ), keep=room.keep)
    return [prose.say(block.words, look)]


def _note(block: Note, _room: Room) -> list[Flowable]:
    return [Spacer(0, 4), prose.say(block.words, style.SMALL)]


def _lines(block: Lines, room: Room) -> list[Flowable]:
    """Cards stand in two columns where there is room."""
    cards = all(isinstance(line[0], Card) for line in block.lines)
    if not cards or len(block.lines) == 1 or room.width < READ:
        return [_line(line, room, ITEM if len(block.lines) > 1 else "P") for line in block.lines]
    half, column = (len(block.lines) + 1) // 2, room.column(2)
    columns = [[_line(line, column, ITEM) for line in part] for part in (block.lines[:half], block.lines[half:])]
    return [Columns(columns, (column.width,) * 2)]


def _line(line: Line, room: Room, tag: str) -> Flowable:
    if room.width < NARROW:
        return prose.rich(parts_of(line, face=fonts.REGULAR), style.style(8, 10.2), tag, lead=lead_of(line))
    if any(isinstance(span, Card) for span in line):
        look = style.style(9.5, 13, after=2)
    elif len(line) == 1:
        return prose.rich([("– ", fonts.REGULAR, None), *parts_of(line)], style.QUIET, tag)
    else:
        look = style.style(9, 12, after=3)
    return prose.rich(parts_of(line), look, tag, lead=lead_of(line))


def _hand(block: Hand, room: Room) -> list[Flowable]:
    """Three cards beside one another; what stands above stays with the first of them."""
    rows = [block.cards[start : start + ACROSS] for start in range(0, len(block.cards), ACROSS)]
    width = room.column(ACROSS).width
    found = [Columns(_side_by_side(row, width, cost=room.cost_inside), [width] * len(row)) for row in rows]
    below = [*[12.0] * (len(found) - 1), 4.0]
    return [part for row, gap in zip(found, below, strict=True) for part in (row, Spacer(0, gap))]


def _side_by_side(row: Sequence[Held], width: float, *, cost: bool) -> list[list[Flowable]]:
    height = height_beside([held.card for held in row], width, cost=cost)
    return [_held(held, CardFace(held.card, cost=cost, height=height)) for held in row]


def _held(held: Held, face: CardFace) -> list[Flowable]:
    first, *rest = held.lines
    lines: list[Flowable] = [face, Spacer(0, 5)]
    if held.card.cost and not face.cost:
        lines.append(prose.rich(cost_of(held.card), style.style(9, 12, colour=MUTED, after=2)))
    lines.append(prose.rich(parts_of(first), style.style(11, 14)))
    return [*lines, *(prose.rich(parts_of(line), style.style(9, 12)) for line in rest)]


def _grid(block: Grid, room: Room) -> list[Flowable]:
    whole = len(block.rows) <= FEW_ROWS
    grids = (Stack([grid]) if whole else grid for grid in set_grid(block, room.width))
    return [part for grid in grids for part in (grid, Spacer(0, 8))]


def _facts(block: Facts, room: Room) -> list[Flowable]:
    return [small_print(block.rows, room.width)]


def _voices(block: Voices, _room: Room) -> list[Flowable]:
    return [Newspaper([part for about in block.about for part in _about(about)])]


def _about(about: About) -> list[Flowable]:
    named = style.style(9.5, 13, before=8, after=2, keep=True)
    parts: list[Flowable] = (
        [prose.rich(parts_of([about.card]), named, "H4", lead=Named(about.card.code))] if about.card else []
    )
    for remark, times in about.remarks:
        said = [(_("“%(words)s”", words=remark), fonts.ITALIC, None), (times, fonts.SEMIBOLD, MUTED)]
        parts.append(prose.rich(said, style.style(9.5, 13, after=3)))
    return [*parts, *([prose.say(about.more, style.QUIET)] if about.more else [])]


def _ask(block: Ask, room: Room) -> list[Flowable]:
    wide = room.width * (1 - NOTES) - GUTTER
    left: list[Flowable] = [prose.rich(parts_of(block.about), style.style(10.5, 13.5, after=2), "H3")]
    left += [prose.say(block.question, style.style(10, 13, after=3))] if block.question else []
    left += [prose.rich(parts_of(block.better), style.style(9, 12, colour=MUTED))] if block.better else []
    lines = Ruled(max(2, round(height_of(left, wide) / LINE_STEP)), LINE_STEP)
    return [Stack([Columns([left, [lines]], (wide, room.width * NOTES)), Spacer(0, 12)])]


def _agreed(block: Agreed, room: Room) -> list[Flowable]:
    return [agenda_table(block, block.blank, room.width), Spacer(0, 14)]


def _beside(block: Beside, room: Room) -> list[Flowable]:
    """Equally wide columns; but small print needs less than the prose beside it."""
    rooms = [room.column(len(block.columns))] * len(block.columns)
    if isinstance(block.columns[-1][0], Facts):
        rooms = [replace(room, width=(room.width - 2 * GUTTER) * part) for part in (PROSE, 1 - PROSE)]
    columns = [set_blocks(part, column) for part, column in zip(block.columns, rooms, strict=True)]
    gutter = (room.width - sum(column.width for column in rooms)) / (len(rooms) - 1) if len(rooms) > 1 else 0.0
    return [Columns(columns, [column.width for column in rooms], gutter)]


def _slope(block: Slope, room: Room) -> list[Flowable]:
    """Both lists at the roomiest setting that fits."""
    width = room.width * (1 - BETWEEN) / 2
    heads = Columns([_slope_head(side) for side in block.sides], (width, width), room.width * BETWEEN)
    for size, air in ROOMY:
        chart = SlopeChart(block, size=size, air=air)
        if chart.wrap(room.width, room.height)[1] <= room.picture - 40:
            break
    return [heads, Spacer(0, 2), Figure(chart, block.alt)]


def _slope_head(side: Side) -> list[Flowable]:
    right = side.group is Group.IT
    colour, sign = COLOURS[side.group], SIGNS[side.group]
    look = style.style(11, 14, fonts.SEMIBOLD, colour, right=right)
    title = f"{side.title} {sign}" if right else f"{sign} {side.title}"
    return [prose.say(title, look), Rule(colour, style.FINE, dashed=right)]


def _map(block: Map, room: Room) -> list[Flowable]:
    return [Figure(MapChart(block, min(room.width, room.picture)), block.alt), Spacer(0, 8)]


def _bars(block: Bars, _room: Room) -> list[Flowable]:
    return [Figure(BarChart(block), block.alt), Spacer(0, 6)]


_SETTERS: dict[type, Callable[[Any, Room], list[Flowable]]] = {
    Title: _title,
    Lead: _lead,
    Note: _note,
    Lines: _lines,
    Hand: _hand,
    Grid: _grid,
    Facts: _facts,
    Voices: _voices,
    Ask: _ask,
    Agreed: _agreed,
    Beside: _beside,
    Slope: _slope,
    Map: _map,
    Bars: _bars,
}
