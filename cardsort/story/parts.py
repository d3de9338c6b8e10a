"""The parts of the report, in reading order: what can be chosen to print, and which of them there is data for."""

from cardsort.analysis.result import Comparison
from cardsort.story.balance import balances
from cardsort.story.mirror import likenesses, second_shown

FIRST, GAPS, MAP, SEGMENTS, BALANCE, MIRROR = "first", "gaps", "map", "segments", "balance", "mirror"
ROUNDS, GUIDE, AGENDA, TABLE, METHOD = "rounds", "guide", "agenda", "table", "method"
PARTS = {
    FIRST: "One page that says it all",
    GAPS: "Where you agree, and where you do not",
    MAP: "The map, and every card in one picture",
    SEGMENTS: "Customers, plural",
    BALANCE: "The balance of what is missed",
    MIRROR: "Knew, or mirrored?",
    ROUNDS: "Round by round",
    GUIDE: "Questions for the conversation",
    AGENDA: "What we agree",
    TABLE: "All cards",
    METHOD: "How it was computed, and how sure it is",
}
ALWAYS = frozenset({FIRST, METHOD})


def available(comparison: Comparison) -> tuple[str, ...]:
    """The parts that this result has something to say in, in reading order."""
    both = comparison.prediction is not None
    one = comparison.actual is not None or comparison.predicted is not None
    has = {
        GAPS: both,
        MAP: both,
        SEGMENTS: comparison.weighting is not None or len(comparison.chain) > 1,
        BALANCE: bool(balances(comparison)),
        MIRROR: bool(likenesses(comparison) or second_shown(comparison)),
        ROUNDS: len(comparison.rounds) > 1,
        GUIDE: one,
        AGENDA: one,
        TABLE: one,
    }
    return tuple(part for part in PARTS if part in ALWAYS or has[part])


def chosen(comparison: Comparison, wanted: frozenset[str] | None) -> tuple[str, ...]:
    """The available parts among those wanted; all of them for None or where none of the wanted ones is there."""
    there = available(comparison)
    picked = tuple(part for part in there if wanted is None or part in wanted)
    return picked or there
