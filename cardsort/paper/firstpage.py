"""The one page that says it all. It is set at the roomiest of several densities that fits on one page."""

from dataclasses import dataclass, replace
from itertools import product

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Spacer

from cardsort.domain.cards import Card
from cardsort.paper.kit import fonts, prose, style, text
from cardsort.paper.kit.layout import Columns, Rule, height_of
from cardsort.paper.kit.logo import Logo, Picture
from cardsort.paper.kit.style import COLOURS, INK, MUTED, SIGNS
from cardsort.paper.kit.tags import Figure
from cardsort.paper.lines import lead_of, parts_of
from cardsort.paper.stripchart import MarksLine, StripChart
from cardsort.story.blocks import Asked, Block, Front, Lead, Line, Lines, Title
from cardsort.story.charts.marks import Marks
from cardsort.story.charts.strip import in_words

WIDER = 0.58  # share of the width for the first column of what follows


@dataclass(frozen=True, slots=True)
class Density:
    """How tightly the page is set: sizes in points; at most so many lines of a card's title in the chart and of a
    text that the facilitator typed (None = all).
    """

    headline: float
    label: float
    air: float
    gap: float
    most: int | None = None
    lines: int | None = None


HEADLINES = (24.0, 21.0, 18.0)
ROOMY = ((11.5, 16.0), (11.0, 13.0), (10.0, 12.0))
LABELS = ((9.5, 9.0), (9.5, 6.0), (9.5, 4.0), (9.0, 3.0), (9.0, 2.0), (8.5, 1.5), (8.0, 1.0), (7.5, 0.5), (7.0, 0.5))
DENSITIES = (
    *(Density(24, size, air, 24) for size, air in ROOMY),
    *(Density(24, size, air, 16 if air > 3 else 12) for size, air in LABELS[:4]),  # noqa: PLR2004 - points
    *(Density(head, size, air, 9) for head, (size, air) in product(HEADLINES[1:], LABELS[3:])),
    *(Density(16, 7, 0.0, 3, None, lines) for lines in (None, 8, 6)),
    *(Density(16, 7, 0.5, 6, most, lines) for most, lines in ((3, 5), (2, 4), (1, 3))),
)


@dataclass(frozen=True, slots=True)
class Page:
    """The first page, the room it has in points, and a logo to set on it."""

    front: Front
    width: float
    height: float
    logo: Logo | None = None


def first_page(page: Page) -> list[Flowable]:
    """The page's flowables, the first setting that fits; the last one shortens titles with an ellipsis."""
    parts: list[Flowable] = []
    for density in DENSITIES:
        parts = _set(page, density)
        if height_of(parts, page.width) <= page.height:
            break
    return parts


def _set(page: Page, density: Density) -> list[Flowable]:
    return [
        *_title(page, density),
        Spacer(0, density.gap * 0.6),
        *_chart(page, density),
        Spacer(0, density.gap),
        Rule(),
        Spacer(0, density.gap * 0.3),
        *_asked(page, density),
        Spacer(0, density.gap * 0.5),
        *_findings(page, density),
    ]


def _title(page: Page, density: Density) -> list[Flowable]:
    front, size = page.front, density.headline
    room = page.width - (page.logo.width + style.GUTTER if page.logo else 0.0)
    take = min(11.0, density.label + 2)
    named = [
        _limited(front.title, style.style(12, 15, fonts.SEMIBOLD, after=1), room, density.lines, outline=0),
        _limited(front.line, style.QUIET, room, density.lines),
    ]
    look, lighter = style.style(size, size * 1.17, fonts.SEMIBOLD), style.style(size, size * 1.17, colour=MUTED)
    return [
        *([Columns([named, [Picture(page.logo)]], (room, page.width - room), 0)] if page.logo else named),
        Spacer(0, density.gap * 0.6),
        prose.say(front.found, look, "H1"),
        *([prose.say(front.guess, lighter)] if front.guess else []),
        *([Spacer(0, density.gap * 0.4)] if front.take else []),
        *([prose.say(front.take, style.style(take, take + 3))] if front.take else []),
        *(_marks(front.marks, density) if front.marks else []),
    ]


