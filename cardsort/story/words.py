"""The result in sentences: plain strings without markup, for the printed page and for the browser alike.

A no-break space (U+00A0) stands between a number and its sign. Nothing is computed here but rounding.
"""

from datetime import date

from cardsort.analysis.missing import too_few_did
from cardsort.analysis.result import (
    CardGap,
    Comparison,
    Interval,
    Label,
    Position,
    Zone,
)
from cardsort.analysis.sayable import shares_sayable
from cardsort.domain.agenda import AgendaItem, Party, Progress
from cardsort.domain.ballots import Group
from cardsort.domain.cards import isolated
from cardsort.language import _, day, listed, ngettext, number, percent
from cardsort.rounding import half_up

COSTS = "It costs:"
SIGNIFICANT = 0.05
LISTS = {
    "it_prediction": "IT’s prediction",
    "customers_own": "the customers’ choice",
    "it_own": "IT’s own view",
    "customers_prediction": "the customers’ prediction",
}
GROUPS = {Group.IT: "IT", Group.CUSTOMERS: "Customers"}
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


def people(count: int) -> str:
    """1 person, 1,204 people."""
    return _together(ngettext("%(n)s person", "%(n)s people", count))


def cards(count: int) -> str:
    """1 card, 10 cards."""
    return _together(ngettext("%(n)s card", "%(n)s cards", count))


def customers(count: int) -> str:
    """1 customer, 24 customers."""
    return _together(ngettext("%(n)s customer", "%(n)s customers", count))


def minutes(count: int) -> str:
    """1 minute, 12 minutes."""
    return _together(ngettext("%(n)s minute", "%(n)s minutes", count))


def quoted(title: str) -> str:
    """A card's title within a sentence; marks of its own become single ones."""
    return f"“{isolated(title.replace('“', '‘').replace('”', '’'))}”"


def _together(text: str) -> str:
    return text.replace(" ", "\xa0")


def share(value: float | None) -> str:
    """0..1 as a whole percentage; a dash where there is no value."""
    return "–" if value is None else percent(value)


def place(position: Position) -> str:
    """A place, "7", or a tie block, "24–52"."""
    return str(position.low) if position.low == position.high else f"{position.low}–{position.high}"


def signed(gap: int) -> str:
    """A gap with its sign; positive = customers put the card higher."""
    return f"+{gap}" if gap > 0 else f"−{-gap}" if gap < 0 else "0"


def tally(value: float) -> str:
    """A number of cards: whole numbers as they are, parts (from ties over the cut) with one decimal."""
    shown = half_up(value, 1)
    return number(shown, 0 if shown.is_integer() else 1)


def about(value: float) -> str:
    """A number of cards, and that it is rounded where it is: 2, about 2, almost none."""
    if value == round(value):
        return number(value)
    return _("about %(number)s", number=number(value)) if half_up(value) else _("almost none")


def top(size: int) -> str:
    """The words top 10, or "first place" when the top is one card."""
    return _("first place") if size == 1 else _("top\xa0%(size)s", size=size)


def part_of(count: float, size: int) -> str:
    """So many of so many cards: 9 of 10; about 9 of 10 where ties over the cut make parts of a card."""
    if count == round(count):
        return _("%(part)s of %(whole)s", part=tally(count), whole=size)
    if not half_up(count):
        return _("almost none of %(whole)s", whole=size)
    if half_up(count) == size:
        return _("almost all %(whole)s", whole=size)
    return _("about %(part)s of %(whole)s", part=number(count), whole=size)


def why_missing(comparison: Comparison, name: str) -> str:
    """Why a list is not shown: nobody voted, or fewer than the threshold."""
    if name not in comparison.lists:
        who = "customers" if name.startswith("customers") else "people in IT"
        return f"No ballots of {who} were sent for this list."
    return too_few_did(comparison, name)


def smaller_group(comparison: Comparison) -> int:
    """How many people are in the smaller of the groups that took part; 0 when one of them is not shown."""
    return min((found.n or 0) if found else 0 for found in comparison.told)


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


def chart_note(comparison: Comparison, on: date | None) -> str:
    """What every chart says beneath itself: how many people, depth, weighting and date."""
    shown = ((comparison.predicted, "from IT"), (comparison.actual, "customers"))
    who = [f"{found.n:,} {name}" for found, name in shown if found and found.n is not None]
    when = f" {day(on)}." if on else ""
    return (
        f"{listed(who)}. Each ballot ranks up to {cards(comparison.depth)} of {comparison.deck_size:,}; everybody who "
        f"answered counts the same.{when}"
    )
