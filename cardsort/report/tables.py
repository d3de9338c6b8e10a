"""The tables: all cards with both groups, and a short one of places. Numbers are set flush right."""

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Table, TableStyle

from cardsort.analysis.result import ConsensusList, Zone
from cardsort.report import fonts, prose, style, words
from cardsort.report.cardface import index_and_title
from cardsort.report.firstpage import Page
from cardsort.report.style import CUSTOMERS, INK, IT, LINE, MUTED
from cardsort.report.tags import TableTags

SIZE, LEADING = 9.0, 11.0
CODE_ROOM, PLACE_ROOM, SHARE_ROOM, GAP_ROOM, ZONE_ROOM = 34.0, 42.0, 36.0, 32.0, 94.0
Command = tuple[object, ...]


def explanation(page: Page) -> str:
    """What the columns say, in a few sentences."""
    by = "the customers’ order" if page.comparison.actual else "IT’s order"
    gap = (
        " The gap is the distance between the two places; plus means that customers put the card higher than IT "
        "thought."
        if page.comparison.prediction
        else ""
    )
    return (
        f"In {by}. The percentage is the share of people who listed the card among their own "
        f"{words.top(page.comparison.top)}; cards that share a block of places are tied.{gap}"
    )


def all_cards(page: Page) -> Table:
    """One row per card, in the customers' order; the line below the customers' top is drawn in their colour."""
    result = page.comparison
    leading = result.actual or result.predicted
    order = leading.order() if leading else ()
    fixed = (PLACE_ROOM, SHARE_ROOM, PLACE_ROOM, SHARE_ROOM, GAP_ROOM, ZONE_ROOM)
    widths = (CODE_ROOM, page.width - CODE_ROOM - sum(fixed), *fixed)
    rows = [_head(result.top), *(_row(page, code) for code in order)]
    cut = len(leading.top(result.top)) if leading else 0
    edge = (CUSTOMERS if result.actual else IT) if 0 < cut < len(order) else LINE
    commands = [
        *_look(),
        *_suits(page, order),
        *_hairlines(len(order)),
        ("LINEBELOW", (0, cut), (-1, cut), style.FINE, edge),
    ]
    return Table(
        rows,
        widths,
        repeatRows=1,
        style=TableStyle(commands),  # type: ignore[arg-type] # the stubs list each command's shape
        hAlign="LEFT",
        renderCB=TableTags(naming=1),
    )


def _head(top: int) -> list[object]:
    it, customers = (
        style.style(8, 9.5, fonts.SEMIBOLD, IT, right=True),
        style.style(8, 9.5, fonts.SEMIBOLD, CUSTOMERS, right=True),
    )
    plain, right = style.style(8, 9.5, fonts.SEMIBOLD, MUTED), style.style(8, 9.5, fonts.SEMIBOLD, MUTED, right=True)
    share = words.top(top)
    texts = (
        ("", plain),
        ("Card", plain),
        ("● place", customers),
        (f"in {share}", customers),
        ("□ place", it),
        (f"in {share}", it),
        ("Gap", right),
        ("Zone", plain),
    )
    return [prose.say(said, look) for said, look in texts]


def _row(page: Page, code: str) -> list[object]:
    result = page.comparison
    card = page.deck[code]
    gap = result.prediction.cards[code] if result.prediction else None
    zone = style.style(SIZE, LEADING, colour=MUTED if gap is None or gap.zone is Zone.QUIET else INK)
    return [
        code,
        prose.say(card.title, style.style(SIZE, LEADING)),
        *_standing(result.actual, code),
        *_standing(result.predicted, code),
        words.signed(gap.gap) if gap else "–",
        prose.say(words.zone(gap) if gap else "–", zone),
    ]


def _standing(found: ConsensusList | None, code: str) -> tuple[str, str]:
    if found is None:
        return "–", "–"
    card = found.cards[code]
    return words.place(card.position), words.share(card.top_share)


def _look() -> list[Command]:
    return [
        ("FONT", (0, 0), (-1, -1), fonts.REGULAR, SIZE, LEADING),
        ("FONT", (0, 1), (0, -1), fonts.SEMIBOLD, SIZE, LEADING),
        ("FONT", (2, 1), (2, -1), fonts.SEMIBOLD, SIZE, LEADING),
        ("FONT", (4, 1), (4, -1), fonts.SEMIBOLD, SIZE, LEADING),
        ("TEXTCOLOR", (0, 1), (-1, -1), INK),
        ("ALIGN", (2, 0), (6, -1), "RIGHT"),
        ("VALIGN", (0, 1), (-1, -1), "TOP"),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("LEFTPADDING", (7, 0), (7, -1), 10),
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
    return Table(
        rows,
        widths,
        repeatRows=1,
        style=TableStyle(commands),  # type: ignore[arg-type] # the stubs list each command's shape
        hAlign="LEFT",
        renderCB=TableTags(naming=0),
    )


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
    return Table(
        data,
        (width * 0.4, width * 0.6),
        style=TableStyle(commands),  # type: ignore[arg-type] # the stubs list each command's shape
        hAlign="LEFT",
        renderCB=TableTags(naming=0, head=0),
    )
