"""The balance of the three lenses in words: what is strong, what is missing, and what that is like for customers."""

from dataclasses import dataclass

from cardsort.analysis.result import Comparison, LensBalance
from cardsort.domain.ballots import Group
from cardsort.domain.cards import Lens
from cardsort.domain.rounding import half_up
from cardsort.story import words

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


@dataclass(frozen=True, slots=True)
class Bar:
    """One lens's share of a list's pain, in whole per cent."""

    label: str
    percent: int


@dataclass(frozen=True, slots=True)
class Balance:
    """The balance of one list, ready to show; `said` "" where no zone is named."""

    title: str
    group: Group
    bars: tuple[Bar, ...]
    said: str


def balances(comparison: Comparison) -> tuple[Balance, ...]:
    """The balance of what customers chose and of what IT thought, where they can be told."""
    found = []
    for name, group, title in (
        ("customers_own", Group.CUSTOMERS, "What customers miss"),
        ("it_prediction", Group.IT, "What IT thinks they miss"),
    ):
        lens = comparison.lenses.get(name)
        if lens is not None and lens.customer is not None:
            found.append(_balance(lens, group, title, comparison.lists[name].n or 0))
    return tuple(found)


def _balance(lens: LensBalance, group: Group, title: str, n: int) -> Balance:
    shares = {Lens.CUSTOMER: lens.customer, Lens.PROCESS: lens.process, Lens.COST: lens.cost}
    bars = tuple(Bar(MISSED[one], int(half_up(100 * (share or 0.0)))) for one, share in shares.items())
    return Balance(title, group, bars, _sentence(lens.zone, n))


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
