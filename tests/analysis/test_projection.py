from itertools import product

import numpy as np
import pytest

from cardsort.analysis.compare import compare
from cardsort.analysis.projection import find_forces, sign_flip_p
from cardsort.analysis.result import Projection
from cardsort.files.ballotfile import read_ballots
from tests.analysis.decks import make_deck, spell


def test_the_forces_are_the_regression_of_the_prediction_on_both_views():
    random = np.random.default_rng(2)
    actual, own = random.normal(size=(2, 30))
    said = actual + 2 * own + random.normal(size=30)
    p, a, o = ((values - values.mean()) / values.std() for values in (said, actual, own))
    weights = np.linalg.lstsq(np.column_stack([a, o]), p)[0]
    forces = find_forces(float(np.mean(p * a)), float(np.mean(p * o)), float(np.mean(o * a)))
    assert forces == pytest.approx(weights, abs=1e-12)


def test_equal_views_cannot_be_told_apart():
    assert find_forces(0.5, 0.5, 1.0) == (None, None)
    assert find_forces(0.5, 0.5, -1.0) == (None, None)
    assert find_forces(None, 0.5, 0.2) == (None, None)


def test_without_overlap_of_the_views_each_force_is_its_correlation():
    assert find_forces(0.3, 0.6, 0.0) == (0.3, 0.6)


def compare_people(predictions: list[list[int]], own: list[list[int]], customers: list[list[int]]) -> Projection:
    rows = ["group,kind,ranking,respondent"]
    for person, (said, wanted) in enumerate(zip(predictions, own, strict=True)):
        rows += [f"it,prediction,{spell(said)},p{person}", f"it,own,{spell(wanted)},p{person}"]
    rows += [f"customers,own,{spell(ranking)}," for ranking in customers]
    deck = make_deck(5)
    found = compare(deck, read_ballots("\n".join(rows), deck)).projection
    assert found is not None
    return found


def test_a_person_is_closer_to_the_customers_in_their_prediction_or_in_their_own_list():
    customers, backwards = [[1, 2, 3, 4, 5]] * 4, [[5, 4, 3, 2, 1]] * 3
    knowing = compare_people(customers[:3], backwards, customers)
    assert (knowing.person_difference, knowing.person_p) == (2.0, 2 / 8)
    misled = compare_people(backwards, customers[:3], customers)
    assert (misled.person_difference, misled.person_p) == (-2.0, 2 / 8)


def test_whoever_takes_their_own_view_for_the_customers_is_as_close_in_both():
    # by the prediction's likeness to the own list, which is whole, they would seem further from the customers
    lists = [[2, 1, 3, 4, 5], [1, 3, 2, 5, 4], [5, 1, 2, 3, 4]]
    found = compare_people(lists, lists, [[1, 2, 3, 4, 5]] * 4)
    assert (found.person_difference, found.person_p) == (0.0, 1.0)


def test_signs_are_flipped_in_all_ways_when_they_are_few():
    differences = np.array([0.3, -0.1, 0.4, 0.2])
    means = [abs(np.dot(signs, differences)) for signs in product((-1, 1), repeat=4)]
    expected = np.mean([found >= 0.8 - 1e-9 for found in means])
    assert sign_flip_p(differences, 1) == expected == 4 / 16


def test_no_difference_at_all_has_p_one():
    assert sign_flip_p(np.zeros(5), 1) == 1.0
    assert sign_flip_p(np.zeros(1500), 1) == 1.0


def test_random_flips_and_the_normal_distribution_agree():
    differences = np.sort(np.random.default_rng(6).normal(0.06, 1, size=999))
    few = sign_flip_p(differences, 1)
    many = sign_flip_p(np.append(differences, 0.0), 1)
    assert few == pytest.approx(many, abs=0.02)
    assert sign_flip_p(differences, 1) == few
