"""The one page that says it all: the hits and their measure, the shares card by card, who answered; then both tops."""

from collections.abc import Iterator

from cardsort import language
from cardsort.analysis.result import Comparison, Label, Zone
from cardsort.analysis.sayable import sayable_of, shares_sayable
from cardsort.domain.ballots import Group
from cardsort.domain.cards import Deck
from cardsort.story import answered, findings, onelist, words
from cardsort.story.blocks import Asked, Block, Front, Lead, Note, Title
from cardsort.story.charts.marks import marks
from cardsort.story.charts.slope import LISTS, slope
from cardsort.story.charts.strip import strip
from cardsort.story.facts import ReportFacts
from cardsort.story.gaps import by_zone, clear_of

WORLDWIDE, SHIPPED = "A-01", "Cardsort: "  # its code, and how the name begins of the decks that have it
SIGNED = {Group.IT: "□ IT", Group.CUSTOMERS: "● customers"}
ASKED = {Group.IT: "IT was asked", Group.CUSTOMERS: "Customers were asked"}


def tell_first(comparison: Comparison, deck: Deck, facts: ReportFacts) -> tuple[Block, ...]:
    """All of it; a list that is not shown has its reason in its place."""
    when, restored = language.day(facts.date) if facts.date else "", answered.restored(comparison.restored)
    line = [facts.organisation, f"Round {facts.round}", when, restored]
    found, guess = headline(comparison, deck)
    expected = findings.expected(comparison.prediction) if comparison.prediction else ""
    shown = comparison.predicted or comparison.actual
    front = Front(
        title=facts.title,
        line="  ·  ".join(part for part in line if part.strip()),
        found=found,
        guess=" ".join(part for part in (guess, expected) if part),
        take=take_away(comparison, deck),
        marks=marks(comparison),
        chart=strip(comparison, deck),
        note=_strip_note(comparison) if shown else "",
        asked=tuple(_asked(comparison, facts, group) for group in comparison.groups),
        findings=tuple(column for column in _findings(comparison) if column),
    )
    return (front,)


def headline(comparison: Comparison, deck: Deck) -> tuple[str, str]:
    """The finding, and what it is to be measured by; of one group alone what is first, and for how many."""
    return onelist.headline(comparison, deck) if comparison.alone else findings.headline_parts(comparison)


def take_away(comparison: Comparison, deck: Deck) -> str:
    """What to go home with: where both agree, and what IT clearly did not see; else what to ask."""
    if comparison.alone:
        return onelist.take_away(comparison)
    if comparison.prediction is None:
        return ""
    shared = by_zone(comparison, Zone.SHARED_PAIN)
    blind = clear_of(comparison, by_zone(comparison, Zone.BLIND_SPOT))
    if shared or blind:
        both = f"Both put {words.quoted(deck[shared[0]].title)} at the top: begin with it." if shared else ""
        return " ".join(part for part in (both, _unseen(comparison, deck, blind, also=bool(both))) if part)
    leading = comparison.actual.order() if comparison.actual else ()
    return f"Ask customers about {words.quoted(deck[leading[0]].title)}: it is first in their list." if leading else ""


def _unseen(comparison: Comparison, deck: Deck, blind: tuple[str, ...], *, also: bool) -> str:
    """What IT clearly did not see: the first such card with both shares, and how many more there are."""
    if not blind:
        return ""
    first, *others = blind
    said = f"{'Then talk' if also else 'Talk first'} about {words.quoted(deck[first].title)}: "
    if len(others) == 1:
        more = f" {words.quoted(deck[others[0]].title)} is another such card."
    else:
        more = f" {words.cards(len(others))} more are like it." if others else ""
    return f"{said}{words.both_shares(comparison, first)}{more}"


def tell_tops(comparison: Comparison, deck: Deck, facts: ReportFacts) -> tuple[Block, ...]:
    """Both tops side by side, each with what the other has, or the one that was asked for; of few people the shares of
    the first page are enough.
    """
    if (comparison.predicted is None and comparison.actual is None) or findings.starter(comparison):
        return ()
    world = _worldwide(comparison, deck)
    told: tuple[Block, ...] = slope(comparison, deck), Note(lines_note(comparison))
    if comparison.alone:
        told = onelist.tell_list(comparison, deck)
    return *told, Note(words.chart_note(comparison, facts.date)), *([Lead(world)] if world else [])


