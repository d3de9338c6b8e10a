"""The kinds of slides as shapes: one function for each kind."""

from functools import singledispatch

from pptx.enum.text import MSO_ANCHOR

from cardsort.domain.ballots import Group
from cardsort.domain.cards import Card
from cardsort.files.slideshow import look
from cardsort.files.slideshow.charts import put_marks, put_share
from cardsort.files.slideshow.look import BODY, MARGIN, ONE_LINE, Room, Run, Runs, runs_of
from cardsort.files.slideshow.rows import Entry, put_rows, put_sides
from cardsort.files.slideshow.sheet import Sheet
from cardsort.story.blocks import Asked, Cell, Grid, Head
from cardsort.story.slidekinds import Agree, Basis, Cards, Gap, Kinds, Marks, Missing, Question, Talk, Told, Tops
from cardsort.story.slides import whose

FACE = Room(MARGIN, 44, 272, 292)
LEGEND = Room(MARGIN, 476, BODY.width, 30)
SUIT_LENGTH = 24  # as much as has room in the corner
HEADS, PADDING = 64.0, 16.0  # of the table: how high the columns' names are, and what is left free in a cell
LEVELS: dict[int, tuple[str, str | None]] = {2: (look.PAPER, look.INK), 1: (look.INK, None), 0: (look.MUTED, None)}


@singledispatch
def put(slide: object, _sheet: Sheet, _suits: dict[str, str]) -> None:
    """Put the slide's words and shapes onto the sheet; `suits`: their names by letter."""
    raise NotImplementedError(type(slide).__name__)


@put.register
def _(slide: Question, sheet: Sheet, _suits: dict[str, str]) -> None:
    sheet.title(slide.title, largest=look.LARGE, own=True)
    for asked, room in zip(slide.asked, columns(BODY, len(slide.asked), gap=2 * look.GUTTER), strict=True):
        _put_asked(sheet, asked, room)


def _put_asked(sheet: Sheet, asked: Asked, room: Room) -> None:
    colour, dashed = look.COLOURS[asked.group], asked.group is Group.IT
    sheet.line((room.x, room.y), (room.x + room.width, room.y), colour, look.FIRM, dashed=dashed)
    x, y, width, _height = room
    sheet.words(Room(x, y + 12, width, 28), (of_group(asked.title, asked.group),), largest=18)
    if asked.question:
        question = Run(asked.question, bold=True, own=True)
        sheet.words(Room(x, y + 50, width, 200), (question,), largest=look.LARGE)
    said = [(Run(one),) for one in asked.lines]
    sheet.words(Room(x, y + 262, width, 82), *said, largest=16)


@put.register
def _(slide: Basis, sheet: Sheet, _suits: dict[str, str]) -> None:
    sheet.title(slide.title)
    looks = (Run(slide.share, look.COLOURS[Group.IT], bold=True), Run(slide.published, look.MUTED, bold=True))
    rooms = columns(BODY._replace(height=150), 2)
    for run, name, room, largest in zip(looks, slide.names, rooms, (60.0, 48.0), strict=True):
        sheet.words(room._replace(height=80), (run,), largest=largest, anchor=MSO_ANCHOR.BOTTOM)
        sheet.words(room._replace(y=room.y + 86, height=40), (Run(name),), largest=18)
    sheet.words(BODY._replace(y=290, height=150), (Run(slide.sentence),), largest=look.TEXT)


@put.register
def _(slide: Tops, sheet: Sheet, _suits: dict[str, str]) -> None:
    group = None if slide.it and slide.customers else Group.IT if slide.it else Group.CUSTOMERS
    sheet.title(slide.title, ONE_LINE, largest=32, group=group)
    put_sides(sheet, slide, BODY._replace(y=74, height=398))


@put.register
def _(slide: Marks, sheet: Sheet, _suits: dict[str, str]) -> None:
    sheet.title(slide.title, largest=32)
    if slide.chart:
        put_marks(sheet, slide.chart, BODY._replace(height=262))
    y = 394 if slide.chart else 160
    said = tuple((Run(one, look.MUTED),) for one in slide.said)
    if said:
        sheet.words(BODY._replace(y=y, height=66), *said, largest=look.TEXT)
    if slide.sure:
        sheet.words(LEGEND, (Run(slide.sure, look.MUTED),), largest=look.SMALL)


