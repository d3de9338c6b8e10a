"""The one page that says it all. It is set at the roomiest of several densities that fits on one page."""

from dataclasses import dataclass
from itertools import product

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Spacer

from cardsort.analysis.result import Comparison
from cardsort.domain.ballots import Group
from cardsort.domain.cards import Deck
from cardsort.report import charts, fonts, prose, style, words
from cardsort.report.cardface import index_and_title
from cardsort.report.facts import ReportFacts
from cardsort.report.layout import Columns, Rule, height_of
from cardsort.report.style import CUSTOMERS, IT, MUTED
from cardsort.report.tags import Figure

SURPRISES = 3
SIGNS = {Group.IT: "□", Group.CUSTOMERS: "●"}
COLOURS = {Group.IT: IT, Group.CUSTOMERS: CUSTOMERS}
LIST_NAMES = {Group.IT: "it_prediction", Group.CUSTOMERS: "customers_own"}
CHART_TITLES = {Group.IT: "What IT thought", Group.CUSTOMERS: "What customers chose"}


@dataclass(frozen=True, slots=True)
class Density:
    """How tightly the page is set: sizes in points, `most` lines of a title in the chart (None = all)."""

    headline: float
    label: float
    air: float
    gap: float
    most: int | None = None


HEADLINES = (24.0, 21.0, 18.0)
LABELS = ((9.5, 9.0), (9.5, 6.0), (9.5, 4.0), (9.0, 3.0), (9.0, 2.0), (8.5, 1.5), (8.0, 1.0), (7.5, 0.5), (7.0, 0.5))
DENSITIES = (
    *(Density(24, size, air, 16 if air > 3 else 12) for size, air in LABELS[:4]),  # noqa: PLR2004 - points
    *(Density(head, size, air, 9) for head, (size, air) in product(HEADLINES[1:], LABELS[3:])),
    *(Density(16, 7, 0.5, 6, most) for most in (3, 2, 1)),
)


@dataclass(frozen=True, slots=True)
class Page:
    """What the first page is made from, and the room it has."""

    comparison: Comparison
    deck: Deck
    facts: ReportFacts
    width: float
    height: float


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
        *_asked(page),
        Spacer(0, density.gap),
        *_chart(page, density),
        Spacer(0, density.gap),
        *_findings(page),
    ]


def _title(page: Page, density: Density) -> list[Flowable]:
    facts = page.facts
    line = [facts.organisation, f"Round {facts.round}", words.day(facts.date) if facts.date else ""]
    size = density.headline
    return [
        prose.say(facts.title, style.style(12, 15, fonts.SEMIBOLD, after=1), "H1"),
        prose.say("  ·  ".join(part for part in line if part.strip()), style.QUIET),
        Spacer(0, density.gap * 0.6),
        *_headline(page, style.style(size, size * 1.17, fonts.SEMIBOLD)),
    ]


def _headline(page: Page, look: ParagraphStyle) -> list[Flowable]:
    found, guess = words.headline_parts(page.comparison)
    return [prose.rich([(found, fonts.SEMIBOLD, None), (f" {guess}", fonts.REGULAR, MUTED)], look)]


def _halves(width: float) -> tuple[float, float]:
    half = (width - style.GUTTER) / 2
    return half, half


def _asked(page: Page) -> list[Flowable]:
    columns = [_asked_of(page, group) for group in (Group.IT, Group.CUSTOMERS)]
    return [Columns(columns, _halves(page.width))]


def _asked_of(page: Page, group: Group) -> list[Flowable]:
    facts = page.facts
    found = page.comparison.lists.get(LIST_NAMES[group])
    who = "IT was asked" if group is Group.IT else "Customers were asked"
    lines: list[Flowable] = [prose.rich([(f"{SIGNS[group]} {who}", fonts.SEMIBOLD, COLOURS[group])], style.STRONG)]
    if question := facts.questions.get(group):
        lines.append(prose.say(f"“{question}”", style.style(9.5, 12.5, fonts.ITALIC, after=2)))
    if found is not None:
        lines += [prose.say(line, style.QUIET) for line in _who_answered(page, group, found.n)]
    return lines


