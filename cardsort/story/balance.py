"""The balance of the three lenses in words: what is strong, what is missing, and what that is like for customers."""

from cardsort.analysis.result import Comparison, LensBalance
from cardsort.analysis.sayable import shares_sayable
from cardsort.domain.ballots import Group
from cardsort.domain.cards import Deck, Lens
from cardsort.language import N_, _
from cardsort.story import words
from cardsort.story.blocks import Beside, Block, Lead, Title
from cardsort.story.charts.bars import Bar, Bars
from cardsort.story.facts import ReportFacts

ZONES = {
    "balanced": N_("All three are missed about equally: an indication, from %(people)s."),
    "customer without process": N_(
        "Process orientation is missed most, customer focus least. It reads like “friendly people, and nothing gets "
        "solved for good”: an indication, from %(people)s."
    ),
    "customer without cost": N_(
        "Cost optimisation is missed most, customer focus least. It reads like “close to people, with no word on what "
        "the work costs and is worth”: an indication, from %(people)s."
    ),
    "process without customer": N_(
        "Customer focus is missed most, process orientation least. It reads like “rules are rules, whoever stands "
        "before them”: an indication, from %(people)s."
    ),
    "process without cost": N_(
        "Cost optimisation is missed most, process orientation least. It reads like “well-run steps whose benefit "
        "nobody follows through”: an indication, from %(people)s."
    ),
    "cost without customer": N_(
        "Customer focus is missed most, cost optimisation least. It reads like “an eye on spending, and none on what "
        "people get for it”: an indication, from %(people)s."
    ),
    "cost without process": N_(
        "Process orientation is missed most, cost optimisation least. It reads like “a wish to manage, without the "
        "means to do it”: an indication, from %(people)s."
    ),
}
MISSED = {
    Lens.CUSTOMER: N_("An ear for the customer"),
    Lens.PROCESS: N_("A way of working that holds"),
    Lens.COST: N_("A grip on costs and worth"),
}


LEAD = N_(
    "Every card complains of something missing: an ear for the customer, a way of working that holds, or a grip on "
    "costs and worth. The longer the bar, the more of it is missed. Two without the third is a danger zone."
)
LISTS = (
    ("customers_own", Group.CUSTOMERS, N_("What customers miss")),
    ("it_prediction", Group.IT, N_("What IT thinks they miss")),
)


def tell_balance(comparison: Comparison, _deck: Deck, _facts: ReportFacts) -> tuple[Block, ...]:
    """What each list misses most."""
    found = balances(comparison)
    return (Lead(_(LEAD)), Beside(found)) if found else ()


def balances(comparison: Comparison) -> tuple[tuple[Block, ...], ...]:
    """The balance of what customers chose and of what IT thought: from five people on, as it is made of shares."""
    if not shares_sayable(comparison):
        return ()
    lists = ((name, comparison.lenses.get(name), group, title) for name, group, title in LISTS)
    return tuple(
        _balance(lens, group, _(title), comparison.lists[name].n or 0)
        for name, lens, group, title in lists
        if lens is not None and lens.customer is not None
    )


def _balance(lens: LensBalance, group: Group, title: str, n: int) -> tuple[Block, ...]:
    shares = {Lens.CUSTOMER: lens.customer, Lens.PROCESS: lens.process, Lens.COST: lens.cost}
    bars = tuple(Bar(_(MISSED[one]), share or 0.0, words.share(share or 0.0)) for one, share in shares.items())
    said = [Lead(_(ZONES[lens.zone], people=words.people(n)))] if lens.zone else []
    return (Title(title, group), Bars(bars, group), *said)
