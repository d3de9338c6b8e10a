from dataclasses import replace

import choix
import numpy as np

from cardsort.analysis.compare import compare
from cardsort.analysis.consensus import find_recognition, find_scores
from cardsort.analysis.ranks import tally
from cardsort.analysis.selection import Terms
from tests.analysis.decks import make_ballots, make_deck
from tests.analysis.test_ranks import pad

DECK = make_deck(6)


def test_scores_go_from_unlisted_to_first_on_every_ballot():
    scores = find_scores(tally(pad([[0, 1], [0, 2]]), 6))
    # U = 9/2 throughout; card 1: (2 + 9/2)/2 = 13/4
    assert scores.tolist() == [100.0, 100 * (4.5 - 3.25) / 3.5, 100 * (4.5 - 3.25) / 3.5, 0.0, 0.0, 0.0]


def test_a_score_is_never_below_nought():
    # card 3 is last on a whole deck, rank 6, and unlisted on the other: 4; the mean of U is (13/2 + 4)/2
    assert find_scores(tally(pad([[0, 1, 2, 4, 5, 3], [0]]), 6)).min() == 100 * (5.25 - 5.0) / 4.25
    assert find_scores(tally(pad([[0, 1, 2, 4, 5, 3]] * 3 + [[0, 3]]), 6)).min() >= 0


def test_recognition_is_the_share_of_those_who_sorted_the_card():
    piles = np.array([[1, 2, 3], [1, 1, 3], [0, 0, 0], [2, 1, 3], [1, 0, 0]], dtype=np.int8)
    sent = np.zeros(5, dtype=np.int8)
    assert find_recognition(piles, sent, terms(3, 3)) == [3 / 4, 2 / 3, 0]
    assert find_recognition(piles, sent, terms(3, 4)) == [3 / 4, None, None]  # three sorted the others: too few to tell
    known = np.array([0, 0, 1, 2, 1], dtype=np.int8)
    assert find_recognition(piles, known, terms(3, 3)) == [None] * 3  # two came by a link
    assert find_recognition(None, sent, terms(3, 1)) == [None, None, None]


def test_whoever_cannot_say_has_no_part_in_the_recognition_of_a_card():
    piles = np.array([[1, 4], [1, 4], [2, 1], [4, 3]], dtype=np.int8)
    assert find_recognition(piles, np.zeros(4, dtype=np.int8), terms(2, 2)) == [2 / 3, 1 / 2]


def terms(m, threshold):
    return Terms(tuple(map(str, range(m))), 3, threshold, 1)


def test_recognition_reaches_the_result():
    ballots = make_ballots(DECK, customers=[[1, 2, 3]] * 4)
    piles = np.array([[1, 1, 1, 0, 0, 0]] * 3 + [[3, 1, 1, 1, 0, 0]], dtype=np.int8)
    found = compare(DECK, replace(ballots, piles=piles)).actual
    assert found is not None
    assert [card.recognition_share for card in found.cards.values()] == [0.75, 1, 1, None, None, None]


def test_the_order_is_that_of_a_model_of_choice():
    """Mean ranks of many ballots order the cards as the strengths of a Plackett-Luce model fitted to them do."""
    np.random.seed(3)  # noqa: NPY002 - choix draws from the global generator
    strengths = np.linspace(1.5, -1.5, 8)
    rankings = choix.generate_rankings(strengths, 1500, size=8)
    fitted = choix.lsr_rankings(8, rankings, alpha=0.001)
    means = tally(np.array(rankings, dtype=np.int16)[:, :4], 8).rank_sums
    assert np.argsort(means).tolist() == np.argsort(-fitted).tolist() == list(range(8))
