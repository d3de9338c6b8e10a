"""The result told: its parts in reading order, for every medium. What there is nothing to say of is left out."""

from collections.abc import Callable
from typing import NamedTuple

from cardsort.analysis.result import Comparison
from cardsort.domain.cards import Deck
from cardsort.story.agenda import tell_agenda
from cardsort.story.balance import tell_balance
from cardsort.story.blocks import Block, Part
from cardsort.story.facts import ReportFacts
from cardsort.story.first import tell_first
from cardsort.story.gaps import tell_gaps
from cardsort.story.guide import tell_guide
from cardsort.story.method import tell_method
from cardsort.story.mirror import tell_mirror
from cardsort.story.pictures import tell_map, tell_picture
from cardsort.story.plural import tell_plural
from cardsort.story.rounds import tell_rounds
from cardsort.story.table import tell_table

FIRST, GAPS, MAP, PICTURE = "first", "gaps", "map", "picture"
SEGMENTS, BALANCE, MIRROR, ROUNDS = "segments", "balance", "mirror", "rounds"
GUIDE, AGENDA, TABLE, METHOD = "guide", "agenda", "table", "method"


class Chapter(NamedTuple):
    """A part's title, what tells it, and whether it stands alone on its page."""

    title: str
    tell: Callable[[Comparison, Deck, ReportFacts], tuple[Block, ...]]
    alone: bool = False


CHAPTERS = {
    FIRST: Chapter("One page that says it all", tell_first, alone=True),
    GAPS: Chapter("Where you agree, and where you do not", tell_gaps),
    MAP: Chapter("The map", tell_map, alone=True),
    PICTURE: Chapter("Every card in one picture", tell_picture, alone=True),
    SEGMENTS: Chapter("Customers, plural", tell_plural),
    BALANCE: Chapter("The balance of what is missed", tell_balance),
    MIRROR: Chapter("Knew, or mirrored?", tell_mirror),
    ROUNDS: Chapter("Round by round", tell_rounds),
    GUIDE: Chapter("Questions for the conversation", tell_guide),
    AGENDA: Chapter("What we agree", tell_agenda, alone=True),
    TABLE: Chapter("All cards", tell_table),
    METHOD: Chapter("How it was computed, and how sure it is", tell_method),
}


def tell(
    comparison: Comparison, deck: Deck, facts: ReportFacts, wanted: frozenset[str] | None = None
) -> tuple[Part, ...]:
    """The wanted parts that there is something to say in; all for None, or where none of the wanted is there."""
    told = (
        Part(name, chapter.title, chapter.tell(comparison, deck, facts), chapter.alone)
        for name, chapter in CHAPTERS.items()
    )
    there = tuple(part for part in told if part.blocks)
    return tuple(part for part in there if wanted is None or part.id in wanted) or there
