"""The tables: all cards with both groups, and a short one of places. Numbers are set flush right."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, Table, TableStyle

from cardsort.analysis.result import Comparison, ConsensusList, Prediction, Zone
from cardsort.domain.rounding import half_up
from cardsort.paper.cardface import index_and_title
from cardsort.paper.firstpage import Page
from cardsort.paper.kit import fonts, prose, style, text
from cardsort.paper.kit.style import CUSTOMERS, INK, IT, LINE, MUTED
from cardsort.paper.kit.tags import TableTags
from cardsort.story import leads, words

SIZE, LEADING = 9.0, 11.0
CODE_ROOM, PLACE_ROOM, SHARE_ROOM, GAP_ROOM, ZONE_ROOM = 34.0, 42.0, 36.0, 32.0, 94.0
SECOND_ROOM = 200.0  # enough of the second table to begin it below the first
SHARES_ROOM = (56.0, 29.0, 66.0)
Command = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table of all cards: its head, its width in points, and what it says of a card."""

    head: str
    width: float
    tell: Callable[[str], object]
    colour: str = MUTED
    face: str = fonts.REGULAR
    right: bool = True


def all_cards(page: Page) -> Table:
    """One row per card, in the customers' order; the line below the customers' top is drawn in their colour."""
    result = page.comparison
    leading = result.actual or result.predicted
    order = leading.order() if leading else ()
    columns = _columns(page)
    spare = page.width - sum(column.width for column in columns)
    widths = [column.width or spare for column in columns]
    cut = len(leading.top(result.top)) if leading else 0
    edge = (CUSTOMERS if result.actual else IT) if 0 < cut < len(order) else LINE
    commands = [
        *_look(columns),
        *_suits(page, order),
        *_hairlines(len(order)),
        ("LINEBELOW", (0, cut), (-1, cut), style.FINE, edge),
    ]
    rows = [[_head(column) for column in columns], *([column.tell(code) for column in columns] for code in order)]
    return table(rows, widths, commands, TableTags(naming=1, of_cards=True))


def table(
    rows: Sequence[list[Any]], widths: Sequence[float], commands: list[Command], tags: TableTags, **more: Any
) -> Table:
    """A table with its tags, its head repeated on each page."""
    return Table(
        rows,
        widths,
        repeatRows=1 if tags.head else 0,
        style=TableStyle([_painted(command) for command in commands]),  # type: ignore[misc] # the stubs list each command's shape
        hAlign="LEFT",
        renderCB=tags,
        **more,
    )


def shares(page: Page) -> list[Flowable]:
    """A second table: shares and mean ranks of every card with their intervals; nothing with few people."""
    result = page.comparison
    shown = [found for found in (result.actual, result.predicted) if found]
    if not leads.shares_sayable(result):
        return []
    names = [name for found in shown for name in _numbers_heads(result, it=found is result.predicted)]
    order = shown[0].order()
    rows: list[list[Any]] = [["", prose.say("Card", _HEAD), *(prose.say(name, _RIGHT) for name in names)]]
    widths = [SHARES_ROOM[at % len(SHARES_ROOM)] for at in range(len(names))]
    title = page.width - CODE_ROOM - sum(widths)
    for code in order:
        values = [value for found in shown for value in _numbers(found, code)]
        name = text.fitted(page.deck[code].title, fonts.REGULAR, 8, title - 8)
        rows.append([code, prose.say(name, style.style(8, 9.4)), *values])
    commands = [*_fine_look(len(names)), *_suits(page, order), *_hairlines(len(order))]
    return [
        CondPageBreak(SECOND_ROOM),
        prose.subheading("Shares and mean ranks, with their ranges"),
        prose.say(leads.SHARES, style.style(9.5, 13, after=7, indent=page.width - style.MEASURE - 60)),
        table(rows, [CODE_ROOM, title, *widths], commands, TableTags(naming=1)),
    ]


