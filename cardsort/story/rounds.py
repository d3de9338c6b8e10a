"""Round by round: hits and similarity of each, and which cards moved. Nothing is computed here but rounding."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from cardsort.analysis.missing import why_unmoved
from cardsort.analysis.result import Comparison, Interval, Move, RoundResult
from cardsort.analysis.sayable import sayable
from cardsort.domain.ballots import Group
from cardsort.domain.cards import Deck
from cardsort.story import answered, numbers, words
from cardsort.story.blocks import Block, Cell, Grid, Head, Lead, Title, cell
from cardsort.story.facts import ReportFacts

HEADS = (
    Head("Round"),
    Head("People", Group.IT, number=True),
    Head("People", Group.CUSTOMERS, number=True),
    Head("Hits", number=True),
    Head("Similarity", number=True),
    Head("The time, as customers put it"),
)
MOVED = "Moved by more than chance"
MOVED_HEADS = (Head(MOVED), Head("IT expects", Group.IT), Head("Customers choose", Group.CUSTOMERS))
NAME = "All rounds"
DEPTH = "All rounds are compared at the same depth, the smallest asked for."
EXPLAINED = {  # column -> what stands in it
    3: "A hit is a card in both tops.",
    4: "Similarity is that of the whole lists, from −1 to 1.",
    5: "The time: what it was like when customers answered; a dash where too few said the same.",
}
STAYED = "–"


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


def tell_rounds(comparison: Comparison, deck: Deck, facts: ReportFacts) -> tuple[Block, ...]:
    """Each round in a row, all at the depth that they share, then what moved; nothing where there is one round alone. A
    column of which no round tells anything is left out.
    """
    if len(comparison.rounds) < 2:  # noqa: PLR2004 - nothing to compare with
        return ()
    rows = [_row(one, comparison.threshold, facts) for one in comparison.rounds]
    told = [place for place, column in enumerate(zip(*rows, strict=True)) if set(column) != {cell(STAYED)}]
    heads, lines = tuple(HEADS[place] for place in told), tuple(tuple(row[place] for place in told) for row in rows)
    lead = " ".join((DEPTH, *(said for place, said in EXPLAINED.items() if place in told)))
    moved = (block for step in steps(comparison) for block in _step(step, deck))
    return (Lead(lead), Grid(NAME, heads, lines), *moved)


def _row(one: RoundResult, threshold: int, facts: ReportFacts) -> tuple[Cell, ...]:
    """One round; a dash stands for what cannot be told."""
    return (
        cell(str(one.round)),
        cell(_count(one.n_it)),
        cell(_count(one.n_customers)),
        cell("–" if one.hits is None else words.tally(one.hits)),
        cell(numbers.decimal(one.spearman if _many(one, threshold) else None)),
        cell(answered.times(facts.times.get(one.round, {})) or "–"),
    )


def _step(step: Step, deck: Deck) -> Iterator[Block]:
    yield Title(step.title)
    yield from (Lead(line) for line in step.changes)
    if step.cards:
        name = f"What moved, {step.title[0].lower()}{step.title[1:]}"
        yield Grid(name, MOVED_HEADS, tuple((cell(deck[code]), cell(it), cell(they)) for code, it, they in step.cards))


def steps(comparison: Comparison) -> tuple[Step, ...]:
    """Each round against the one before."""
    return tuple(
        Step(
            title=f"From round {before.round} to round {now.round}",
            changes=(*_changes(before, now, comparison.threshold), *_unmoved(comparison, place)),
            cards=_moved(now),
        )
        for place, (before, now) in enumerate(pairwise(comparison.rounds), start=1)
    )


def _changes(before: RoundResult, now: RoundResult, threshold: int) -> Iterator[str]:
    many = _many(before, threshold) and _many(now, threshold)
    if now.hits_change is not None and before.hits is not None and now.hits is not None:
        change = numbers.apart(now.hits, before.hits, digits=1)
        yield (
            f"Hits in the customers’ {words.top(now.top)}: {words.tally(now.hits)}; in round {before.round} it was "
            f"{words.tally(before.hits)}. "
            f"Change: {_change(change, now.hits_change.interval, many=many)}."
        )
    if many and before.spearman is not None and now.spearman is not None:
        change = numbers.apart(now.spearman, before.spearman)
        yield (
            f"The similarity of the whole lists is {numbers.decimal(now.spearman)}; in round {before.round} it was "
            f"{numbers.decimal(before.spearman)}. Change: {_hundredths(change) if change else 'none'}."
        )


def _change(change: float, interval: Interval, *, many: bool) -> str:
    """The difference, as printed; from five people on with its range, and whether luck alone could give it."""
    said = _cards(change) if change else "none"
    if not many:
        return said
    low, high = interval
    if low > 0 or high < 0:
        luck = "; more than luck would give"
    else:
        luck = "" if said == "none" else "; luck alone could give this"
    return f"{said} (range {_cards(min(low, change))} to {_cards(max(high, change))}{luck})"


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
        if people[place - 1] is None and people[place] is None:
            continue
        if moves is None:
            said = why_unmoved(comparison, place, people, whose)
            yield said if said.startswith(whose) else f"{whose}: {said[0].lower()}{said[1:]}"
        elif not moves:
            yield f"{whose}: no card has moved by five places or more, and by more than chance would give."


def _places(move: Move | None) -> str:
    return f"{words.place(move.before)} → {words.place(move.now)}" if move else STAYED


def _many(one: RoundResult, threshold: int) -> bool:
    return sayable(min(one.n_it or 0, one.n_customers or 0), threshold).shares_with_intervals


def _count(people: int | None) -> str:
    return "–" if people is None else f"{people:,}"
