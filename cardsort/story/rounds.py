"""Round by round: hits and similarity of each, and which cards moved. Nothing is computed here but rounding."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from cardsort.analysis.result import Comparison, Interval, Move, RoundResult
from cardsort.analysis.sayable import sayable
from cardsort.analysis.unmoved import why_unmoved
from cardsort.domain.ballots import Group
from cardsort.domain.cards import Deck
from cardsort.language import N_, _, number, pgettext
from cardsort.rounding import half_up
from cardsort.story import answered, numbers, words
from cardsort.story.blocks import Block, Cell, Grid, Head, Lead, Title, cell
from cardsort.story.facts import ReportFacts

DEPTH = N_("All rounds are compared at the same depth, the smallest asked for.")
EXPLAINED = {  # column -> what stands in it
    3: N_("A hit is a card in both tops."),
    4: N_("Similarity is that of the whole lists, from −1 to 1."),
    5: N_("The time: what it was like when customers answered; a dash where too few said the same."),
}
STILL = {
    Group.IT: N_("IT’s list: no card has moved by five places or more, and by more than chance would give."),
    Group.CUSTOMERS: N_(
        "The customers’ list: no card has moved by five places or more, and by more than chance would give."
    ),
}
STAYED = "–"


@dataclass(frozen=True, slots=True)
class Step:
    """From one round to the next.

    name     of the table of what moved
    changes  sentences on hits and similarity, and on a group of which no card is known to have moved
    cards    (code, places in IT's list, places in the customers' list) of every card that a group moved by more than
             chance: "24–52 → 3", or a dash
    """

    title: str
    name: str
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
    columns, lines = heads(), tuple(tuple(row[place] for place in told) for row in rows)
    lead = " ".join((_(DEPTH), *(_(said) for place, said in EXPLAINED.items() if place in told)))
    moved = (block for step in steps(comparison) for block in _step(step, deck))
    return (Lead(lead), Grid(_("All rounds"), tuple(columns[place] for place in told), lines), *moved)


def heads() -> tuple[Head, ...]:
    """Over the columns, of which those without a word are left out."""
    return (
        Head(pgettext("of a workshop", "Round")),
        Head(pgettext("column", "People"), Group.IT, number=True),
        Head(pgettext("column", "People"), Group.CUSTOMERS, number=True),
        Head(_("Hits"), number=True),
        Head(_("Similarity"), number=True),
        Head(_("The time, as customers put it")),
    )


def _row(one: RoundResult, threshold: int, facts: ReportFacts) -> tuple[Cell, ...]:
    """One round; a dash stands for what cannot be told."""
    return (
        cell(number(one.round)),
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
        rows = tuple((cell(deck[code]), cell(it), cell(they)) for code, it, they in step.cards)
        yield Grid(step.name, _moved_heads(), rows)


def _moved_heads() -> tuple[Head, ...]:
    return (
        Head(_("Moved by more than chance")),
        Head(_("IT expects"), Group.IT),
        Head(_("Customers choose"), Group.CUSTOMERS),
    )


def steps(comparison: Comparison) -> tuple[Step, ...]:
    """Each round against the one before."""
    return tuple(
        Step(
            title=_("From round %(before)s to round %(now)s", before=before.round, now=now.round),
            name=_("What moved, from round %(before)s to round %(now)s", before=before.round, now=now.round),
            changes=(*_changes(before, now, comparison.threshold), *_unmoved(comparison, place)),
            cards=_moved(now),
        )
        for place, (before, now) in enumerate(pairwise(comparison.rounds), start=1)
    )


def _changes(before: RoundResult, now: RoundResult, threshold: int) -> Iterator[str]:
    many = _many(before, threshold) and _many(now, threshold)
    if now.hits_change is not None and before.hits is not None and now.hits is not None:
        was, told = words.tally(before.hits), words.tally(now.hits)
        yield (
            _(
                "Hits in the customers’ %(top)s: %(now)s; in round %(round)s it was %(before)s.",
                top=words.top(now.top),
                now=told,
                round=before.round,
                before=was,
            )
            + f" {_change(numbers.apart(now.hits, before.hits, digits=1), now.hits_change.interval, many=many)}"
        )
    if many and before.spearman is not None and now.spearman is not None:
        change = numbers.apart(now.spearman, before.spearman)
        yield (
            _(
                "The similarity of the whole lists is %(now)s; in round %(round)s it was %(before)s.",
                now=numbers.decimal(now.spearman),
                round=before.round,
                before=numbers.decimal(before.spearman),
            )
            + f" {_simple(_signed(number(abs(change), 2), change) if change else '')}"
        )


def _simple(change: str) -> str:
    return _("Change: %(change)s.", change=change) if change else _("Change: none.")


def _change(change: float, interval: Interval, *, many: bool) -> str:
    """The difference, as printed; from five people on with its range, and whether luck alone could give it."""
    said = _cards(change) if change else ""
    if not many:
        return _simple(said)
    low, high = interval
    ends = {"low": _cards(min(low, change)), "high": _cards(max(high, change))}
    luck = low <= 0 <= high
    if not said:
        return _none(ends, luck=luck)
    if luck:
        return _("Change: %(change)s (range %(low)s to %(high)s; luck alone could give this).", change=said, **ends)
    return _("Change: %(change)s (range %(low)s to %(high)s; more than luck would give).", change=said, **ends)


def _none(ends: dict[str, str], *, luck: bool) -> str:
    if luck:
        return _("Change: none (range %(low)s to %(high)s).", **ends)
    return _("Change: none (range %(low)s to %(high)s; more than luck would give).", **ends)


def _cards(value: float) -> str:
    return _signed(words.tally(abs(value)), value) if half_up(value, 1) else words.tally(0)


def _signed(shown: str, value: float) -> str:
    return f"{'+' if value > 0 else '−'}{shown}"


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
        (Group.IT, now.moves_it, [one.n_it for one in comparison.rounds]),
        (Group.CUSTOMERS, now.moves_customers, [one.n_customers for one in comparison.rounds]),
    ):
        if people[place - 1] is None and people[place] is None:
            continue
        if moves is None:
            yield why_unmoved(comparison, place, people, whose)
        elif not moves:
            yield _(STILL[whose])


def _places(move: Move | None) -> str:
    return f"{words.place(move.before)} → {words.place(move.now)}" if move else STAYED


def _many(one: RoundResult, threshold: int) -> bool:
    return sayable(min(one.n_it or 0, one.n_customers or 0), threshold).shares_with_intervals


def _count(people: int | None) -> str:
    return "–" if people is None else number(people)
