"""The result in sentences: plain strings without markup, for the printed page and for the browser alike.

A no-break space (U+00A0) stands between a number and its sign. Nothing is computed here but rounding.
"""

from datetime import date

from cardsort.analysis.missing import too_few_did
from cardsort.analysis.result import (
    CardGap,
    Comparison,
    ConsensusList,
    Interval,
    Label,
    Position,
    Zone,
)
from cardsort.analysis.sayable import shares_sayable
from cardsort.analysis.significance import CLEAR_GAP
from cardsort.domain.agenda import AgendaItem, Party, Progress
from cardsort.domain.ballots import Group
from cardsort.domain.cards import isolated
from cardsort.language import N_, _, day, ngettext, number, percent
from cardsort.rounding import half_up

COSTS = N_("It costs:")
SIGNIFICANT = 0.05
LISTS = {
    "it_prediction": N_("IT’s prediction"),
    "customers_own": N_("the customers’ choice"),
    "it_own": N_("IT’s own view"),
    "customers_prediction": N_("the customers’ prediction"),
}
GROUPS = {Group.IT: N_("IT"), Group.CUSTOMERS: N_("Customers")}
ZONES = {
    Zone.SHARED_PAIN: N_("shared pain"),
    Zone.BLIND_SPOT: N_("blind spot"),
    Zone.FALSE_ALARM: N_("false alarm"),
    Zone.QUIET: N_("quiet"),
    Zone.BORDERLINE: N_("borderline"),
}
CLEAR_ZONES = {
    Zone.SHARED_PAIN: N_("shared pain, clear"),
    Zone.BLIND_SPOT: N_("blind spot, clear"),
    Zone.FALSE_ALARM: N_("false alarm, clear"),
    Zone.QUIET: N_("just outside, clear"),
    Zone.BORDERLINE: N_("borderline, clear"),
}
ZONE_TITLES = {
    Zone.SHARED_PAIN: N_("Shared pain"),
    Zone.BLIND_SPOT: N_("Blind spots"),
    Zone.FALSE_ALARM: N_("False alarms"),
    Zone.QUIET: N_("Quiet"),
    Zone.BORDERLINE: N_("Borderline"),
}
SHARES = {  # a card's shares of the customers, of IT, or of both that are shown; of few people as counts: 2 of 3
    (True, True): N_("%(customers)s of customers chose it; %(it)s of IT expected it."),
    (True, False): N_("%(customers)s of customers chose it."),
    (False, True): N_("%(it)s of IT expected it."),
}
COUNTS = {
    (True, True): N_("%(customers)s customers chose it; %(it)s in IT expected it."),
    (True, False): N_("%(customers)s customers chose it."),
    (False, True): N_("%(it)s in IT expected it."),
}
SHARES_FOR_TOP = {  # where more cards were ranked than the top has
    (True, True): N_("%(customers)s of customers chose it for the %(top)s; %(it)s of IT expected it for the %(top)s."),
    (True, False): N_("%(customers)s of customers chose it for the %(top)s."),
    (False, True): N_("%(it)s of IT expected it for the %(top)s."),
}
COUNTS_FOR_TOP = {
    (True, True): N_("%(customers)s customers chose it for the %(top)s; %(it)s in IT expected it for the %(top)s."),
    (True, False): N_("%(customers)s customers chose it for the %(top)s."),
    (False, True): N_("%(it)s in IT expected it for the %(top)s."),
}
WANTED = {  # what stands before the behaviour that is wanted
    frozenset(): N_("What we want to see:"),
    frozenset({Party.MANAGEMENT}): N_("What we want to see from management:"),
    frozenset({Party.TEAM}): N_("What we want to see from the team:"),
    frozenset({Party.CUSTOMERS}): N_("What we want to see from customers:"),
    frozenset({Party.MANAGEMENT, Party.TEAM}): N_("What we want to see from management and the team:"),
    frozenset({Party.MANAGEMENT, Party.CUSTOMERS}): N_("What we want to see from management and customers:"),
    frozenset({Party.TEAM, Party.CUSTOMERS}): N_("What we want to see from the team and customers:"),
    frozenset(Party): N_("What we want to see from management, the team and customers:"),
}
_SINGLE = str.maketrans("“”„«»", "‘’‚‹›")


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
    return marked(isolated(title.translate(_SINGLE)))


