"""The last part: how the result was computed, how sure it is, and the small print."""

from reportlab.platypus import CondPageBreak, Flowable

from cardsort.paper import tables
from cardsort.paper.firstpage import Page
from cardsort.paper.kit import prose, style
from cardsort.paper.kit.layout import Columns
from cardsort.story import method


def how_it_was_computed(page: Page) -> list[Flowable]:
    """Half a page of plain words beside the small print, then the reasons for what is not shown."""
    print_room = page.width - style.MEASURE + 40
    prose_room = page.width - print_room - 1.5 * style.GUTTER
    both = Columns(
        [
            [prose.say(line) for line in method.sentences(page.comparison)],
            [tables.small_print(method.small_print(page.comparison, page.facts), print_room)],
        ],
        (prose_room, print_room),
        1.5 * style.GUTTER,
    )
    needed = both.wrap(page.width, page.height)[1]
    return [
        CondPageBreak(min(needed + 60, page.height)),
        prose.heading("How it was computed, and how sure it is"),
        both,
        *_missing(page),
    ]


def _missing(page: Page) -> list[Flowable]:
    lines = method.reasons(page.comparison)
    if not lines:
        return []
    return [
        prose.subheading("What is not shown, and why"),
        *(prose.say(f"– {line}", style.QUIET) for line in lines),
    ]
