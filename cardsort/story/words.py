"""The result in sentences: plain strings without markup, for the printed page and for the browser alike.

A no-break space (U+00A0) stands between a number and its sign. Nothing is computed here but rounding.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from cardsort.analysis.missing import too_few_did
from cardsort.analysis.result import (
    BasisRate,
    BasisResult,
    CardGap,
    Comparison,
    Interval,
    Label,
    Position,
    Prediction,
    Zone,
)
from cardsort.analysis.sayable import FEW, sayable_of, shares_sayable
from cardsort.analysis.suppression import may_show
from cardsort.domain.agenda import AgendaItem, Party, Progress
from cardsort.domain.ballots import Group, Moment
from cardsort.domain.counting import counted
from cardsort.domain.rounding import half_up
from cardsort.domain.sources import Restored, Sources

PUBLISHED_THINK = 90  # per cent of first cards that were "we think"
PUBLISHED = (
    f"World-wide it was {PUBLISHED_THINK}\xa0% of the first cards (published in 2012, from more than 3,500 people in "
    "IT)."
)
COSTS = "It costs:"
KNOW_OR_THINK = "Know, or think?"
SIGNIFICANT = 0.05
LISTS = {
    "it_prediction": "IT’s prediction",
    "customers_own": "the customers’ choice",
    "it_own": "IT’s own view",
    "customers_prediction": "the customers’ prediction",
}
GROUPS = {Group.IT: "IT", Group.CUSTOMERS: "Customers"}
WHOSE = {Group.IT: "IT", Group.CUSTOMERS: "the customers"}
ZONES = {
    Zone.SHARED_PAIN: "shared pain",
    Zone.BLIND_SPOT: "blind spot",
    Zone.FALSE_ALARM: "false alarm",
    Zone.QUIET: "quiet",
    Zone.BORDERLINE: "borderline",
}
ZONE_TITLES = {
    Zone.SHARED_PAIN: "Shared pain",
    Zone.BLIND_SPOT: "Blind spots",
    Zone.FALSE_ALARM: "False alarms",
    Zone.QUIET: "Quiet",
    Zone.BORDERLINE: "Borderline",
}
MOMENTS = {
    Moment.CALM.value: "a calm time",
    Moment.BUSY.value: "a busy period",
    Moment.OUTAGE.value: "just after an outage",
}
_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905 - a list of twelve quoted words reads worse
)


def day(value: date) -> str:
    """14 May 2026."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def moment_of(value: datetime) -> str:
    """14 May 2026, 09:05, with the time zone's name where the time has one."""
    zone = value.tzname()
    return f"{day(value)}, {value:%H:%M}" + (f" {zone}" if zone else "")


def people(count: int) -> str:
    """1 person, 1,204 people."""
    return _together(counted(count, "person", "people"))


def cards(count: int) -> str:
    """1 card, 10 cards."""
    return _together(counted(count, "card"))


def customers(count: int) -> str:
    """1 customer, 24 customers."""
    return _together(counted(count, "customer"))


def minutes(count: int) -> str:
    """1 minute, 12 minutes."""
    return _together(counted(count, "minute"))


def _together(text: str) -> str:
    return text.replace(" ", "\xa0")


def answered(count: int, expected: int | None) -> str:
    """How many answered, of how many invited where that is known."""
    count = count or 0
    if expected is None or expected < count:
        return f"{people(count)} answered"
    part = f" ({share(count / expected)})" if expected >= FEW else ""
    return f"{count:,} of {people(expected)} answered{part}"


def who_answered(comparison: Comparison, name: str, expected: int | None) -> str:
    """How many people's ballots a list is made of, and where these came from."""
    sources = comparison.sources.get(name, Sources())
    found = comparison.lists.get(name)
    if found is not None and found.n is None:
        return f"fewer than {people(comparison.threshold)} answered{' by a link' if sources.n > sources.people else ''}"
    return ": ".join(part for part in (answered((found.n or 0) if found else 0, expected), came(sources)) if part)