@put.register
def _(slide: Gap, sheet: Sheet, suits: dict[str, str]) -> None:
    _put_face(sheet, slide.told, FACE, suits)
    x, y, width = FACE.x + FACE.width + 2 * look.GUTTER, FACE.y, BODY.width - FACE.width - 2 * look.GUTTER
    shares = ((Group.CUSTOMERS, slide.shares.customers), (Group.IT, slide.shares.it))
    for group, part in shares:
        if part:
            put_share(sheet, Room(x, y, width, 92), group, part, slide.heads[group])
            y += 108
    said = (Run(slide.told.said),)
    sheet.words(Room(x, y, width, FACE.y + FACE.height - y), said, largest=look.TEXT)
    if slide.voice:
        voice = Run(slide.quoted, italic=True, own=True), Run(slide.voice[1])
        sheet.words(Room(MARGIN, 356, BODY.width, 108), voice, largest=24)
    legend, more = columns(LEGEND, 2)
    sheet.words(legend, runs_of(whose((slide.told,))), largest=look.SMALL)
    if slide.more:
        sheet.words(more, (Run(slide.more, look.MUTED),), largest=look.SMALL)


def _put_face(sheet: Sheet, told: Told, room: Room, suits: dict[str, str]) -> None:
    """The slide's title is the card's, on its face."""
    inner = Room(room.x + 18, room.y + 18, room.width - 36, room.height - 36)
    sheet.face(room)
    sheet.title(told.card.title, inner._replace(y=inner.y + 40, height=inner.height - 80), largest=30, own=True)
    sheet.words(inner._replace(height=24), _corner(told.card, suits), largest=18)
    below = inner._replace(y=inner.y + inner.height - 26, height=26)
    sheet.words(below, runs_of(told.places), largest=look.TEXT, aloud=aloud(told))


def _corner(card: Card, suits: dict[str, str]) -> Runs:
    """Its index, and its suit's name."""
    colour, suit = look.suit_colour(card), suits.get(card.suit, "")
    suit = suit if len(suit) <= SUIT_LENGTH else f"{suit[: SUIT_LENGTH - 1]}…"
    return (Run(card.code, colour, bold=True), *((Run(f"  {suit}", colour, own=True),) if suit else ()))


def aloud(told: Told) -> str:
    """What a card's places are, for whoever hears them."""
    return ", ".join(f"{span.aloud} {span.text}" for span in told.places if not isinstance(span, Card))


@put.register
def _(slide: Kinds, sheet: Sheet, _suits: dict[str, str]) -> None:
    sheet.title(slide.title, ONE_LINE)
    if slide.lead:
        height = 48 if slide.grid else BODY.height
        sheet.words(BODY._replace(y=84, height=height), (Run(slide.lead),), largest=18 if slide.grid else look.TEXT)
    if slide.grid:
        _put_grid(sheet, slide.grid, BODY._replace(y=140, height=330))


def _put_grid(sheet: Sheet, grid: Grid, room: Room) -> None:
    """In one size, in which every name stays in its cell; long names of kinds take room from the rows."""
    first, others = room.width * 0.4, len(grid.heads) - 1
    heads, names = [_head(head) for head in grid.heads], [runs_of(row[0].lines[0]) for row in grid.rows]
    over = Room(0, 0, (room.width - first) / others - PADDING, HEADS - PADDING)
    small = min(look.fit(head, over, look.SMALL) for head in heads[1:])
    high = max(HEADS, *(look.height_of(head, over.width, small) + PADDING for head in heads[1:]))
    step = min(44.0, (room.height - high) / len(grid.rows))
    size = min(look.fit([name], Room(0, 0, first - PADDING, step - PADDING / 2), 18) for name in names)
    rows = [[([name], None), *map(_place, row[1:])] for name, row in zip(names, grid.rows, strict=True)]
    whole = room._replace(height=high + step * len(rows))
    sheet.table(whole, [[(head, None) for head in heads], *rows], first, high, (small, size))


