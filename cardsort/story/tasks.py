"""What is promised as tasks, for a calendar or an issue tracker: a title, and what is to be known of it elsewhere."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from cardsort.domain.agenda import AgendaItem
from cardsort.domain.cards import Deck
from cardsort.language import _, day
from cardsort.story import words
from cardsort.story.agenda import touched
from cardsort.story.guide import PAYING, SUPPLIER

TITLE_LENGTH = 255  # as much as either tracker takes


@dataclass(frozen=True, slots=True)
class Task:
    """A promise that is not kept yet. `code` is its card's; `due` None = promised for no day."""

    code: str
    title: str
    lines: tuple[str, ...]
    due: date | None


def tell_tasks(deck: Deck, items: Iterable[AgendaItem], *, whose: str) -> tuple[Task, ...]:
    """What is left to do, in the agenda's order; each says `whose` agenda it stands on."""
    left = (item.as_decided() for item in items if item.left_to_do and item.code in deck)
    return tuple(
        Task(
            item.code,
            _title(deck, item),
            (*_lines(deck, item), _("From the agenda of %(workshop)s", workshop=whose)),
            item.due,
        )
        for item in left
    )


def _title(deck: Deck, item: AgendaItem) -> str:
    """What will be done, on one line; the card's title where only the reason for later is said."""
    title = " ".join((item.action or deck[item.code].title).split())
    return title if len(title) <= TITLE_LENGTH else f"{title[: TITLE_LENGTH - 1].rstrip()}…"


def _lines(deck: Deck, item: AgendaItem) -> Iterator[str]:
    card = deck[item.code]
    yield _("Card %(code)s: %(title)s", code=card.code, title=card.title)
    told = (
        (_("What will be done:"), item.action),
        (_("Later, because:"), item.reason),
        (_(words.COSTS), item.cost),
        (words.wanted(item), item.behaviour),
        (_("Who looks after it:"), item.owner),
        (_("Customers can ask:"), item.public_owner),
        (_("Until:"), day(item.due) if item.due else ""),
        (_(PAYING), item.worth_paying.label if item.worth_paying else ""),
        (_(SUPPLIER), item.acceptable.label if item.acceptable else ""),
    )
    yield from (f"{label} {text}" for label, text in told if text)
    yield from [touched(item)] * bool(item.stakeholder)
