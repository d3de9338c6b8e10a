"""Customers, plural, on paper: the grid of top cards by segment, the value chain, the loudest-stakeholder check."""

from math import ceil
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, Spacer, Table

from cardsort.domain.ballots import Group
from cardsort.paper import tables
from cardsort.paper.cardface import index_and_title
from cardsort.paper.firstpage import Page
from cardsort.paper.kit import fonts, prose, style
from cardsort.paper.kit.layout import height_of
from cardsort.paper.kit.style import CUSTOMERS, INK, IT, MUTED
from cardsort.paper.kit.tags import TableTags
from cardsort.paper.tables import Command
from cardsort.story import leads, plural, words
from cardsort.story.plural import Cell, Grid, Head

AT_ONCE = 7  # lists beside one another
TITLE_ROOM, NARROWER = 0.42, 0.38  # share of the width; the second beside more than MANY lists
MANY = 5
DARK, PALE = "#6B2708", "#F3DCCF"  # the first three places, and the rest of the top
LEAD_ROOM = 30.0
ROOM = 150.0  # enough of a table to begin it below something else


def customers_plural(page: Page) -> list[Flowable]:
    """The grid where there are segments, and the check where it can be made."""
    grid = plural.segment_grid(page.comparison)
    return [
        prose.heading("Customers, plural"),
        *(_segments(page, grid) if grid else []),
        *_loudest(page),
    ]


def _lead(page: Page, said: str, *, keep: bool = True) -> Flowable:
    return prose.say(said, style.style(9.5, 13, after=7, indent=page.width - style.MEASURE - 60, keep=keep))


def _segments(page: Page, grid: Grid) -> list[Flowable]:
    parts: list[Flowable] = [_lead(page, leads.segments(page.comparison))]
    tables_needed = ceil(len(grid.heads) / AT_ONCE)
    each = ceil(len(grid.heads) / tables_needed)
    for start in range(0, len(grid.heads), each):
        parts += [_grid(page, grid, slice(start, start + each), each), Spacer(0, 8)]
    return [*parts, *_lost(page, grid)]


def _lost(page: Page, grid: Grid) -> list[Flowable]:
    """What the paying customers put at the top and none of the groups shown before them; nothing without such."""
    if grid.lost is None:
        return []
    return [_lead(page, leads.lost(len(grid.lost))), *(_card(page, code) for code in grid.lost)]


def _card(page: Page, code: str) -> Flowable:
    return prose.rich(index_and_title(page.deck[code]), style.style(9.5, 13))


def _grid(page: Page, grid: Grid, part: slice, across: int) -> Table:
    heads = grid.heads[part]
    title = page.width * (NARROWER if across > MANY else TITLE_ROOM)
    room = (page.width - title) / across
    rows: list[list[Any]] = [[*tables.heads(["Card"]), *(_head(head, room - 5) for head in heads)]]
    look, commands = style.style(9, 11), _commands(len(heads))
    for number, (code, cells) in enumerate(grid.rows, 1):
        rows.append([prose.rich(index_and_title(page.deck[code]), look), *(_shown(cell) for cell in cells[part])])
        commands += _shades(number, cells[part])
    return tables.table(rows, [title, *[room] * len(heads)], commands, TableTags(naming=0))


def _head(head: Head, room: float) -> list[Flowable]:
    colour = IT if head.group is Group.IT else CUSTOMERS
    sign = "□" if head.group is Group.IT else "●"
    name = style.style(7.5, 9, fonts.SEMIBOLD, colour)
    small = style.style(7, 8.5, colour=MUTED)
    lines: list[Flowable] = [prose.say(sign, name), prose.within_height(head.name, name, room, 4.2 * name.leading)]
    return [*lines, prose.say(", ".join(part for part in (head.kind, words.people(head.n)) if part), small)]


def _shown(cell: Cell) -> Flowable:
    return prose.say(cell.place or "–", _cell_look(cell.level))


def _cell_look(level: int) -> ParagraphStyle:
    face = fonts.SEMIBOLD if level else fonts.REGULAR
    return style.style(9, 11, face, ("#8C8A82", INK, "#FFFFFF")[level])


def _commands(columns: int) -> list[Command]:
    return [*tables.plain(columns + 1), ("LEFTPADDING", (1, 0), (-1, -1), 4), ("RIGHTPADDING", (1, 0), (-1, -1), 1)]


def _shades(row: int, cells: tuple[Cell, ...]) -> list[Command]:
    return [
        ("BACKGROUND", (at, row), (at, row), DARK if cell.level > 1 else PALE)
        for at, cell in enumerate(cells, 1)
        if cell.level
    ]


def _loudest(page: Page) -> list[Flowable]:
    weighting = page.comparison.weighting
    if weighting is None:
        return []
    return [
        CondPageBreak(ROOM),
        prose.subheading("Does one kind of customer decide for all?"),
        _lead(page, " ".join((leads.EQUAL, *plural.loudest(page.comparison)))),
        _weighings(page),
        Spacer(0, 8),
        _lead(page, plural.robust(page.comparison), keep=False),
        *_contested(page),
    ]


def _weighings(page: Page) -> Table:
    """One row for each other way of counting."""
    weighting = page.comparison.weighting
    look, quiet = style.style(9, 11.5), style.style(9, 11.5, colour=MUTED)
    rows: list[list[Any]] = [tables.heads(["Counted like this", "Stay", "Come in", "Go out"])]
    for one in plural.weighed(weighting) if weighting else ():
        kept = f"{one.kept} of {page.comparison.top}"
        rows.append(
            [
                prose.say(one.name, look),
                prose.say(kept, look),
                *(prose.say(", ".join(codes) or "–", quiet) for codes in (one.comes, one.goes)),
            ]
        )
    widths = [page.width * part for part in (0.38, 0.14, 0.24, 0.24)]
    return tables.table(rows, widths, tables.plain(4), TableTags(naming=0))


def _contested(page: Page) -> list[Flowable]:
    """Which segment decides about which card."""
    found = plural.contested(page.comparison)
    if not found:
        return []
    look = style.style(9, 12, after=3)
    lines: list[Flowable] = []
    for name, codes in found:
        titles = "; ".join(f"{code}\xa0{page.deck[code].title}" for code in codes)
        lines.append(prose.rich([(f"{name}: ", fonts.SEMIBOLD, None), (f"{titles}.", fonts.REGULAR, None)], look))
    lead = _lead(page, leads.CONTESTED)
    return [CondPageBreak(min(ROOM, height_of(lines, page.width) + LEAD_ROOM)), lead, *lines]
