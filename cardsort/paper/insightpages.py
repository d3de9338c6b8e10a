"""The balance of the lenses, knowing or mirroring, and rounds compared: short parts that share pages."""

from typing import Any

from reportlab.platypus import CondPageBreak, Flowable, Spacer

from cardsort.domain.ballots import Group
from cardsort.paper import tables
from cardsort.paper.bars import Bars
from cardsort.paper.cardface import index_and_title
from cardsort.paper.firstpage import COLOURS, SIGNS, Page
from cardsort.paper.kit import fonts, prose, style
from cardsort.paper.kit.layout import Columns, height_of
from cardsort.paper.kit.tags import Figure, TableTags
from cardsort.story import balance, leads, mirror, rounds, words
from cardsort.story.balance import Balance
from cardsort.story.charts.slope import Row

PARTED = 60.0  # a title's own room


def _lead(page: Page, said: str, *, keep: bool = True) -> Flowable:
    return prose.say(said, style.style(9.5, 13, after=7, indent=page.width - style.MEASURE - 60, keep=keep))


def _together(page: Page, title: str, parts: list[Flowable]) -> list[Flowable]:
    """A short part, which is never divided."""
    return [CondPageBreak(min(page.height, height_of(parts, page.width) + PARTED)), prose.heading(title), *parts]


def the_balance(page: Page) -> list[Flowable]:
    """What each list misses most, as bars with two sentences."""
    found = balance.balances(page.comparison)
    if not found:
        return []
    room = (page.width - 2 * style.GUTTER) / 2
    columns = [_balance(one, room) for one in found]
    return _together(
        page,
        "The balance of what is missed",
        [_lead(page, leads.BALANCE), Columns(columns, [room] * len(columns), 2 * style.GUTTER)],
    )


def _balance(one: Balance, room: float) -> list[Flowable]:
    name = style.style(11, 14, fonts.SEMIBOLD, COLOURS[one.group], after=4)
    rows = [(bar.label, bar.percent / 100, f"{bar.percent}\xa0%") for bar in one.bars]
    told = "; ".join(f"{label}: {shown}" for label, _share, shown in rows)
    return [
        prose.say(f"{SIGNS[one.group]} {one.title}", name, "H3"),
        Figure(Bars(rows, COLOURS[one.group], hollow=one.group is Group.IT), f"{one.title}: {told}."),
        Spacer(0, 6),
        *([prose.say(one.said, style.style(9.5, 13, indent=max(0.0, room - style.MEASURE)))] if one.said else []),
    ]


def knew_or_mirrored(page: Page) -> list[Flowable]:
    """How alike the three lists are, two by two, and what follows from it."""
    second = _second_lists(page)
    likenesses = mirror.likenesses(page.comparison)
    if not likenesses:
        return _together(page, "Knew, or mirrored?", second) if second else []
    rows = [(one.name, max(0.0, one.value or 0.0), one.shown) for one in likenesses]
    told = "; ".join(f"{name}: {shown}" for name, _value, shown in rows)
    said = " ".join(mirror.sentences(page.comparison))
    parts: list[Flowable] = [
        _lead(page, leads.MIRROR),
        Figure(Bars(rows, style.MUTED), f"{told}."),
        Spacer(0, 8),
        _lead(page, said, keep=False),
        *second,
    ]
    return _together(page, "Knew, or mirrored?", parts)


def _second_lists(page: Page) -> list[Flowable]:
    """The tops of IT's own view and of the customers' guess about IT, side by side."""
    found = mirror.second_lists(page.comparison, page.deck)
    if not found:
        return []
    room = (page.width - style.GUTTER) / 2
    return [Columns([_second_list(one) for one in found], [room] * len(found), style.GUTTER)]


def _second_list(one: mirror.SecondList) -> list[Flowable]:
    name = style.style(11, 14, fonts.SEMIBOLD, COLOURS[one.group], before=8, after=4)
    line = style.style(9.5, 13, after=2)
    cards: list[Flowable] = [
        prose.rich([(f"{row.place}\xa0 ", fonts.SEMIBOLD, style.MUTED), *named_row(row)], line) for row in one.rows
    ]
    return [prose.say(f"{SIGNS[one.group]} {one.title} ({words.people(one.n)})", name, "H3"), *cards]


def named_row(row: Row) -> list[prose.Part]:
    """A row of a list: its card, or how many there are."""
    return index_and_title(row.card) if row.card else [(row.said, fonts.ITALIC, style.MUTED)]


def round_by_round(page: Page) -> list[Flowable]:
    """Each round in a row, all at the depth that they share."""
    found = rounds.rows(page.comparison, page.facts)
    if not found:
        return []
    look = style.style(9, 11.5)
    rows: list[list[Any]] = [tables.heads(list(rounds.HEADS))]
    for one in found:
        shown = (str(one.round), one.it, one.customers, one.hits, one.similarity, one.time)
        rows.append([prose.say(value, look) for value in shown])
    widths = [page.width * part for part in (0.09, 0.1, 0.1, 0.09, 0.12, 0.5)]
    grid = tables.table(rows, widths, tables.plain(6), TableTags(naming=0))
    story = _together(page, "Round by round", [_lead(page, leads.ROUNDS), grid])
    for step in rounds.steps(page.comparison):
        story += _step(page, step)
    return story


def _step(page: Page, step: rounds.Step) -> list[Flowable]:
    """What changed from one round to the next, and the cards that moved."""
    look = style.style(9, 11.5)
    room = page.width * 0.2
    rows: list[list[Any]] = [tables.heads(list(rounds.MOVED_HEADS))]
    for code, *places in step.cards:
        rows.append([prose.rich(index_and_title(page.deck[code]), look), *(prose.say(place, look) for place in places)])
    widths = [page.width - 2 * room, room, room]
    moved = [tables.table(rows, widths, tables.plain(3), TableTags(naming=0))] if step.cards else []
    name = prose.say(step.title, style.style(11, 14, fonts.SEMIBOLD, before=14, after=4, keep=True), "H3")
    return [name, *(_lead(page, line) for line in step.changes), *moved]