_HEAD = style.style(7.5, 9, fonts.SEMIBOLD, MUTED)
_RIGHT = style.style(7.5, 9, fonts.SEMIBOLD, MUTED, right=True)


def _numbers_heads(result: Comparison, *, it: bool) -> list[str]:
    sign = "□" if it else "●"
    return [f"{sign} in {words.top(result.top)}", f"{sign} first", f"{sign} mean rank"]


def _numbers(found: ConsensusList, code: str) -> list[str]:
    card = found.cards[code]
    interval = card.top_share_interval
    ends = f" ({half_up(100 * interval.low):.0f}–{half_up(100 * interval.high):.0f})" if interval else ""
    mean = card.mean_rank_interval
    span = f" ({half_up(mean.low, 1):.1f}–{half_up(mean.high, 1):.1f})" if mean else ""
    return [
        f"{words.share(card.top_share)}{ends}",
        words.share(card.first_share),
        f"{half_up(card.mean_rank, 1):.1f}{span}",
    ]


def _fine_look(columns: int) -> list[Command]:
    return [
        ("FONT", (0, 1), (0, -1), fonts.SEMIBOLD, 8, 9.4),
        ("FONT", (2, 1), (-1, -1), fonts.REGULAR, 8, 9.4),
        ("ALIGN", (2, 0), (1 + columns, -1), "RIGHT"),
        ("TEXTCOLOR", (0, 1), (-1, -1), INK),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("VALIGN", (0, 1), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2),
        ("TOPPADDING", (0, 0), (-1, -1), 0.6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.4),
        ("LINEBELOW", (0, 0), (-1, 0), style.FINE, INK),
    ]


def _columns(page: Page) -> list[Column]:
    """Code and title, the columns of each list that is shown, and what comparing them gives."""
    result = page.comparison
    title = style.style(SIZE, LEADING)
    columns = [
        Column("", CODE_ROOM, lambda code: code, face=fonts.SEMIBOLD, right=False),
        Column("Card", 0, lambda code: prose.say(page.deck[code].title, title), right=False),
    ]
    for found, sign, colour in ((result.actual, "●", CUSTOMERS), (result.predicted, "□", IT)):
        columns += _standing(result, found, sign, colour) if found else []
    return columns + (_comparing(result.prediction) if result.prediction else [])


def _standing(result: Comparison, found: ConsensusList, sign: str, colour: str) -> list[Column]:
    cards = found.cards
    place = Column(
        f"{sign} place", PLACE_ROOM, lambda code: words.place(cards[code].position), colour, face=fonts.SEMIBOLD
    )
    listed = Column(f"in {words.top(result.top)}", SHARE_ROOM, lambda code: words.share(cards[code].top_share), colour)
    return [place, listed] if leads.shares_sayable(result) else [place]


def _comparing(prediction: Prediction) -> list[Column]:
    def zone(code: str) -> object:
        card = prediction.cards[code]
        look = style.style(SIZE, LEADING, colour=MUTED if card.zone is Zone.QUIET else INK)
        return prose.say(words.zone(card), look)

    gap = Column("Gap", GAP_ROOM, lambda code: words.signed(prediction.cards[code].gap))
    return [gap, Column("Zone", ZONE_ROOM, zone, right=False)]


def _head(column: Column) -> object:
    return prose.say(column.head, style.style(8, 9.5, fonts.SEMIBOLD, column.colour, right=column.right))


def _look(columns: list[Column]) -> list[Command]:
    faces = [("FONT", (at, 1), (at, -1), column.face, SIZE, LEADING) for at, column in enumerate(columns)]
    sides = [("ALIGN", (at, 0), (at, -1), "RIGHT") for at, column in enumerate(columns) if column.right]
    return [
        *faces,
        *sides,
        ("TEXTCOLOR", (0, 1), (-1, -1), INK),
        ("VALIGN", (0, 1), (-1, -1), "TOP"),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("LEFTPADDING", (-1, 0), (-1, -1), 3 if columns[-1].right else 10),
        ("TOPPADDING", (0, 0), (-1, -1), 1.6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.4),
        ("LINEBELOW", (0, 0), (-1, 0), style.FINE, INK),
    ]