def _who_answered(page: Page, group: Group, count: int | None) -> list[str]:
    facts = page.facts
    said = words.answered(count, facts.expected.get(group), page.comparison.threshold)
    locked = facts.locked.get(group)
    again = " after being reopened" if facts.reopened.get(group) else ""
    when = [f"Locked{again} on {words.moment_of(locked)}"] if locked else []
    return [f"{said[0].upper()}{said[1:]}", *when]


def _chart(page: Page, density: Density) -> list[Flowable]:
    result = page.comparison
    sides = charts.two_sides(result.predicted, result.actual, result.top)
    gaps = result.prediction.cards if result.prediction else {}
    slope = charts.Slope(page.deck, sides, gaps, result.top, size=density.label, air=density.air, most=density.most)
    heads = [_chart_head(page, group) for group in (Group.IT, Group.CUSTOMERS)]
    room = page.width * (1 - charts.BETWEEN) / 2
    if not any(side.rows for side in sides):
        return [Columns(heads, (room, room), page.width * charts.BETWEEN)]
    return [
        Columns(heads, (room, room), page.width * charts.BETWEEN),
        Figure(slope, charts.describe(page.deck, sides, result.top)),
        Spacer(0, 4),
        prose.say(_chart_note(result), style.SMALL),
    ]


def _chart_head(page: Page, group: Group) -> list[Flowable]:
    right = group is Group.IT
    look = style.style(11, 14, fonts.SEMIBOLD, COLOURS[group], right=right)
    title = f"{CHART_TITLES[group]} {SIGNS[group]}" if right else f"{SIGNS[group]} {CHART_TITLES[group]}"
    head: list[Flowable] = [prose.say(title, look), Rule(COLOURS[group], style.FINE, dashed=right)]
    found = page.comparison.lists.get(LIST_NAMES[group])
    if found is None or found.n is None:
        reason = words.why_missing(page.comparison, LIST_NAMES[group])
        head.append(prose.say(reason, style.style(9.5, 13, colour=MUTED, right=right)))
    return head


def _chart_note(result: Comparison) -> str:
    lines = (
        "A solid, rising line: customers put the card higher than IT thought. A dashed, falling one: lower. "
        "A thick one: a clear gap. "
        if result.prediction
        else ""
    )
    return (
        f"{lines}Numbers are places; “24–52” means that these cards share them. Each ballot ranks up to "
        f"{words.cards(result.depth)} of {result.deck_size:,}; everybody who answered counts the same."
    )


def _findings(page: Page) -> list[Flowable]:
    if page.comparison.prediction is None:
        return [Rule(), prose.say(words.how_sure(page.comparison), style.TEXT)]
    surprises, facts = _surprises(page), _know_and_worth(page)
    if not facts:
        return [Rule(), *surprises]
    wide = page.width * 0.58
    return [Rule(), Columns([surprises, facts], (wide, page.width - wide - 2 * style.GUTTER), 2 * style.GUTTER)]


def _surprises(page: Page) -> list[Flowable]:
    prediction = page.comparison.prediction
    if prediction is None:
        return []
    found = prediction.surprises()[:SURPRISES]
    lines: list[Flowable] = [prose.say("The largest surprises", style.STRONG, "H2")]
    for code in found:
        card = prediction.cards[code]
        lines.append(prose.rich(index_and_title(page.deck[code]), style.style(9.5, 12, before=3)))
        lines.append(prose.say(f"{words.gap(card)}: {words.certainty(card)}.", style.QUIET))
    return lines


def _know_and_worth(page: Page) -> list[Flowable]:
    result = page.comparison
    lines: list[Flowable] = []
    if result.basis and (sentence := words.think_first(result.basis)):
        published = f"In the published world-wide figure it was {words.PUBLISHED_THINK}\xa0%."
        lines += [prose.say("Know, or think?", style.STRONG, "H2"), prose.say(f"{sentence} {published}", style.QUIET)]
        lines += [prose.say(known, style.QUIET)] if (known := words.know_hits(result.basis, result.top)) else []
    actual = result.actual
    if result.prediction and (sentence := words.worth(result.prediction, actual.n if actual else None)):
        look = style.style(9.5, 13, fonts.SEMIBOLD, before=6 if lines else 0)
        lines += [prose.say("What the prediction is worth", look, "H2"), prose.say(sentence, style.QUIET)]
    return lines
