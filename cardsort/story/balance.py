"""The balance of the three lenses in words: what is strong, what is missing, and what that is like for customers."""

from cardsort.analysis.result import Comparison, LensBalance
from cardsort.analysis.sayable import shares_sayable
from cardsort.domain.ballots import Group
from cardsort.domain.cards import Deck, Lens
from cardsort.story import words
from cardsort.story.blocks import Beside, Block, Lead, Title
from cardsort.story.charts.bars import Bar, Bars
from cardsort.story.facts import ReportFacts

ZONES = {
    "customer without process": "friendly people, and nothing gets solved for good",
    "customer without cost": "close to people, with no word on what the work costs and is worth",
    "process without customer": "rules are rules, whoever stands before them",
    "process without cost": "well-run steps whose benefit nobody follows through",
    "cost without customer": "an eye on spending, and none on what people get for it",
    "cost without process": "a wish to manage, without the means to do it",
}
MISSED = {
    Lens.CUSTOMER: "An ear for the customer",
    Lens.PROCESS: "A way of working that holds",
    Lens.COST: "A grip on costs and worth",
}


LEAD = (
    "Every card complains of something missing: an ear for the customer, a way of working that holds, or a grip on "
    "costs and worth. The longer the bar, the more of it is missed. Two without the third is a danger zone."
)
LISTS = (
    ("customers_own", Group.CUSTOMERS, "What customers miss"),
    ("it_prediction", Group.IT, "What IT thinks they miss"),
)


def tell_balance(comparison: Comparison, _deck: Deck, _facts: ReportFacts) -> tuple[Block, ...]:
    """What each list misses most."""
    found = balances(comparison)
    return (Lead(LEAD), Beside(found)) if found else ()


def balances(comparison: Comparison) -> tuple[tuple[Block, ...], ...]:
    """The balance of what customers chose and of what IT thought: from five people on, as it is made of shares."""
    if not shares_sayable(comparison):
        return ()
    lists = ((name, comparison.lenses.get(name), group, title) for name, group, title in LISTS)
    return tuple(
        _balance(lens, group, title, comparison.lists[name].n or 0)
        for name, lens, group, title in lists
        if lens is not None and lens.customer is not None
    )


def _balance(lens: LensBalance, group: Group, title: str, n: int) -> tuple[Block, ...]:
    shares = {Lens.CUSTOMER: lens.customer, Lens.PROCESS: lens.process, Lens.COST: lens.cost}
    bars = tuple(Bar(MISSED[one], share or 0.0, words.share(share or 0.0)) for one, share in shares.items())
    said = _sentence(lens.zone, n)
    return (Title(title, group), Bars(bars, group), *([Lead(said)] if said else []))


def _sentence(zone: str | None, n: int) -> str:
    if zone is None:
        return ""
    if zone == "balanced":
        return f"All three are missed about equally: an indication, from {words.people(n)}."
    strong, missing = (Lens(name).label for name in zone.split(" without "))
    return (
        f"{missing} is missed most, {strong.lower()} least. It reads like “{ZONES[zone]}”: "
        f"an indication, from {words.people(n)}."
    )