def _worldwide(comparison: Comparison, deck: Deck) -> str:
    """Where the card stands that was chosen most world-wide; "" in a deck without it."""
    if not deck.name.startswith(SHIPPED) or WORLDWIDE not in deck or comparison.actual is None:
        return ""
    here = words.place(comparison.actual.cards[WORLDWIDE].position)
    return (
        f"World-wide, {words.quoted(deck[WORLDWIDE].title)} is the card that was chosen most (published 2012); for the "
        f"customers here it has place {here} of {comparison.deck_size}."
    )


def _asked(comparison: Comparison, facts: ReportFacts, group: Group) -> Asked:
    question = (facts.questions.get(group) or "").strip()
    answered = tuple(_who_answered(comparison, facts, group))
    return Asked(group, ASKED[group], f"“{question}”" if question else "", answered)


def _who_answered(comparison: Comparison, facts: ReportFacts, group: Group) -> Iterator[str]:
    said = answered.who_answered(comparison, LISTS[group], facts.expected.get(group))
    yield f"{said[0].upper()}{said[1:]}"
    if locked := facts.locked.get(group):
        again = ", after a reopening" if facts.reopened.get(group) else ""
        yield f"Locked on {language.moment(locked)}{again}"
    if group is Group.CUSTOMERS and (moment := answered.moments(facts.moments)):
        yield f"Asked in {moment}"


def _strip_note(comparison: Comparison) -> str:
    """How the strip is to be read."""
    ranges = ""
    if shares_sayable(comparison):
        ranges = (
            " The thin line above a customers’ mark and the dashed one below IT’s hold the share in 19 of 20 cases if "
            "other people like these are asked."
        )
    clear = ""
    if comparison.prediction and comparison.prediction.testable:
        clear = " Clearly: by five places or more, and by more than chance gives among people of one taste."
    signs = ", ".join(SIGNED[group] for group in reversed(comparison.groups))
    which = "Cards of the" if comparison.alone else "Cards of either"
    return (
        f"{which} {words.top(comparison.top)}, with how many of those who answered had the card in their own, "
        f"from none to all, and its place in the group’s list: {signs}.{ranges}{clear} Each ballot ranks up "
        f"to {words.cards(comparison.depth)} of {comparison.deck_size:,}; everybody counts the same."
    )


def lines_note(comparison: Comparison) -> str:
    """How both lists side by side are to be read."""
    lines = ""
    if comparison.prediction:
        lines = "A solid, rising line: customers put the card higher than IT thought. A dashed, falling one: lower. "
        if any(card.label is Label.CLEAR for card in comparison.prediction.cards.values()):
            lines += "A thick one: a clear gap. "
    return f"{lines}Numbers are places{_tied(comparison)}."


def _tied(comparison: Comparison) -> str:
    """An example of places that cards share, where there is one in the chart."""
    lists = (found for found in (comparison.actual, comparison.predicted) if found)
    blocks = [found.cards[code].position for found in lists for code in found.top(comparison.top)]
    shared = next((block for block in blocks if block.low != block.high), None)
    return f"; “{words.place(shared)}” means that these cards share them" if shared else ""


def _findings(comparison: Comparison) -> Iterator[tuple[Block, ...]]:
    many = sayable_of(comparison).shares_with_intervals
    if comparison.alone and many:
        yield (Lead(findings.how_sure(comparison)), *onelist.tell_agreement(comparison))
    elif comparison.prediction is None:
        asked = (LISTS[group] for group in comparison.groups)
        missing = (name for name in asked if comparison.lists.get(name) is None or not comparison.lists[name].n)
        why = dict.fromkeys(words.why_missing(comparison, name) for name in missing)
        yield (*([] if comparison.alone else [Lead(findings.how_sure(comparison))]), *map(Lead, why))
    if many:
        yield tuple(_know_or_think(comparison))


def _know_or_think(comparison: Comparison) -> Iterator[Block]:
    """How many first cards were thought, beside the published share, and how often each answer was right."""
    if comparison.basis is None or not (thought := findings.think_first(comparison.basis)):
        return
    yield Title(findings.KNOW_OR_THINK)
    yield Lead(f"{thought} {findings.PUBLISHED}")
    if known := findings.know_hits(comparison.basis, comparison.top):
        yield Lead(known)
