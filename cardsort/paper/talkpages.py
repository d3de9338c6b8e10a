"""For the room: the conversation guide with space for notes, and the agenda, agreed or to fill in by pen."""

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import CondPageBreak, Flowable, Spacer

from cardsort.analysis.result import Zone
from cardsort.domain.agenda import AgendaItem, Decision, Promise
from cardsort.domain.cards import Lens
from cardsort.paper import tables
from cardsort.paper.cardface import index_and_title
from cardsort.paper.firstpage import Page
from cardsort.paper.kit import fonts, prose, style
from cardsort.paper.kit.layout import Columns, Lines, Stack, height_of
from cardsort.paper.kit.style import CUSTOMERS, IT, MUTED
from cardsort.paper.kit.tags import TableTags
from cardsort.story import guide, leads, words

NOTES = 0.36  # share of the width
LINE_STEP = 17.0
BLANK = 62.0  # height of a row to fill in
MORE = 3  # rows to fill in below what was agreed
HEAD_OF_AGENDA = 120.0
LENS_LINES = 2


def _lead(page: Page, said: str) -> Flowable:
    return prose.say(said, style.style(9.5, 13, after=7, indent=page.width - style.MEASURE - 60, keep=True))


def conversation_guide(page: Page) -> list[Flowable]:
    """A question and the better practice for each top card, then one question for each lens."""
    codes = guide.guided(page.comparison)
    if not codes:
        return []
    entries = [_entry(page, code) for code in codes]
    return [
        CondPageBreak(height_of(entries[:2], page.width) + HEAD_OF_AGENDA),
        prose.heading("Questions for the conversation"),
        _lead(page, leads.conversation(page.comparison)),
        *entries,
        *_lenses(page),
    ]


def _entry(page: Page, code: str) -> Flowable:
    card = page.deck[code]
    wide = page.width * (1 - NOTES) - style.GUTTER
    left: list[Flowable] = [
        prose.rich([*index_and_title(card), *_zone(page, code)], style.style(10.5, 13.5, after=2), "H3")
    ]
    if card.question:
        left.append(prose.say(card.question, style.style(10, 13, after=3)))
    if card.better:
        better = [("Better: ", fonts.SEMIBOLD, MUTED), (card.better, fonts.REGULAR, MUTED)]
        left.append(prose.rich(better, style.style(9, 12)))
    lines = max(2, round(height_of(left, wide) / LINE_STEP))
    return Stack([Columns([left, [Lines(lines, LINE_STEP)]], (wide, page.width * NOTES)), Spacer(0, 12)])


def _zone(page: Page, code: str) -> list[prose.Part]:
    """Shared pain is named; the rest of the top needs no word."""
    result = page.comparison
    parts: list[prose.Part] = []
    for found, sign, colour in ((result.actual, "●", CUSTOMERS), (result.predicted, "□", IT)):
        if found:
            parts += [
                ("  ", fonts.REGULAR, None),
                (f"{sign}\xa0{words.place(found.cards[code].position)}", fonts.SEMIBOLD, colour),
            ]
    if result.prediction and result.prediction.cards[code].zone is Zone.SHARED_PAIN:
        parts += [("  ", fonts.REGULAR, None), ("shared\xa0pain", fonts.ITALIC, MUTED)]
    return parts


def _lenses(page: Page) -> list[Flowable]:
    found = guide.lenses_of(page.deck)
    if not found:
        return []
    rows: list[Flowable] = [_lens(page, lens) for lens in found]
    return [
        CondPageBreak(height_of(rows, page.width) + HEAD_OF_AGENDA / 2),
        prose.subheading("One question to ask ourselves, for each lens"),
        *rows,
    ]


def _lens(page: Page, lens: Lens) -> Flowable:
    wide = page.width * (1 - NOTES) - style.GUTTER
    left = [
        prose.say(lens.label, style.style(10.5, 13.5, fonts.SEMIBOLD, after=2)),
        prose.say(guide.ASK_YOURSELF[lens], style.style(10, 13)),
    ]
    return Stack([Columns([left, [Lines(LENS_LINES, LINE_STEP)]], (wide, page.width * NOTES)), Spacer(0, 10)])


