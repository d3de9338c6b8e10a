"""What was found, in sentences: hits and what to measure them by, know or think, and how sure it is."""

from cardsort.analysis.result import (
    BasisRate,
    BasisResult,
    Comparison,
    Prediction,
)
from cardsort.analysis.sayable import FEW, sayable_of
from cardsort.domain.counting import counted
from cardsort.rounding import half_up
from cardsort.story import words

PUBLISHED_THINK = 90  # per cent of first cards that were "we think"
PUBLISHED = (
    f"World-wide it was {PUBLISHED_THINK}\xa0% of the first cards (published in 2012, from more than 3,500 people in "
    "IT)."
)
NO_LIST = "There is no list that can be shown."
KNOW_OR_THINK = "Know, or think?"


def guess(chance: float) -> str:
    """What guessing would give; under one half of a card the likeliest number is none."""
    return f"Blind guessing gives {words.about(chance)}" if half_up(chance) else "Blind guessing mostly gives none"


def fair_bar(prediction: Prediction, size: int) -> str:
    """What guessing would give, and what as many customers as there are people in IT, where they are six or more."""
    guessed, people, bar = guess(prediction.hits_by_chance), prediction.customers_split, prediction.hits_of_customers
    if people is None or bar is None or size == 1:
        return f"{guessed}."
    who = "any one" if people == 1 else f"any {people:,}"
    named = f"all {size}" if bar == size else f"almost all {size}" if half_up(bar) == size else _part_hits(bar, size)
    return f"{guessed}; {who} of the customers would have named {named}."


def expected(prediction: Prediction) -> str:
    """How many cards IT had expected to name; "" where too few said so."""
    found = prediction.expected_hits
    if found is None:
        return ""
    shown = f"{half_up(found.mean):.0f}" if found.mean == round(found.mean) else f"about {half_up(found.mean):.0f}"
    if half_up(found.mean) == 0:
        shown = "almost none" if found.mean else "none"
    return f"IT had expected {shown}, on average of {words.people(found.n)}."


def hits(prediction: Prediction, size: int) -> str:
    """The hits as the main clause of the headline."""
    found = prediction.hits
    if size == 1:
        return _first_card(found)
    if found == 0:
        return f"IT named none of the customers’ {words.top(size)}"
    if found == size:
        return f"IT named all {size} of the customers’ {words.top(size)}"
    return f"IT named {_part_hits(found, size)} of the customers’ {words.top(size)}"


def _part_hits(found: float, size: int) -> str:
    """Hits that are neither none nor all; parts of a card come from ties over the cut."""
    return "almost all" if found % 1 and half_up(found) == size else words.about(found)


def _first_card(found: float) -> str:
    if found in {0, 1}:
        return f"IT {'named' if found else 'did not name'} the card that customers put first"
    return "IT may have named the card that customers put first; the first place is tied"


def headline(comparison: Comparison) -> str:
    """The one sentence that says it all, or what is missing for it."""
    return " ".join(part for part in headline_parts(comparison) if part)


def headline_parts(comparison: Comparison) -> tuple[str, str]:
    """The headline's finding, and what it is to be measured by ("" where there is no finding)."""
    prediction = comparison.prediction
    if prediction is None:
        return missing_headline(comparison), ""
    found = f"{starter(comparison)} {hits(prediction, comparison.top)}.".strip()
    return found, fair_bar(prediction, comparison.top)


def starter(comparison: Comparison) -> str:
    """That it is no more than a beginning, with the numbers; "" from five people on in each group."""
    if not 0 < words.smaller_group(comparison) < FEW:
        return ""
    shown = ((comparison.predicted, "{:,} in IT"), (comparison.actual, "{:,} customer{s}"))
    said = [text.format(found.n or 0, s="" if found.n == 1 else "s") for found, text in shown if found]
    return f"A conversation starter: {', '.join(said)}."


def missing_headline(comparison: Comparison) -> str:
    """What cannot be said, when one list or both are not there."""
    if comparison.alone:
        return NO_LIST
    if comparison.predicted is None and comparison.actual is None:
        return "There is nothing to compare yet: neither list can be shown."
    if comparison.actual is None:
        return "What IT thought is known; what customers chose cannot be shown."
    return "What customers chose is known; what IT thought cannot be shown."


def worth(comparison: Comparison) -> str:
    """IT's prediction in customers: how many picked at random know as much. "" where undefined.

    More customers than answered are said as all who answered.
    """
    prediction, it, customers = comparison.prediction, comparison.predicted, comparison.actual
    if prediction is None or prediction.worth_in_customers is None or it is None or customers is None:
        return ""
    value, who = prediction.worth_in_customers, f"{words.people(it.n or 0)} in IT together knew"
    if customers.n is not None and value > customers.n:
        return f"{who} at least as much as all {customers.n:,} customers who answered."
    count = int(half_up(value))
    if count == 0:
        return f"{who} less than one customer picked at random."
    return f"{who} as much as {'one customer' if count == 1 else f'about {count:,} customers'} picked at random."


def think_first(basis: BasisResult) -> str:
    """How many said "we think" of their first card; "" where undefined."""
    if basis.think_share_first is None or basis.first_n is None:
        return ""
    return f"{think_count(basis)} in IT said “we think”, not “we know”, of their first card."


def think_count(basis: BasisResult) -> str:
    """How many "we think" there were among the first cards: 1 of 10 people; "" where undefined."""
    if basis.think_share_first is None or basis.first_n is None:
        return ""
    return f"{half_up(basis.think_share_first * basis.first_n):,.0f} of {words.people(basis.first_n)}"


def know_hits(basis: BasisResult, size: int) -> str:
    """How often cards that IT knew, or thought, were in the customers' top, and whether chance could give the
    difference; "" where neither can be said.
    """
    rates = (("we know", basis.know), ("we think", basis.think))
    told = [f"“{word}” {_times(rate)} in {rate.n:,}" for word, rate in rates if rate.n and rate.hit_rate is not None]
    if not told:
        return ""
    apart = basis.rates_differ
    more = "" if apart is None else "; chance would hardly give that" if apart else "; chance could give that"
    return f"Such a card was in the customers’ {words.top(size)}: {', '.join(told)}{more}."


def _times(rate: BasisRate) -> str:
    count = int(half_up((rate.hit_rate or 0.0) * (rate.n or 0)))
    return counted(count, "time")


def how_sure(comparison: Comparison) -> str:
    """What may be said with that many people."""
    if words.smaller_group(comparison) == 0 and comparison.alone is None:
        return "A comparison needs both lists, so there is nothing to be sure about yet."
    return starter(comparison) or sayable_of(comparison).caption


def overall(prediction: Prediction) -> str:
    """The test of the two whole lists, in a sentence; "" where undefined."""
    p = prediction.overall_p
    if p is None:
        return ""
    value = "p < 0.001" if p < 0.001 else f"p = {half_up(p, 3):.3f}" if p < 0.1 else f"p = {half_up(p, 2):.2f}"  # noqa: PLR2004 - digits
    if p <= words.SIGNIFICANT:
        return f"Taken as a whole, the two lists differ by more than chance would make them ({value})."
    return (
        f"Taken as a whole, it stays open whether the two lists differ: chance alone makes groups of one taste differ "
        f"as much in {half_up(100 * p):.0f} of 100 cases ({value})."
    )