def came(sources: Sources) -> str:
    """Where ballots came from: "34 sent by link, 20 imported and 6 typed at the desk"; "" where there are none."""
    coded = f" ({sources.with_code:,} with a one-time code)" if sources.with_code else ""
    ways = (
        (sources.sent, f"sent by link{coded}"),
        (sources.imported, "imported"),
        (sources.typed, "typed at the desk"),
        (sources.unknown, "with no source recorded"),
    )
    found = [(count, way) for count, way in ways if count]
    if len(found) == 1:
        return f"{'all ' if sources.n > 1 else ''}{found[0][1]}{_taken_out(sources)}"
    return listed([f"{count:,}\xa0{way}" for count, way in found]) + _taken_out(sources) if found else ""


def _taken_out(sources: Sources) -> str:
    """What follows of ballots that are in no other number: "; 2 discarded and 1 withdrawn", "" where there are none."""
    ways = ((sources.discarded, "discarded"), (sources.withdrawn, "withdrawn"))
    found = [f"{count:,}\xa0{way}" for count, way in ways if count]
    return f"; {listed(found)}" if found else ""


def known_alone(core: Mapping[Group, Sources], threshold: int) -> str:
    """What to know before ballots are typed in or imported: that they alone make nothing shown; "" where all groups
    that are given have enough people by a link.
    """
    few = [f"{people(one.people)} of {WHOSE[group]}" for group, one in core.items() if not may_show(one, threshold)]
    if not few:
        return ""
    return (
        "Whoever types them in or imports them knows these ballots. They count, but a list is shown from "
        f"{people(threshold)} on who came by a link; so far: {listed(few)}."
    )


def restored(archived: Restored) -> str:
    """That a workshop was restored, and from what day's archive, True = not known; "" where it was not."""
    if not archived:
        return ""
    return f"Restored from an archive of {day(archived) if isinstance(archived, date) else 'an unknown day'}"


def share(value: float | None) -> str:
    """0..1 as a whole percentage; a dash where there is no value."""
    return "–" if value is None else f"{half_up(100 * value):.0f}\xa0%"


def place(position: Position) -> str:
    """A place, "7", or a tie block, "24–52"."""
    return str(position.low) if position.low == position.high else f"{position.low}–{position.high}"


def signed(gap: int) -> str:
    """A gap with its sign; positive = customers put the card higher."""
    return f"+{gap}" if gap > 0 else f"−{-gap}" if gap < 0 else "0"


def tally(value: float) -> str:
    """A number of cards: whole numbers as they are, parts (from ties over the cut) with one decimal."""
    shown = half_up(value, 1)
    return f"{shown:.0f}" if shown.is_integer() else f"{shown:.1f}"


def top(size: int) -> str:
    """The words top 10, or "first place" when the top is one card."""
    return "first place" if size == 1 else f"top\xa0{size}"


def guess(chance: float) -> str:
    """What guessing would give; under one half of a card the likeliest number is none."""
    return f"Guessing gives {half_up(chance):.0f}" if half_up(chance) else "Guessing mostly gives none"


def fair_bar(prediction: Prediction, size: int) -> str:
    """What guessing would give, and what as many customers as there are people in IT, where they are six or more."""
    guessed, people, bar = guess(prediction.hits_by_chance), prediction.customers_split, prediction.hits_of_customers
    if people is None or bar is None or size == 1:
        return f"{guessed}."
    who = "one of the customers" if people == 1 else f"{people:,} of the customers themselves"
    named = {0: "almost none", size: f"all {size}"}.get(int(half_up(bar)), f"{half_up(bar):.0f}")
    return f"{guessed}; {who} would have named {named}."


def hits(prediction: Prediction, size: int) -> str:
    """The hits as the main clause of the headline."""
    found = prediction.hits
    if size == 1:
        return _first_card(found)
    if found == 0:
        return f"IT named none of the customers’ {top(size)}"
    if found == size:
        return f"IT named all {size} of the customers’ {top(size)}"
    return f"IT named {_part_hits(found, size)} of the customers’ {top(size)}"


def _part_hits(found: float, size: int) -> str:
    """Hits that are neither none nor all; parts of a card come from ties over the cut."""
    if found == round(found):
        return tally(found)
    return {0: "almost none", size: "almost all"}.get(int(half_up(found)), f"about {half_up(found):.0f}")


