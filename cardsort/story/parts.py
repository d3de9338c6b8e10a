"""The result told: its parts in reading order, for every medium. What there is nothing to say of is left out."""

from collections.abc import Callable
from typing import NamedTuple

from cardsort.analysis.result import Comparison
from cardsort.domain.cards import Deck
from cardsort.language import N_, _
from cardsort.story import findings, table
from cardsort.story.agenda import tell_agenda
from cardsort.story.balance import tell_balance
from cardsort.story.blocks import Block, Lead, Part
from cardsort.story.facts import ReportFacts
from cardsort.story.first import tell_first, tell_tops
from cardsort.story.gaps import tell_gaps, tell_voices
from cardsort.story.guide import tell_guide
from cardsort.story.method import tell_method
from cardsort.story.mirror import tell_mirror
from cardsort.story.pictures import tell_map
from cardsort.story.plural import tell_plural
from cardsort.story.rounds import tell_rounds
from cardsort.story.table import tell_shares, tell_table
from cardsort.story.teams import tell_teams

FIRST, TOPS, GAPS, AGENDA, APPENDIX = "first", "tops", "gaps", "agenda", "appendix"
GUIDE, VOICES, MAP, TABLE, SHARES = "guide", "voices", "map", "table", "shares"
SEGMENTS, TEAMS, BALANCE, MIRROR, ROUNDS, METHOD = "segments", "teams", "balance", "mirror", "rounds", "method"
BRIEF = frozenset({FIRST, TOPS, GAPS, AGENDA})  # what is talked about; the rest is to look things up
OF_FEW = BRIEF | {VOICES, METHOD}  # with fewer than five people in a group that is enough, and no divider


class Chapter(NamedTuple):
    """A part's title, what tells it, whether it stands alone on its page, and its title where one group was asked, if
    that is another.
    """

    title: str
    tell: Callable[[Comparison, Deck, ReportFacts], tuple[Block, ...]]
    alone: bool = False
    of_one: str = ""

    def title_for(self, comparison: Comparison) -> str:
        """The title, by how many groups were asked."""
        return _(self.of_one or self.title if comparison.alone else self.title)


CHAPTERS = {
    FIRST: Chapter(N_("One page that says it all"), tell_first, alone=True),
    TOPS: Chapter(N_("Both lists, side by side"), tell_tops, alone=True, of_one=N_("The list")),
    GAPS: Chapter(N_("Where you agree, and where you do not"), tell_gaps),
    AGENDA: Chapter(N_("What we agree"), tell_agenda),
    GUIDE: Chapter(N_("Questions for the conversation"), tell_guide),
    VOICES: Chapter(N_("In their own words"), tell_voices),
    SEGMENTS: Chapter(N_("Customers, plural"), tell_plural),
    TEAMS: Chapter(N_("Teams in IT"), tell_teams),
    BALANCE: Chapter(N_("The balance of what is missed"), tell_balance),
    MIRROR: Chapter(N_("Knew, or mirrored?"), tell_mirror, of_one=N_("Asked besides")),
    ROUNDS: Chapter(N_("Round by round"), tell_rounds),
    METHOD: Chapter(N_("How it was computed, and how sure it is"), tell_method),
    MAP: Chapter(N_("The map"), tell_map, alone=True),
    TABLE: Chapter(N_("All cards"), tell_table),
    SHARES: Chapter(table.SHARES, tell_shares),
}


def tell(
    comparison: Comparison, deck: Deck, facts: ReportFacts, wanted: frozenset[str] | None = None
) -> tuple[Part, ...]:
    """The wanted parts that there is something to say in; all for None, or where none of the wanted is there: those to
    talk with, then, after a divider, those to look things up in.
    """
    few = bool(findings.starter(comparison))
    told = (
        Part(name, chapter.title_for(comparison), chapter.tell(comparison, deck, facts), chapter.alone)
        for name, chapter in CHAPTERS.items()
        if not few or name in OF_FEW
    )
    there = tuple(part for part in told if part.blocks)
    shown = tuple(part for part in there if wanted is None or part.id in wanted) or there
    brief = tuple(part for part in shown if part.id in BRIEF)
    more = tuple(part for part in shown if part.id not in BRIEF)
    return (*brief, *([_divider(more)] if brief and len(more) > 1 and not few and not more[0].alone else []), *more)


def _divider(parts: tuple[Part, ...]) -> Part:
    """What stands between the two, with what follows it."""
    return Part(APPENDIX, _("To look things up"), (Lead(f"{'  ·  '.join(part.title for part in parts)}."),))
