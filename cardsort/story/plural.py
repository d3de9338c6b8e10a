"""Customers, plural, in words and grids: what each segment puts at the top, and whether another weighting would tell.

For paper and page alike; nothing is computed here but rounding.
"""

from dataclasses import dataclass

from cardsort.analysis.chain import lost_on_the_way
from cardsort.analysis.result import Comparison, Position, Scenario, Weighting
from cardsort.domain.ballots import Group
from cardsort.domain.workshops import ChainKind
from cardsort.story import words

FIRST_PLACES = 3  # shaded darkest
CHAIN_KINDS = {kind.value: kind.label for kind in ChainKind}
NONE_LARGEST = "No kind of customer alone is the largest."
NONE_DECIDES = "No single kind"
_WITHOUT = "without "


@dataclass(frozen=True, slots=True)
class Cell:
    """A card's place in a list, "" outside its top; `level` 2 = among the first three, 1 = in the top, 0 = outside."""

    place: str
    level: int


@dataclass(frozen=True, slots=True)
class Head:
    """Whose list a column is: a name as typed, its place in the chain in words ("" = unknown), n, and its group."""

    name: str
    kind: str
    n: int
    group: Group


@dataclass(frozen=True, slots=True)
class Grid:
    """Top cards by list: IT's prediction first, then the segments along the chain, then all customers.

    `rows` are (code, a cell for each head), in the customers' order; `lost` are cards of the paying customers' top
    that no list shown before them has in its own; None where no such list is shown.
    """

    heads: tuple[Head, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    lost: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Weighed:
    """One way of counting: its name, how many of the top stay, and which cards come and go."""

    name: str
    kept: str
    comes: tuple[str, ...]
    goes: tuple[str, ...]


def segment_grid(comparison: Comparison) -> Grid | None:
    """What each segment that may be shown puts at the top; None for fewer than two segments."""
    actual, predicted = comparison.actual, comparison.predicted
    if actual is None or len(comparison.chain) < 2:  # noqa: PLR2004 - one segment has nobody to differ from
        return None
    columns: list[tuple[Head, dict[str, Position]]] = []
    if predicted is not None:
        known = {code: predicted.cards[code].position for code in predicted.top(comparison.top)}
        columns.append((Head("IT thought", "", predicted.n or 0, Group.IT), known))
    for link in comparison.chain:
        head = Head(link.segment, CHAIN_KINDS.get(link.kind, ""), link.n, Group.CUSTOMERS)
        columns.append((head, dict(zip(link.top, link.places, strict=True))))
    overall = {code: actual.cards[code].position for code in actual.top(comparison.top)}
    columns.append((Head("All customers", "", actual.n or 0, Group.CUSTOMERS), overall))
    named = {code for head, places in columns if head.group is Group.CUSTOMERS for code in places}
    rows = tuple(
        (code, tuple(_cell(places.get(code)) for _, places in columns)) for code in actual.order() if code in named
    )
    return Grid(tuple(head for head, _ in columns), rows, lost_on_the_way(comparison))


def _cell(position: Position | None) -> Cell:
    if position is None:
        return Cell("", 0)
    return Cell(words.place(position), 2 if position.high <= FIRST_PLACES else 1)


def weighed(weighting: Weighting) -> tuple[Weighed, ...]:
    """Every way of counting beside the headline's."""
    usual, *others = weighting.scenarios
    return tuple(
        Weighed(
            scenario_name(one.name),
            words.tally(one.kept),
            tuple(code for code in one.top if code not in usual.top),
            tuple(code for code in usual.top if code not in one.top),
        )
        for one in others
    )


def scenario_name(name: str) -> str:
    """A weighting's name for people."""
    usual = {"respondents": "Everybody counts the same", "segments": "Every kind counts the same"}
    return usual.get(name, f"W{name[1:]}" if name.startswith(_WITHOUT) else name)


def loudest(comparison: Comparison) -> tuple[str, ...]:
    """The loudest-stakeholder check in sentences; nothing where it cannot be made."""
    weighting = comparison.weighting
    if weighting is None:
        return ()
    said = [_largest(weighting), _equal(weighting, comparison.top), _decisive(weighting, comparison.top)]
    return tuple(sentence for sentence in said if sentence)


def _largest(weighting: Weighting) -> str:
    if weighting.largest_segment is None:
        return NONE_LARGEST
    name, share = weighting.largest_segment
    return f"The largest kind of customer, {name}, is {words.share(share)} of all customers who answered."


def _equal(weighting: Weighting, top: int) -> str:
    equal = next((one for one in weighting.scenarios if one.name == "segments"), None)
    if equal is None:
        return ""
    if equal.kept == top:
        return f"With every kind counted the same, the {words.top(top)} has the same cards."
    return f"With every kind counted the same, {words.tally(equal.kept)} of {top} stay in the {words.top(top)}."


def _decisive(weighting: Weighting, top: int) -> str:
    """Which segment moves the list most when it is left out."""
    left_out = [one for one in weighting.scenarios if one.name.startswith(_WITHOUT)]
    if not left_out:
        return ""
    least = min(one.kept for one in left_out)
    if least == top:
        return "Whichever kind is left out, the cards stay the same: no single one decides."
    names = [one.name.removeprefix(_WITHOUT) for one in left_out if one.kept == least]
    listed = words.listed(names)
    if len(names) > 1:
        return f"Leaving out {listed} each keeps {words.tally(least)} of {top}: these move the list most."
    return f"Leaving out {listed} keeps {words.tally(least)} of {top}: no other kind moves the list more."


def robust(comparison: Comparison) -> str:
    """How many cards stay whichever way it is counted."""
    weighting = comparison.weighting
    if weighting is None:
        return ""
    count = len(weighting.robust)
    where = f"in the {words.top(comparison.top)} whichever way it is counted"
    if not count:
        return f"No card is {where}: talk about the kinds of customers one by one."
    verb = "is" if count == 1 else "are"
    return f"{words.cards(count)} {verb} {where}: begin with {'it' if count == 1 else 'those'}."


def contested(comparison: Comparison) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Segments with the cards that are in the top or out of it because of them, in the result's order."""
    decided: dict[str, list[str]] = {}
    for card in comparison.weighting.contested if comparison.weighting else ():
        decided.setdefault(card.decided_by or NONE_DECIDES, []).append(card.code)
    return tuple((name, tuple(codes)) for name, codes in decided.items())


def weighted_codes(scenarios: tuple[Scenario, ...]) -> tuple[str, ...]:
    """Every card that is in the top under some weighting, the headline's order first."""
    return tuple(dict.fromkeys(code for scenario in scenarios for code in scenario.top))
