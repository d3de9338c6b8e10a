"""The one page that says it all. It is set at the roomiest of several densities that fits on one page."""

from dataclasses import dataclass, replace
from itertools import product

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Spacer

from cardsort.analysis.result import Comparison, Label
from cardsort.analysis.sayable import sayable_of
from cardsort.domain.ballots import Group
from cardsort.domain.cards import Deck
from cardsort.paper.cardface import index_and_title
from cardsort.paper.kit import fonts, prose, style, text
from cardsort.paper.kit.layout import Columns, Rule, height_of
from cardsort.paper.kit.links import Lead
from cardsort.paper.kit.logo import Logo, Picture
from cardsort.paper.kit.style import CUSTOMERS, IT, MUTED
from cardsort.paper.kit.tags import Figure
from cardsort.paper.slopechart import BETWEEN, SlopeChart
from cardsort.story import words
from cardsort.story.charts.slope import LISTS, Side, slope
from cardsort.story.facts import ReportFacts

SURPRISES = 3
SURPRISES_ROOM = 0.58  # share of the width
SIGNS = {Group.IT: "□", Group.CUSTOMERS: "●"}
COLOURS = {Group.IT: IT, Group.CUSTOMERS: CUSTOMERS}


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
    *(Density(16, 7, 0.5, 6, None, lines) for lines in (8, 6)),
    *(Density(16, 7, 0.5, 6, most, lines) for most, lines in ((3, 5), (2, 4), (1, 3))),
)


@dataclass(frozen=True, slots=True)
class Page:
    """What the first page is made from, and the room it has."""

    comparison: Comparison
    deck: Deck
    facts: ReportFacts
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
        Spacer(0, density.gap),
        *_asked(page, density),
        Spacer(0, density.gap),
        *_chart(page, density),
        Spacer(0, density.gap),
        *_findings(page, density),
    ]


def _title(page: Page, density: Density) -> list[Flowable]:
    facts = page.facts
    when, restored = words.day(facts.date) if facts.date else "", words.restored(page.comparison.restored)
    line = [facts.organisation, f"Round {facts.round}", when, restored]
    size, taken = density.headline, page.logo.width + style.GUTTER if page.logo else 0.0
    named = [
        _limited(facts.title, style.style(12, 15, fonts.SEMIBOLD, after=1), page.width - taken, density.lines, "H1"),
        _limited("  ·  ".join(part for part in line if part.strip()), style.QUIET, page.width - taken, density.lines),
    ]
    return [
        *([Columns([named, [Picture(page.logo)]], (page.width - taken, taken), 0)] if page.logo else named),
        Spacer(0, density.gap * 0.6),
        *_headline(page, style.style(size, size * 1.17, fonts.SEMIBOLD)),
    ]


def _limited(said: str, look: ParagraphStyle, width: float, lines: int | None, tag: str = "P") -> Flowable:
    shown = said if lines is None else prose.shortened(said, look, width, lines * look.leading)
    return prose.say(shown, look, tag, outline=0 if tag == "H1" else None)


def _headline(page: Page, look: ParagraphStyle) -> list[Flowable]:
    found, guess = words.headline_parts(page.comparison)
    lighter = style.style(look.fontSize, look.leading, colour=MUTED)
    return [prose.say(found, look), *([prose.say(guess, lighter)] if guess else [])]


def _halves(width: float) -> tuple[float, float]:
    half = (width - style.GUTTER) / 2
    return half, half


def _asked(page: Page, density: Density) -> list[Flowable]:
    columns = [_asked_of(page, group, density.lines) for group in (Group.IT, Group.CUSTOMERS)]
    return [Columns(columns, _halves(page.width))]


def _asked_of(page: Page, group: Group, most: int | None) -> list[Flowable]:
    facts = page.facts
    found = page.comparison.lists.get(LISTS[group])
    who = "IT was asked" if group is Group.IT else "Customers were asked"
    lines: list[Flowable] = [prose.rich([(f"{SIGNS[group]} {who}", fonts.SEMIBOLD, COLOURS[group])], style.STRONG)]
    if question := facts.questions.get(group):
        look = style.style(9.5, 12.5, fonts.ITALIC, after=2)
        lines.append(_limited(f"“{question.strip()}”", look, _halves(page.width)[0], most))
    if found is not None:
        lines += [prose.say(line, style.QUIET) for line in _who_answered(page, group)]
    return lines