def the_agenda(page: Page) -> list[Flowable]:
    """What earlier rounds left open, then what was agreed, or a page of lines to agree on."""
    head: list[Flowable] = [prose.heading("What we agree"), *_left_open(page), _lead(page, leads.AGENDA)]
    spare = page.height - height_of(head, page.width) - 30
    items = [item for item in page.facts.agenda if item.code in page.deck]
    blank = MORE if items else max(MORE, int(spare / BLANK))
    rows = [*(_agreed(page, item) for item in items), *(_to_fill_in() for _ in range(blank))]
    names = (
        "Card, and what it costs",
        "What we will do, or why not and what instead",
        "Who",
        "Until",
        "Would they like paying?",
    )
    return [*head, _grid(page, names, rows, rowHeights=[None, *[None] * len(items), *[BLANK] * blank])]


def _left_open(page: Page) -> list[Flowable]:
    rows = [_promised(page, promise) for promise in page.facts.promises if promise.item.code in page.deck]
    if not rows:
        return []
    return [
        prose.subheading("Still open from earlier rounds"),
        _lead(page, leads.PROMISES),
        _grid(page, ("Card", "What was promised", "Who", "Until", "How far"), rows),
        Spacer(0, 14),
        prose.subheading("In this round"),
    ]


def _grid(page: Page, names: Sequence[str], rows: list[list[Any]], **more: Any) -> Flowable:
    widths = [page.width * part for part in (0.25, 0.33, 0.13, 0.15, 0.14)]
    look = [*tables.plain(5), *_COLUMNS]
    return tables.table([tables.heads(names), *rows], widths, look, TableTags(naming=0), **more)


def _to_fill_in() -> list[Any]:
    return ["", "", "", "", prose.say("yes  /  no", style.style(9, 11.5, colour=MUTED))]


_COLUMNS: list[tables.Command] = [
    ("LINEAFTER", (0, 0), (-2, -1), style.HAIR, style.LINE),
    ("LEFTPADDING", (1, 0), (-1, -1), 6),
]


def _agreed(page: Page, agreed: AgendaItem) -> list[Any]:
    item, look, quiet = agreed.as_decided(), style.style(9.5, 12), style.style(9, 11.5, colour=MUTED)
    card: list[Flowable] = [prose.rich(index_and_title(page.deck[item.code]), look)]
    card += [prose.say(item.cost, quiet)] if item.cost else []
    due = [prose.say(words.day(item.due) if item.due else "", look)]
    due += [prose.say(words.progress(item), quiet)] if item.promised and item.progress_on else []
    worth = item.worth_paying.label if item.worth_paying else ""
    return [card, _answer(item), prose.say(item.owner or item.public_owner, look), due, prose.say(worth, look)]


def _promised(page: Page, promise: Promise) -> list[Any]:
    item, look, quiet = promise.item.as_decided(), style.style(9.5, 12), style.style(9, 11.5, colour=MUTED)
    card = [prose.rich(index_and_title(page.deck[item.code]), look), prose.say(f"Round {promise.round}", quiet)]
    due = [prose.say(words.day(item.due) if item.due else "–", look)]
    due += [prose.say("Overdue", style.style(9, 11.5, fonts.SEMIBOLD, style.CAUTION))] if promise.overdue else []
    who = prose.say(item.owner or item.public_owner, look)
    return [card, _answer(item), who, due, prose.say(words.progress(item), look)]


def _answer(item: AgendaItem) -> list[Flowable]:
    """The decision's word, then what goes with it."""
    look = style.style(9.5, 12)
    name = {Decision.LATER: "Later. ", Decision.NO: "No. "}.get(item.decision or Decision.DO, "")
    first: list[prose.Part] = [("Quick win. ", fonts.SEMIBOLD, None)] if item.quick_win else []
    first += [(name, fonts.SEMIBOLD, None)] if name else []
    first += [
        (part, fonts.REGULAR, None)
        for part in (item.action, f" {item.reason}" if item.action and item.reason else item.reason)
        if part
    ]
    if not first and item.decision is None:
        first = [("Not decided yet", fonts.ITALIC, MUTED)]
    lines: list[Flowable] = [prose.rich(first or [("–", fonts.REGULAR, None)], look)]
    more = (("Instead: ", item.alternative), (words.wanted(item), item.behaviour))
    lines += [
        prose.rich([(label, fonts.SEMIBOLD, None), (text, fonts.REGULAR, None)], look) for label, text in more if text
    ]
    return lines