def _suits(page: Page, order: tuple[str, ...]) -> list[Command]:
    return [
        ("TEXTCOLOR", (0, row), (0, row), style.suit_colour(page.deck[code].suit)) for row, code in enumerate(order, 1)
    ]


def _hairlines(count: int) -> list[Command]:
    """One command for each row: a command over all of them would be drawn over the repeated head's line too."""
    return [("LINEBELOW", (0, row), (-1, row), style.HAIR, LINE) for row in range(1, count + 1)]


def places(page: Page, codes: list[str]) -> Table:
    """Cards in a few lines: index, title, the two places, and the gap in words."""
    result = page.comparison
    look = style.style(9.5, 12)
    head = style.style(8, 9.5, fonts.SEMIBOLD, MUTED)
    rows: list[list[object]] = [
        [
            prose.say("Card", head),
            prose.say("●", _sign(CUSTOMERS)),
            prose.say("□", _sign(IT)),
            prose.say("In words", head),
        ]
    ]
    for code in codes:
        gap = result.prediction.cards[code] if result.prediction else None
        said = f"{words.gap(gap)}: {words.certainty(gap)}." if gap and gap.gap else words.gap(gap) + "." if gap else ""
        rows.append(
            [
                prose.rich(index_and_title(page.deck[code]), look),
                words.place(result.actual.cards[code].position) if result.actual else "–",
                words.place(result.predicted.cards[code].position) if result.predicted else "–",
                prose.say(said, style.QUIET),
            ]
        )
    title = page.width * 0.48
    widths = (title, PLACE_ROOM, PLACE_ROOM, page.width - title - 2 * PLACE_ROOM)
    commands: list[Command] = [
        ("FONT", (1, 1), (2, -1), fonts.SEMIBOLD, 9.5, 12),
        ("TEXTCOLOR", (1, 1), (1, -1), CUSTOMERS),
        ("TEXTCOLOR", (2, 1), (2, -1), IT),
        ("ALIGN", (1, 0), (2, -1), "RIGHT"),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("LEFTPADDING", (3, 0), (3, -1), 14),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ("LINEBELOW", (0, 0), (-1, -1), style.HAIR, LINE),
    ]
    return table(rows, widths, commands, TableTags(naming=0))


def _painted(command: Command) -> Command:
    return tuple(style.paint(value) if isinstance(value, str) and value.startswith("#") else value for value in command)


def plain(columns: int) -> list[Command]:
    """The look of an ordinary table: flush with the text, hairlines between its rows."""
    return [
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("VALIGN", (0, 1), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ("LINEBELOW", (0, 0), (columns - 1, -1), style.HAIR, LINE),
        ("LINEBELOW", (0, 0), (columns - 1, 0), style.FINE, INK),
    ]


def heads(names: Sequence[str]) -> list[Any]:
    """A table's first row."""
    look = style.style(8, 9.5, fonts.SEMIBOLD, MUTED)
    return [prose.say(name, look) for name in names]


def _sign(colour: str) -> ParagraphStyle:
    return style.style(9, 9.5, fonts.SEMIBOLD, colour, right=True)


def small_print(rows: list[tuple[str, str]], width: float) -> Table:
    """Two columns of small print: what, and its value; the first heads the row."""
    name = style.style(8, 10.5, fonts.SEMIBOLD, MUTED)
    data = [[prose.say(what, name), prose.say(value, style.SMALL)] for what, value in rows]
    commands: list[Command] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ("LINEBELOW", (0, 0), (-1, -1), style.HAIR, LINE),
    ]
    return table(data, (width * 0.4, width * 0.6), commands, TableTags(naming=0, head=0))