def part_of(count: float, size: int) -> str:
    """So many of so many cards: 9 of 10; about 9 of 10 where ties over the cut make parts of a card."""
    if count == round(count):
        return f"{tally(count)} of {size}"
    return {0: f"almost none of {size}", size: f"almost all {size}"}.get(
        int(half_up(count)), f"about {half_up(count):.0f} of {size}"
    )


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
    """That it is no more than a beginning, with both numbers; "" from five people on in each group."""
    if smaller_group(comparison) >= FEW or comparison.prediction is None:
        return ""
    it, customers = ((found.n or 0) if found else 0 for found in (comparison.predicted, comparison.actual))
    return f"A conversation starter: {it:,} in IT, {counted(customers, 'customer')}."


def missing_headline(comparison: Comparison) -> str:
    """What cannot be said, when one list or both are not there."""
    if comparison.predicted is None and comparison.actual is None:
        return "There is nothing to compare yet: neither list can be shown."
    if comparison.actual is None:
        return "What IT thought is known; what customers chose cannot be shown."
    return "What customers chose is known; what IT thought cannot be shown."


def why_missing(comparison: Comparison, name: str) -> str:
    """Why a list is not shown: nobody voted, or fewer than the threshold."""
    if name not in comparison.lists:
        who = "customers" if name.startswith("customers") else "people in IT"
        return f"No ballots of {who} were sent for this list."
    return f"Fewer than {people(comparison.threshold)} {too_few_did(comparison, name)}"


def smaller_group(comparison: Comparison) -> int:
    """How many people are in the smaller of the two compared groups; 0 when one of them is not shown."""
    shown = (comparison.predicted, comparison.actual)
    return min((found.n or 0) if found else 0 for found in shown)


def both_shares(comparison: Comparison, code: str) -> str:
    """How many of each group had the card in their own top: shares from five people on in each, else counts."""
    there = "" if comparison.top == comparison.depth else f" for the {top(comparison.top)}"
    many, parts = shares_sayable(comparison), []
    if (actual := comparison.actual) is not None:
        whom = "of customers" if many else "customers"
        parts.append(f"{part_of_group(actual.cards[code].top_share, actual.n or 0, many=many)} {whom} chose it{there}")
    if (predicted := comparison.predicted) is not None:
        whom = "of IT" if many else "in IT"
        part = part_of_group(predicted.cards[code].top_share, predicted.n or 0, many=many)
        parts.append(f"{part} {whom} expected it{there}")
    return "; ".join(parts) + "." if parts else ""


def part_of_group(value: float, n: int, *, many: bool) -> str:
    """A share of n people, 0..1, as a percentage; of few people as a count: 2 of 3."""
    return share(value) if many else f"{half_up(value * n):.0f} of {n:,}"


def certainty(card: CardGap) -> str:
    """How sure it is that the groups differ, in a few words; "" where both places are the same."""
    if card.gap == 0:
        return ""
    if card.label not in {Label.CLEAR, None} and card.q is not None and card.q <= SIGNIFICANT:
        return "A small gap."
    return {Label.CLEAR: "A clear gap.", None: "Too few ballots to test it."}.get(
        card.label, "Chance alone could give this."
    )


def card_in_words(comparison: Comparison, code: str) -> str:
    """The shares of a card, and how sure it is that they differ."""
    card = comparison.prediction.cards[code] if comparison.prediction else None
    sure = certainty(card) if card else ""
    return f"{both_shares(comparison, code)} {sure}".strip()


def zone(card: CardGap) -> str:
    """The card's zone, and whether its gap is clear; a clear card outside both tops is just outside."""
    if card.label is not Label.CLEAR:
        return ZONES[card.zone]
    return "just outside, clear" if card.zone is Zone.QUIET else f"{ZONES[card.zone]}, clear"


def worth(comparison: Comparison) -> str:
    """IT's prediction in customers: how many picked at random know as much. "" where undefined.

    More customers than answered are said as all who answered.
    """
    prediction, it, customers = comparison.prediction, comparison.predicted, comparison.actual
    if prediction is None or prediction.worth_in_customers is None or it is None or customers is None:
        return ""
    value, who = prediction.worth_in_customers, f"{people(it.n or 0)} in IT together knew"
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
    return f"{half_up(basis.think_share_first * basis.first_n):,.0f} of {people(basis.first_n)}"