def marked(text: str) -> str:
    """The text between the language's quotation marks."""
    return _("“%(name)s”", name=text)


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
    # L10N: said within sentences: the customers’ %(top)s, in the %(top)s
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
    """Why a list is not shown: nobody voted, or fewer than the threshold, of whom an archive has nothing."""
    if name in comparison.lists or comparison.restored:
        return too_few_did(comparison, name)
    if name.startswith("customers"):
        return _("No ballots of customers were sent for this list.")
    return _("No ballots of people in IT were sent for this list.")


def smaller_group(comparison: Comparison) -> int:
    """How many people are in the smaller of the groups that took part; 0 when one of them is not shown."""
    return min((found.n or 0) if found else 0 for found in comparison.told)


def both_shares(comparison: Comparison, code: str) -> str:
    """How many of each group had the card in their own top: shares from five people on in each, else counts."""
    many, at_top = shares_sayable(comparison), comparison.top == comparison.depth
    told = {
        name: part_of_group(found.cards[code].top_share, found.n or 0, many=many)
        for name, found in (("customers", comparison.actual), ("it", comparison.predicted))
        if found is not None
    }
    said = (SHARES if many else COUNTS) if at_top else (SHARES_FOR_TOP if many else COUNTS_FOR_TOP)
    return _(said["customers" in told, "it" in told], top=top(comparison.top), **told) if told else ""


def part_of_group(value: float, n: int, *, many: bool) -> str:
    """A share of n people, 0..1, as a percentage; of few people as a count: 2 of 3."""
    if many:
        return share(value)
    return _("%(part)s of %(whole)s", part=number(value * n), whole=number(n))


def certainty(card: CardGap) -> str:
    """How sure it is that the groups differ, in a few words; "" where both places are the same."""
    if card.gap == 0:
        return ""
    if card.label is Label.CLEAR:
        return _("A clear gap.")
    if card.label is None:
        return _("Too few ballots to test it.")
    small = card.q is not None and card.q <= SIGNIFICANT and abs(card.gap) < CLEAR_GAP
    return _("A small gap.") if small else _("Chance alone could give this.")


def card_in_words(comparison: Comparison, code: str) -> str:
    """The shares of a card, and how sure it is that they differ."""
    card = comparison.prediction.cards[code] if comparison.prediction else None
    sure = certainty(card) if card else ""
    return f"{both_shares(comparison, code)} {sure}".strip()


def zone(card: CardGap) -> str:
    """The card's zone, and whether its gap is clear; a clear card outside both tops is just outside."""
    return _((CLEAR_ZONES if card.label is Label.CLEAR else ZONES)[card.zone])


def range_of(interval: Interval | None) -> str:
    """An interval in whole numbers, 2–6; "" where there is none."""
    if interval is None:
        return ""
    low, high = (number(end) for end in interval)
    return f"{low}–{high}" if low != high else low


def wanted(item: AgendaItem) -> str:
    """What stands before the behaviour that is wanted, with those who are to show it."""
    return _(WANTED[frozenset(item.from_whom)])


def progress(item: AgendaItem) -> str:
    """How far a promise is, with the day of the last tick: Done on 14 May 2026."""
    if item.progress_on is None:
        return item.progress.label
    ticked = {
        Progress.OPEN: _("Open since %(day)s", day=day(item.progress_on)),
        Progress.UNDER_WAY: _("Under way since %(day)s", day=day(item.progress_on)),
        Progress.DONE: _("Done on %(day)s", day=day(item.progress_on)),
    }
    return ticked[item.progress]


def chart_note(comparison: Comparison, on: date | None) -> str:
    """What every chart says beneath itself: how many people, depth, weighting and date."""
    ranked = _(
        "Each ballot ranks up to %(cards)s of %(size)s; everybody who answered counts the same.",
        cards=cards(comparison.depth),
        size=number(comparison.deck_size),
    )
    when = _("%(day)s.", day=day(on)) if on else ""
    return " ".join(part for part in (_who(comparison), ranked, when) if part)


def people_of(found: ConsensusList | None) -> int | None:
    """How many people a list is made of; None where it is not shown."""
    return found.n if found else None


def _who(comparison: Comparison) -> str:
    """How many people there are behind a chart."""
    it, actual = people_of(comparison.predicted), people_of(comparison.actual)
    if actual is None:
        return "" if it is None else _("%(people)s from IT.", people=number(it))
    if it is None:
        return ngettext("%(n)s customer.", "%(n)s customers.", actual)
    return ngettext("%(it)s from IT and %(n)s customer.", "%(it)s from IT and %(n)s customers.", actual, it=number(it))
