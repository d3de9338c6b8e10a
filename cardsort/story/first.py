"""The one page that says it all: what was asked, who answered, the hits, both tops, and what follows."""

from collections.abc import Iterator

from cardsort.analysis.result import Comparison, Label, Prediction
from cardsort.analysis.sayable import sayable_of
from cardsort.domain.ballots import Group
from cardsort.domain.cards import Deck
from cardsort.story import words
from cardsort.story.blocks import Asked, Block, Front, Lead, Lines, Title, Told, Tone
from cardsort.story.charts.slope import LISTS, slope
from cardsort.story.facts import ReportFacts
from cardsort.story.gaps import clear_of

SURPRISES = 3
ASKED = {Group.IT: "IT was asked", Group.CUSTOMERS: "Customers were asked"}


def tell_first(comparison: Comparison, deck: Deck, facts: ReportFacts) -> tuple[Block, ...]:
    """All of it; a list that is not shown has its reason in its place."""
    when, restored = words.day(facts.date) if facts.date else "", words.restored(comparison.restored)
    line = [facts.organisation, f"Round {facts.round}", when, restored]
    found, guess = words.headline_parts(comparison)
    shown = comparison.predicted or comparison.actual
    front = Front(
        title=facts.title,
        line="  ·  ".join(part for part in line if part.strip()),
        found=found,
        guess=guess,
        asked=(_asked(comparison, facts, Group.IT), _asked(comparison, facts, Group.CUSTOMERS)),
        chart=slope(comparison, deck),
        note=_chart_note(comparison) if shown else "",
        findings=tuple(column for column in _findings(comparison, deck) if column),
    )
    return (front,)


def _asked(comparison: Comparison, facts: ReportFacts, group: Group) -> Asked:
    question = (facts.questions.get(group) or "").strip()
    answered = tuple(_who_answered(comparison, facts, group))
    return Asked(group, ASKED[group], f"“{question}”" if question else "", answered)


def _who_answered(comparison: Comparison, facts: ReportFacts, group: Group) -> Iterator[str]:
    said = words.who_answered(comparison, LISTS[group], facts.expected.get(group))
    yield f"{said[0].upper()}{said[1:]}"
    if locked := facts.locked.get(group):
        again = ", after a reopening" if facts.reopened.get(group) else ""
        yield f"Locked on {words.moment_of(locked)}{again}"
    if group is Group.CUSTOMERS and (moment := words.moments(facts.moments)):
        yield f"Asked in {moment}"


def _chart_note(comparison: Comparison) -> str:
    lines = ""
    if comparison.prediction:
        lines = "A solid, rising line: customers put the card higher than IT thought. A dashed, falling one: lower. "
        if any(card.label is Label.CLEAR for card in comparison.prediction.cards.values()):
            lines += "A thick one: a clear gap. "
    return (
        f"{lines}Numbers are places{_tied(comparison)}. Each ballot ranks up to "
        f"{words.cards(comparison.depth)} of {comparison.deck_size:,}; everybody who answered counts the same."
    )


def _tied(comparison: Comparison) -> str:
    """An example of places that cards share, where there is one in the chart."""
    lists = (found for found in (comparison.actual, comparison.predicted) if found)
    blocks = [found.cards[code].position for found in lists for code in found.top(comparison.top)]
    shared = next((block for block in blocks if block.low != block.high), None)
    return f"; “{words.place(shared)}” means that these cards share them" if shared else ""


def _findings(comparison: Comparison, deck: Deck) -> Iterator[tuple[Block, ...]]:
    if comparison.prediction is None:
        yield (Lead(words.how_sure(comparison)),)
        return
    yield tuple(_surprises(comparison, comparison.prediction, deck))
    if sayable_of(comparison).shares_with_intervals:
        yield tuple(_know_or_think(comparison))


def _surprises(comparison: Comparison, prediction: Prediction, deck: Deck) -> Iterator[Block]:
    """The clear ones, or else what looks most different."""
    codes = prediction.surprises()
    clear = clear_of(comparison, codes)
    yield Title("The clear surprises" if clear else "What looks most different")
    for code in (clear or codes)[:SURPRISES]:
        yield Lines(((deck[code],), (Told(words.card_in_words(comparison, code), Tone.QUIET),)))


def _know_or_think(comparison: Comparison) -> Iterator[Block]:
    """The share of first cards that were thought, beside the published one, and the hit rates."""
    if comparison.basis is None or not (thought := words.think_first(comparison.basis)):
        return
    yield Title(words.KNOW_OR_THINK)
    yield Lead(f"{thought} {words.PUBLISHED}")
    if known := words.know_hits(comparison.basis):
        yield Lead(known)