def _marks(chart: Marks, density: Density) -> list[Flowable]:
    return [
        Spacer(0, density.gap * 0.4),
        prose.say(chart.title, style.QUIET),
        Figure(MarksLine(chart), chart.alt),
    ]


def _limited(said: str, look: ParagraphStyle, width: float, lines: int | None, outline: int | None = None) -> Flowable:
    shown = said if lines is None else prose.shortened(said, look, width, lines * look.leading)
    return prose.say(shown, look, outline=outline)


def _asked(page: Page, density: Density) -> list[Flowable]:
    count = len(page.front.asked)
    room = (page.width - (count - 1) * style.GUTTER) / count
    return [Columns([_asked_of(asked, room, density.lines) for asked in page.front.asked], (room,) * count)]


def _asked_of(asked: Asked, room: float, most: int | None) -> list[Flowable]:
    named = (f"{SIGNS[asked.group]} {asked.title}", fonts.SEMIBOLD, COLOURS[asked.group])
    lines: list[Flowable] = [prose.rich([named], style.STRONG)]
    if asked.question:
        lines.append(_limited(asked.question, style.style(9.5, 12.5, fonts.ITALIC, after=2), room, most))
    return [*lines, *(prose.say(line, style.QUIET) for line in asked.lines)]


def _chart(page: Page, density: Density) -> list[Flowable]:
    """What is clear is set larger than what chance could give."""
    chart = page.front.chart
    found: list[Flowable] = []
    for number, (title, rows, large) in enumerate(chart.lots):
        letters = min(11.0 if large else 9.0, density.label + 2.0)
        look = style.style(letters, letters + 3, fonts.SEMIBOLD, INK if large else MUTED, before=3)
        wide, air = density.label * (1.15 if large else 0.92), density.air * (1.4 if large else 0.8)
        size = max(7.0, wide if density.air else density.label)  # all alike where nothing else fits
        picture = StripChart(rows, chart.groups, size=size, air=air, heads=not number, large=large, most=density.most)
        found += [prose.say(title, look, "H2"), Figure(picture, in_words(title, rows))]
    found += [prose.say(chart.more, style.SMALL)] if chart.more else []
    return [*found, *([Spacer(0, 4), prose.say(page.front.note, style.SMALL)] if page.front.note else [])]


def _findings(page: Page, density: Density) -> list[Flowable]:
    wide = page.width if len(page.front.findings) == 1 else page.width * WIDER
    columns = [[part for block in told for part in _finding(block, density, wide)] for told in page.front.findings]
    if len(columns) < 2:  # noqa: PLR2004 - nothing stands beside
        return [part for column in columns for part in column]
    return [Columns(columns, (wide, page.width - wide - 2 * style.GUTTER), 2 * style.GUTTER)]


def _finding(block: Block, density: Density, room: float) -> list[Flowable]:
    if isinstance(block, Title):
        return [prose.say(block.words, style.STRONG, "H2")]
    if isinstance(block, Lines):
        return [_line(line, density, room) for line in block.lines]
    return [prose.say(block.words, style.style(9, 12, colour=MUTED, after=3))] if isinstance(block, Lead) else []


def _line(line: Line, density: Density, room: float) -> Flowable:
    """A card with its title in one row where space is short, or what is said of it."""
    card = line[0]
    if not isinstance(card, Card):
        return prose.rich(parts_of(line), style.style(9, 12))
    if density.most is not None:
        left = room - text.width(f"{card.code} ", fonts.SEMIBOLD, 9.5)
        card = replace(card, title=text.fitted(card.title, fonts.SEMIBOLD, 9.5, left))
    return prose.rich(parts_of((card,)), style.style(9.5, 12, before=3), lead=lead_of(line))
