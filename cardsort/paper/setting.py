"""The report as a story: its parts in reading order, each from the frozen result to flowables."""

from collections.abc import Callable

from reportlab.platypus import CondPageBreak, Flowable, PageBreakIfNotEmpty, Spacer

from cardsort.paper import gappages, insightpages, tables, talkpages
from cardsort.paper.customerpages import customers_plural
from cardsort.paper.firstpage import Page, first_page
from cardsort.paper.howsure import how_it_was_computed
from cardsort.paper.kit import prose, style
from cardsort.paper.mappages import the_map
from cardsort.story import leads, parts

_GAP = Spacer(0, style.GUTTER)  # below a first page that has no list to show
TABLE_ROOM = 200.0  # enough of a table to begin it below something else


def tell(page: Page, wanted: frozenset[str] | None) -> list[Flowable]:
    """The wanted parts that there is data for, in reading order."""
    found = parts.chosen(page.comparison, wanted)
    told: list[Flowable] = []
    for part in found:
        told += [PageBreakIfNotEmpty(), *TELLERS[part](page)] if part in OWN_PAGE else TELLERS[part](page)
        if part in OWN_PAGE:
            told.append(PageBreakIfNotEmpty() if parts.TABLE in parts.available(page.comparison) else _GAP)
    return told


def _gaps(page: Page) -> list[Flowable]:
    return [*gappages.agreement_and_gaps(page), *gappages.own_words(page), *gappages.whom_it_works_for(page)]


def _all_cards(page: Page) -> list[Flowable]:
    return [
        CondPageBreak(TABLE_ROOM),
        prose.heading(parts.PARTS[parts.TABLE]),
        prose.say(leads.table(page.comparison), style.style(9.5, 13, after=7, indent=page.width - style.MEASURE)),
        tables.all_cards(page),
        *tables.shares(page),
    ]


TELLERS: dict[str, Callable[[Page], list[Flowable]]] = {
    parts.FIRST: first_page,
    parts.GAPS: _gaps,
    parts.MAP: the_map,
    parts.SEGMENTS: customers_plural,
    parts.BALANCE: insightpages.the_balance,
    parts.MIRROR: insightpages.knew_or_mirrored,
    parts.ROUNDS: insightpages.round_by_round,
    parts.GUIDE: talkpages.conversation_guide,
    parts.AGENDA: talkpages.the_agenda,
    parts.TABLE: _all_cards,
    parts.METHOD: how_it_was_computed,
}
OWN_PAGE = frozenset({parts.FIRST, parts.MAP, parts.AGENDA})
