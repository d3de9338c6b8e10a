"""The comparison: from ballots to everything that is said about them."""

from cardsort.analysis.ballotset import BallotSet
from cardsort.analysis.consensus import build_list, find_recognition
from cardsort.analysis.prediction import compare_lists
from cardsort.analysis.result import Comparison, ConsensusList
from cardsort.analysis.selection import ACTUAL, PREDICTED, ListBallots, Terms, find_depth, find_rows, take
from cardsort.analysis.suppression import may_show
from cardsort.domain.cards import Deck
from cardsort.domain.errors import InvalidInput


def compare(
    deck: Deck, ballots: BallotSet, *, picks: int | None = None, threshold: int = 3, seed: int = 1
) -> Comparison:
    """What IT thinks beside what customers chose, in the last round.

    `picks` is the depth asked of every group, 1..m; without it a list's depth is its longest ballot. Nothing is
    shown of fewer than `threshold` people. The result depends on the ballots and the seed, never on their order.
    """
    _check(deck, picks, threshold, seed)
    last = int(ballots.round.max(initial=1))
    rows = find_rows(ballots, last)
    shown = {name: found for name, found in rows.items() if may_show(len(found), threshold)}
    terms = Terms(deck.codes, find_depth(ballots, list(shown.values()), picks, deck.size), threshold, seed)
    taken = {name: take(ballots, found, terms) for name, found in shown.items()}
    prediction = None
    if PREDICTED in taken and ACTUAL in taken:
        prediction = compare_lists(terms, taken[PREDICTED], taken[ACTUAL])
    return Comparison(
        deck_name=deck.name,
        deck_size=deck.size,
        depth=terms.depth,
        top=terms.top,
        threshold=threshold,
        seed=seed,
        round=last,
        lists={name: _build(ballots, taken.get(name), terms) for name in rows},
        prediction=prediction,
    )


def _build(ballots: BallotSet, found: ListBallots | None, terms: Terms) -> ConsensusList:
    if found is None:
        return ConsensusList(None)
    piles = None if ballots.piles is None else ballots.piles[found.rows]
    return build_list(terms, found.tally, recognition=find_recognition(piles, terms.threshold))


def _check(deck: Deck, picks: int | None, threshold: int, seed: int) -> None:
    if picks is not None and not 1 <= picks <= deck.size:
        raise InvalidInput(f"The number of picks is {picks}. This deck has {deck.size} cards: take 1 to {deck.size}.")
    if threshold < 1:
        raise InvalidInput(f"The threshold is {threshold}. Take 1 or more people.")
    if seed < 0:
        raise InvalidInput(f"The seed is {seed}. Take 0 or a larger whole number.")