def _place(cell: Cell) -> tuple[list[Runs], str | None]:
    """A place, dark where it is among the first three, quiet outside the top."""
    words = "".join(span.text for span in cell.lines[0] if not isinstance(span, Card))
    colour, ground = LEVELS[cell.level or 0]
    return [(Run(words, colour, bold=bool(cell.level)),)], ground


@put.register
def _(slide: Cards, sheet: Sheet, suits: dict[str, str]) -> None:
    sheet.title(slide.title, ONE_LINE)
    sheet.words(BODY._replace(y=96, height=56), (Run(slide.lead),), largest=18)
    if slide.kind == "open":
        for told, room in zip(slide.cards, columns(BODY._replace(y=166, height=304), 3), strict=False):
            _put_card(sheet, told, room, suits)
    else:
        put_rows(sheet, [*map(entry_of, slide.cards)], BODY._replace(y=166, height=304), len(slide.cards))


def _put_card(sheet: Sheet, told: Told, room: Room, suits: dict[str, str]) -> None:
    """A card with its places on its face, and what is said of it below."""
    face = room._replace(height=184)
    x, y, width = room.x + 14, room.y + 14, room.width - 28
    sheet.face(face)
    sheet.words(Room(x, y, width, 22), _corner(told.card, suits), largest=16)
    title = (Run(told.card.title, bold=True, own=True),)
    sheet.words(Room(x, y + 32, width, 92), title, largest=24)
    sheet.words(Room(x, y + 132, width, 24), runs_of(told.places), largest=18, aloud=aloud(told))
    if told.said:
        sheet.words(room._replace(y=room.y + 196, height=room.height - 196), (Run(told.said),), largest=16)


def entry_of(told: Told) -> Entry:
    """A card as a row: its title, and its places beside it."""
    return Entry("", (Run(told.card.title, bold=True, own=True),), runs_of(told.places), aloud(told))


@put.register
def _(slide: Talk, sheet: Sheet, _suits: dict[str, str]) -> None:
    card = slide.told.card
    corner = (Run(card.code, look.suit_colour(card), bold=True), Run(f"  {card.title}", own=True))
    sheet.title(slide.title, BODY._replace(y=160, height=210), largest=48, own=True)
    sheet.words(Room(MARGIN, 96, BODY.width, 44), corner, largest=look.TEXT)
    sheet.words(Room(MARGIN, 392, BODY.width, 30), runs_of(slide.told.places), largest=22, aloud=aloud(slide.told))


@put.register
def _(slide: Agree, sheet: Sheet, _suits: dict[str, str]) -> None:
    sheet.title(slide.title, ONE_LINE._replace(height=60), largest=48)
    sheet.words(BODY._replace(y=104, height=56), (Run(slide.lead),), largest=18)
    put_rows(sheet, [*map(entry_of, slide.cards)], BODY._replace(y=174, height=296), len(slide.cards))


@put.register
def _(slide: Missing, sheet: Sheet, _suits: dict[str, str]) -> None:
    sheet.title(slide.title)
    sheet.words(BODY, *((Run(why),) for why in slide.why), largest=24)


def columns(room: Room, count: int, gap: float = look.GUTTER) -> list[Room]:
    """The room in so many columns; one keeps a readable width."""
    width = (room.width - gap * (max(count, 2) - 1)) / max(count, 2)
    return [room._replace(x=room.x + number * (width + gap), width=width) for number in range(count)]


def of_group(words: str, group: Group) -> Run:
    """A group's words behind its sign."""
    return Run(f"{look.SIGNS[group]}\xa0{words}", look.COLOURS[group], bold=True)


def _head(head: Head) -> list[Runs]:
    """A column's name, and what is said below it."""
    name = of_group(head.words, head.group) if head.group else Run(head.words, bold=True)
    return [(name,), *([(Run(head.more, look.MUTED),)] if head.more else [])]
