"""Rounds over time: the same measures at one depth shared by all, never between different depths."""

from dataclasses import replace

import numpy as np

from cardsort.analysis.ballotset import BallotSet
from cardsort.analysis.ranks import Ints, find_places
from cardsort.analysis.result import RoundResult
from cardsort.analysis.selection import ACTUAL, LISTS, PREDICTED, ListBallots, Terms, find_depth, find_rows, take
from cardsort.analysis.significance import find_moved, find_significance, is_testable
from cardsort.analysis.similarity import find_gaps, hits, spearman
from cardsort.analysis.suppression import may_show

PURPOSE = 12
COMPARED = (ACTUAL, PREDICTED)

Lists = dict[str, ListBallots]


def find_rounds(terms: Terms, ballots: BallotSet, picks: int | None, current: Lists) -> tuple[RoundResult, ...]:
    """Each round that has ballots, rising, at the smallest depth that a compared group has in any of them.

    `current` = the last round's lists at the depth of `terms`, used again where all rounds have that depth.
    """
    numbers = [int(number) for number in np.unique(ballots.round)]
    shown = {number: _find_shown(ballots, number, terms.threshold) for number in numbers}
    compared = [_keep_compared(lists) for lists in shown.values()]
    shared = replace(terms, depth=min(terms.depth, find_depth(ballots, compared, picks, terms.size)))
    results: list[RoundResult] = []
    before: ListBallots | None = None
    for number in numbers:
        reused = current if number == numbers[-1] and shared == terms else {}
        lists = {
            name: reused.get(name) or take(ballots, found, shared)
            for name, found in shown[number].items()
            if name in COMPARED
        }
        results.append(_describe(shared, number, lists, before))
        before = lists.get(ACTUAL)
    return tuple(results)


def _find_shown(ballots: BallotSet, number: int, threshold: int) -> dict[str, Ints]:
    return {name: rows for name, rows in find_rows(ballots, number).items() if may_show(len(rows), threshold)}


def _keep_compared(shown: dict[str, Ints]) -> dict[str, Ints]:
    """The lists, of any kind, of those groups that the round compares: each is as deep as its longest ballot."""
    groups = {LISTS[name][0] for name in COMPARED if name in shown}
    return {name: rows for name, rows in shown.items() if LISTS[name][0] in groups}


def _describe(terms: Terms, number: int, lists: Lists, before: ListBallots | None) -> RoundResult:
    """One round; `moved` tells which cards the customers put elsewhere than in the round before, by more than luck."""
    actual, predicted = lists.get(ACTUAL), lists.get(PREDICTED)
    pair = actual and predicted and (predicted.tally.rank_sums, actual.tally.rank_sums)
    return RoundResult(
        round=number,
        hits=hits(*pair, terms.top) if pair else None,
        spearman=spearman(*pair) if pair else None,
        n_it=predicted.n if predicted else None,
        n_customers=actual.n if actual else None,
        moved=_find_moved(terms, number, before, actual) if before and actual else None,
    )


def _find_moved(terms: Terms, number: int, before: ListBallots, now: ListBallots) -> tuple[str, ...] | None:
    """None where no single card can be tested: too few ballots, or all cards of a list are tied."""
    if not is_testable(before.n, now.n, terms.size):
        return None
    tested = find_significance(terms, before, now, PURPOSE + number)
    if tested.overall_p is None:
        return None
    gaps = find_gaps(find_places(before.tally.rank_sums), find_places(now.tally.rank_sums))
    return tuple(terms.codes[card] for card in find_moved(tested, gaps))
