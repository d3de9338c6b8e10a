"""Round by round in words, for the printed page and for the browser alike. Nothing is computed here but rounding."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from cardsort.analysis.missing import why_unmoved
from cardsort.analysis.result import Comparison, Interval, Move, RoundResult
from cardsort.analysis.sayable import sayable
from cardsort.story import numbers, words
from cardsort.story.facts import ReportFacts

HEADS = ("Round", "□ People", "● People", "Hits", "Similarity", "The time, as customers put it")
MOVED_HEADS = ("Moved by more than chance", "□ IT expects", "● Customers choose")
STAYED = "–"


@dataclass(frozen=True, slots=True)
class Row:
    """One round; a dash stands for what cannot be told."""

    round: int
    it: str
    customers: str
    hits: str
    similarity: str
    time: str


@dataclass(frozen=True, slots=True)
class Step:
    """From one round to the next.

    changes  sentences on hits and similarity, and on a group of which no card is known to have moved
    cards    (code, places in IT's list, places in the customers' list) of every card that a group moved by more than
             chance: "24–52 → 3", or a dash
    """

    title: str
    changes: tuple[str, ...]
    cards: tuple[tuple[str, str, str], ...]


def rows(comparison: Comparison, facts: ReportFacts) -> tuple[Row, ...]:
    """Each round; nothing where there is one alone."""
    return tuple(
        Row(
            round=one.round,
            it=_count(one.n_it),
            customers=_count(one.n_customers),
            hits="–" if one.hits is None else words.tally(one.hits),
            similarity=numbers.decimal(one.spearman if _many(one, comparison.threshold) else None),
            time=words.times(facts.times.get(one.round, {})) or "–",
        )
        for one in comparison.rounds
        if len(comparison.rounds) > 1
    )


def steps(comparison: Comparison) -> tuple[Step, ...]:
    """Each round against the one before."""
    found = comparison.rounds
    return tuple(
        Step(
            title=f"From round {before.round} to round {now.round}",
            changes=(*_changes(before, now, comparison.threshold), *_unmoved(comparison, place)),
            cards=_moved(now),
        )
        for place, (before, now) in enumerate(pairwise(found), start=1)
    )


def _changes(before: RoundResult, now: RoundResult, threshold: int) -> Iterator[str]:
    many = _many(before, threshold) and _many(now, threshold)
    if now.hits_change is not None and before.hits is not None and now.hits is not None:
        change = numbers.apart(now.hits, before.hits, digits=1)
        yield (
            f"IT named {words.tally(now.hits)} of the customers’ {words.top(now.top)}; in round {before.round} it was "
            f"{words.tally(before.hits)}. "
            f"Change: {_change(change, now.hits_change.interval, _cards, many=many)}."
        )
    if many and now.spearman_change is not None and before.spearman is not None and now.spearman is not None:
        change = numbers.apart(now.spearman, before.spearman)
        yield (
            f"The similarity of the whole lists is {numbers.decimal(now.spearman)}; in round {before.round} it was "
            f"{numbers.decimal(before.spearman)}. "
            f"Change: {_change(change, now.spearman_change.interval, _hundredths, many=many)}."
        )


def _change(change: float, interval: Interval, shown: Callable[[float], str], *, many: bool) -> str:
    """The difference, as printed; from five people on with its range, and whether luck alone could give it."""
    said = shown(change) if change else "none"
    if not many:
        return said
    low, high = interval
    if low > 0 or high < 0:
        luck = "; more than luck would give"
    else:
        luck = "" if said == "none" else "; luck alone could give this"
    return f"{said} (range {shown(min(low, change))} to {shown(max(high, change))}{luck})"


def _cards(value: float) -> str:
    return _signed(words.tally(abs(value)), value)


def _hundredths(value: float) -> str:
    return _signed(f"{abs(value):.2f}", value)


def _signed(shown: str, value: float) -> str:
    """With its sign, unless it is shown as nothing."""
    return shown if not float(shown) else f"{'+' if value > 0 else '−'}{shown}"


def _moved(now: RoundResult) -> tuple[tuple[str, str, str], ...]:
    """What customers moved in their order, then what IT alone moved in its own."""
    it, customers = (
        {move.code: move for move in sorted(moves or (), key=lambda move: move.now)}
        for moves in (now.moves_it, now.moves_customers)
    )
    return tuple((code, _places(it.get(code)), _places(customers.get(code))) for code in {**customers, **it})


def _unmoved(comparison: Comparison, place: int) -> Iterator[str]:
    now = comparison.rounds[place]
    for whose, moves, people in (
        ("IT’s list", now.moves_it, [one.n_it for one in comparison.rounds]),
        ("The customers’ list", now.moves_customers, [one.n_customers for one in comparison.rounds]),
    ):
        if moves is None:
            said = why_unmoved(comparison, place, people, whose)
            yield said if said.startswith(whose) else f"{whose}: {said[0].lower()}{said[1:]}"
        elif not moves:
            yield f"{whose}: no card has moved by more than chance would give."


def _places(move: Move | None) -> str:
    return f"{words.place(move.before)} → {words.place(move.now)}" if move else STAYED


def _many(one: RoundResult, threshold: int) -> bool:
    return sayable(min(one.n_it or 0, one.n_customers or 0), threshold).shares_with_intervals


def _count(people: int | None) -> str:
    return "–" if people is None else f"{people:,}"