def know_hits(basis: BasisResult) -> str:
    """How often know and think were right, and whether one was so more often; "" where neither can be said."""
    rates = [
        (word, rate)
        for word, rate in (("e know", basis.know), ("e think", basis.think))
        if rate.n and rate.hit_rate is not None
    ]
    told = [
        f"“w{word}” {_times(rate)} in {rate.n:,}" if number else f"“W{word}” was right {_times(rate)} in {rate.n:,}"
        for number, (word, rate) in enumerate(rates)
    ]
    if not told:
        return ""
    apart = basis.rates_differ
    more = "" if apart is None else ": a real difference" if apart else ": no real difference"
    return f"{', '.join(told)}{more}."


def _times(rate: BasisRate) -> str:
    count = int(half_up((rate.hit_rate or 0.0) * (rate.n or 0)))
    return counted(count, "time")


def how_sure(comparison: Comparison) -> str:
    """What may be said with that many people."""
    if smaller_group(comparison) == 0:
        return "A comparison needs both lists, so there is nothing to be sure about yet."
    return starter(comparison) or sayable_of(comparison).caption


def overall(prediction: Prediction) -> str:
    """The test of the two whole lists, in a sentence; "" where undefined."""
    p = prediction.overall_p
    if p is None:
        return ""
    value = "p < 0.001" if p < 0.001 else f"p = {half_up(p, 3):.3f}" if p < 0.1 else f"p = {half_up(p, 2):.2f}"  # noqa: PLR2004 - digits
    if p <= SIGNIFICANT:
        return f"Taken as a whole, the two lists differ by more than chance would make them ({value})."
    return (
        f"Taken as a whole, it stays open whether the two lists differ: chance alone makes groups of one taste differ "
        f"as much in {half_up(100 * p):.0f} of 100 cases ({value})."
    )


def range_of(interval: Interval | None) -> str:
    """An interval in whole numbers, 2–6; "" where there is none."""
    if interval is None:
        return ""
    low, high = (int(half_up(end)) for end in interval)
    return f"{low:,}–{high:,}" if low != high else f"{low:,}"


def wanted(item: AgendaItem) -> str:
    """What stands before the behaviour that is wanted, with those who are to show it."""
    who = [party.label for party in Party if party in item.from_whom]
    return f"What we want to see from {listed(who)}:" if who else "What we want to see:"


def progress(item: AgendaItem) -> str:
    """How far a promise is, with the day of the last tick: Done on 14 May 2026."""
    if item.progress_on is None:
        return item.progress.label
    return f"{item.progress.label} {'on' if item.progress is Progress.DONE else 'since'} {day(item.progress_on)}"


def listed(names: Sequence[str]) -> str:
    """a; a and b; a, b and c."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def chart_note(comparison: Comparison, on: date | None) -> str:
    """What every chart says beneath itself: how many people, depth, weighting and date."""
    shown = ((comparison.predicted, "from IT"), (comparison.actual, "customers"))
    who = [f"{found.n:,} {name}" for found, name in shown if found and found.n is not None]
    when = f" {day(on)}." if on else ""
    return (
        f"{listed(who)}. Each ballot ranks up to {cards(comparison.depth)} of {comparison.deck_size:,}; everybody who "
        f"answered counts the same.{when}"
    )


def moments(counts: dict[str, int]) -> str:
    """What the time was like when customers answered: a calm time (36), a busy period (19); "" where not known."""
    known = [f"{MOMENTS.get(name, name)}\xa0({count:,})" for name, count in counts.items() if count]
    return listed(known) if known else ""


def times(shares: dict[str, float]) -> str:
    """The same as shares, the larger first: 62 % a calm time, 30 % a busy period; "" where it may not be told."""
    ordered = sorted(shares.items(), key=lambda entry: -entry[1])
    return ", ".join(f"{share(value)} {MOMENTS.get(name, name)}" for name, value in ordered)