def _who_answered(page: Page, group: Group) -> list[str]:
    facts = page.facts
    said = words.who_answered(page.comparison, LISTS[group], facts.expected.get(group))
    locked = facts.locked.get(group)
    again = ", after a reopening" if facts.reopened.get(group) else ""
    when = [f"Locked on {words.moment_of(locked)}{again}"] if locked else []
    moment = words.moments(facts.moments) if group is Group.CUSTOMERS else ""
    return [f"{said[0].upper()}{said[1:]}", *when, *([f"Asked in {moment}"] if moment else [])]


def _chart(page: Page, density: Density) -> list[Flowable]:
    result, chart = page.comparison, slope(page.comparison, page.deck)
    room = page.width * (1 - BETWEEN) / 2
    heads = Columns([_chart_head(side) for side in chart.sides], (room, room), page.width * BETWEEN)
    note = prose.say(_chart_note(result), style.SMALL)
    picture = Figure(SlopeChart(chart, size=density.label, air=density.air, most=density.most), chart.alt)
    return [heads, Spacer(0, 2), picture, *([Spacer(0, 4), note] if result.predicted or result.actual else [])]


def _chart_head(side: Side) -> list[Flowable]:
    right = side.group is Group.IT
    colour, sign = COLOURS[side.group], SIGNS[side.group]
    look = style.style(11, 14, fonts.SEMIBOLD, colour, right=right)
    return [
        prose.say(f"{side.title} {sign}" if right else f"{sign} {side.title}", look),
        Rule(colour, style.FINE, dashed=right),
    ]


def _chart_note(result: Comparison) -> str:
    lines = ""
    if result.prediction:
        lines = "A solid, rising line: customers put the card higher than IT thought. A dashed, falling one: lower. "
        if any(card.label is Label.CLEAR for card in result.prediction.cards.values()):
            lines += "A thick one: a clear gap. "
    return (
        f"{lines}Numbers are places; “24–52” means that these cards share them. Each ballot ranks up to "
        f"{words.cards(result.depth)} of {result.deck_size:,}; everybody who answered counts the same."
    )


def _findings(page: Page, density: Density) -> list[Flowable]:
    if page.comparison.prediction is None:
        return [Rule(), prose.say(words.how_sure(page.comparison), style.TEXT)]
    surprises, facts = _surprises(page, density), _know_and_worth(page)
    if not facts:
        return [Rule(), *surprises]
    wide = page.width * SURPRISES_ROOM
    return [Rule(), Columns([surprises, facts], (wide, page.width - wide - 2 * style.GUTTER), 2 * style.GUTTER)]


def _surprises(page: Page, density: Density) -> list[Flowable]:
    prediction = page.comparison.prediction
    if prediction is None:
        return []
    found = prediction.surprises()[:SURPRISES]
    lines: list[Flowable] = [prose.say("The largest surprises", style.STRONG, "H2")]
    for code in found:
        card, named = prediction.cards[code], page.deck[code]
        if density.most is not None:
            room = page.width * SURPRISES_ROOM - text.width(f"{code} ", fonts.SEMIBOLD, 9.5)
            named = replace(named, title=text.fitted(named.title, fonts.SEMIBOLD, 9.5, room))
        lines.append(prose.rich(index_and_title(named), style.style(9.5, 12, before=3), lead=Lead(code)))
        lines.append(prose.say(f"{words.gap(card)}: {words.certainty(card)}.", style.QUIET))
    return lines


def _know_and_worth(page: Page) -> list[Flowable]:
    result = page.comparison
    known, worth = _know_or_think(result), _worth(result)
    return [
        *([prose.say("Know, or think?", style.STRONG, "H2")] if known else []),
        *(prose.say(line, style.style(9, 12, colour=MUTED, after=3)) for line in known),
        *([prose.say("What the prediction is worth", style.STRONG, "H2")] if worth else []),
        *([prose.say(worth, style.QUIET)] if worth else []),
    ]


def _know_or_think(result: Comparison) -> list[str]:
    """The share of first cards that were thought, beside the published one; the hit rates where they may be said."""
    if (
        result.basis is None
        or not sayable_of(result).shares_with_intervals
        or not (thought := words.think_first(result.basis))
    ):
        return []
    known = words.know_hits(result.basis, result.top)
    published = f"In the published world-wide figure it was {words.PUBLISHED_THINK}\xa0%."
    return [f"{thought} {published}", *([known] if known else [])]


def _worth(result: Comparison) -> str:
    """What the prediction is worth in customers, or why that cannot be said; "" with few people."""
    if result.prediction is None or not sayable_of(result).shares_with_intervals:
        return ""
    said = words.worth(result.prediction, result.actual.n if result.actual else None)
    return said or result.reasons.get("/comparison/worth_in_customers", "")
