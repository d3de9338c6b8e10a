"""Rounds over time: the same measures at one depth shared by all, never between different depths.

Each round's ballots were cast anew, and none counts in two rounds. So an interval of a change draws the two rounds
independently of each other: where the same people answer again it is wider than need be, never too narrow.
"""

from dataclasses import dataclass, replace

import numpy as np

from cardsort.analysis.ballotset import BallotSet
from cardsort.analysis.intervals import percentile_ends
from cardsort.analysis.prediction import Drawn, replicate_hits
from cardsort.analysis.ranks import Floats, Ints, find_places
from cardsort.analysis.resampling import repeat, replicate
from cardsort.analysis.result import Change, Interval, Move, Position, RoundResult
from cardsort.analysis.selection import ACTUAL, LISTS, PREDICTED, ListBallots, Terms, find_depth, find_rows, take
from cardsort.analysis.significance import find_moved, find_significance, is_testable
from cardsort.analysis.similarity import find_gaps, hits, spearman
from cardsort.analysis.suppression import may_show

PURPOSE = 12  # of the test of what moved; one stream for each round and group
DRAWS = 10_012  # of the intervals of changes
COMPARED = (ACTUAL, PREDICTED)

Lists = dict[str, ListBallots]


@dataclass(frozen=True, slots=True)
class _Measured:
    """One round's lists, their similarity, and the hits with their replicates (B,)."""

    lists: Lists
    hits: float | None = None
    spearman: float | None = None
    replicates: Floats | None = None


def find_rounds(
    terms: Terms, ballots: BallotSet, picks: int | None, current: Lists, exact: tuple[str, ...] = ()
) -> tuple[RoundResult, ...]:
    """Each round that has ballots, rising, at the smallest depth that a compared group has in any of them.

    `current` = the last round's lists at the depth of `terms`, used again where all rounds have that depth. `exact`
    lists are of groups in which everybody took part.
    """
    numbers = [int(number) for number in np.unique(ballots.round)]
    shown = {number: _find_shown(ballots, number, terms.threshold) for number in numbers}
    compared = [_keep_compared(lists) for lists in shown.values()]
    shared = replace(terms, depth=find_depth(ballots, compared, picks, terms.size))
    results: list[RoundResult] = []
    before: _Measured | None = None
    for number in numbers:
        reused = current if number == numbers[-1] and shared == terms else {}
        lists = {
            name: reused.get(name) or take(ballots, found, shared)
            for name, found in shown[number].items()
            if name in COMPARED
        }
        measured = _measure(shared, number, lists, exact if len(numbers) > 1 else None)
        results.append(_describe(shared, number, measured, before))
        before = measured
    return tuple(results)


def _find_shown(ballots: BallotSet, number: int, threshold: int) -> dict[str, Ints]:
    found = find_rows(ballots, number)
    return {name: rows for name, rows in found.items() if may_show(ballots.sources(rows), threshold)}


def _keep_compared(shown: dict[str, Ints]) -> dict[str, Ints]:
    """The lists, of any kind, of those groups that the round compares: each is as deep as its longest ballot."""
    groups = {LISTS[name][0] for name in COMPARED if name in shown}
    return {name: rows for name, rows in shown.items() if LISTS[name][0] in groups}


def _measure(terms: Terms, number: int, lists: Lists, exact: tuple[str, ...] | None) -> _Measured:
    """`exact` None = a round that stands alone, from which nothing has to be drawn."""
    if not lists.keys() >= set(COMPARED):
        return _Measured(lists)
    sums = lists[PREDICTED].tally.rank_sums, lists[ACTUAL].tally.rank_sums
    measured = _Measured(lists, hits(*sums, terms.top), spearman(*sums))
    if exact is None:
        return measured
    drawn = {}
    for place, name in enumerate(COMPARED):
        purpose = DRAWS + len(COMPARED) * number + place
        found = repeat(lists[name]) if name in exact else replicate(terms, lists[name], purpose)
        drawn[name] = Drawn(lists[name], found, find_places(found.centred))
    return replace(measured, replicates=replicate_hits(drawn[PREDICTED], drawn[ACTUAL], terms.top))


def _describe(terms: Terms, number: int, now: _Measured, before: _Measured | None) -> RoundResult:
    actual, predicted = now.lists.get(ACTUAL), now.lists.get(PREDICTED)
    moves = {}
    for place, name in enumerate(COMPARED):
        pair = before.lists.get(name) if before else None, now.lists.get(name)
        moves[name] = _find_moves(terms, PURPOSE + number + place * DRAWS, *pair)
    return RoundResult(
        round=number,
        hits=now.hits,
        spearman=now.spearman,
        n_it=predicted.n if predicted else None,
        n_customers=actual.n if actual else None,
        top=terms.top,
        hits_change=_find_change(now, before),
        moves_it=moves[PREDICTED],
        moves_customers=moves[ACTUAL],
    )


def _find_change(now: _Measured, before: _Measured | None) -> Change | None:
    """How the hits changed; None where a round lacks a list."""
    if before is None or now.hits is None or before.hits is None or now.replicates is None or before.replicates is None:
        return None
    change = now.hits - before.hits
    low, high = percentile_ends(now.replicates - before.replicates, change)
    return Change(change, Interval(float(low), float(high)))


def _find_moves(
    terms: Terms, purpose: int, before: ListBallots | None, now: ListBallots | None
) -> tuple[Move, ...] | None:
    """None where no single card can be tested: no list, too few ballots, or all cards of a list are tied."""
    if before is None or now is None or not is_testable(before.n, now.n, terms.size):
        return None
    tested = find_significance(terms, before, now, purpose)
    if tested.overall_p is None:
        return None
    then, since = find_places(before.tally.rank_sums), find_places(now.tally.rank_sums)
    return tuple(
        Move(terms.codes[card], _position(then, card), _position(since, card))
        for card in find_moved(tested, find_gaps(then, since))
    )


def _position(places: tuple[Ints, Ints], card: int) -> Position:
    return Position(int(places[0][card]), int(places[1][card]))
