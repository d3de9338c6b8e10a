from itertools import pairwise

import numpy as np
import pytest

from cardsort.analysis.expected import ExpectedHits, find_expected_hits
from cardsort.analysis.result import TeamHits
from cardsort.analysis.selection import ListBallots, Terms, take
from cardsort.analysis.teams import find_teams
from cardsort.domain.workshops import Segment
from tests.analysis import naive
from tests.analysis.decks import make_ballots, make_deck

DECK = make_deck(12)
TERMS = Terms(DECK.codes, depth=3, threshold=3, seed=1)


def take_lists(lists: list[list[int]]) -> ListBallots:
    ballots = make_ballots(DECK, it=lists)
    return take(ballots, np.arange(ballots.n), TERMS)


def draw_lists(n: int, seed: int, liking: float = 0.5) -> list[list[int]]:
    values = np.random.default_rng(seed).gumbel(size=(n, 12)) - liking * np.arange(12)
    return (np.argsort(-values, axis=1)[:, :3] + 1).tolist()


def divide(*sizes: int) -> list[tuple[Segment, np.ndarray]]:
    ends = np.cumsum([0, *sizes])
    return [(Segment(f"Team {i}"), np.arange(low, high)) for i, (low, high) in enumerate(pairwise(ends), 1)]


CUSTOMERS = take_lists([[1, 2, 3]] * 9)


def test_teams_stand_in_the_order_given_each_beside_as_many_customers():
    found = find_teams(
        TERMS, take_lists([[7, 8, 9]] * 6 + [[1, 2, 9]] * 4 + [[3, 2, 1]] * 5), CUSTOMERS, divide(6, 4, 5)
    )
    assert found is not None
    assert found.by_team == (
        TeamHits("Team 1", "", 6, 0.0, 3.0, 4),
        TeamHits("Team 2", "", 4, 2.0, 3.0, 4),
        TeamHits("Team 3", "", 5, 3.0, 3.0, 4),
    )


def test_teams_whose_hits_differ_by_more_than_luck_are_told_apart():
    # ten of one mind, and ten who name each another card first: mixed, both halves would name what the ten do
    scattered = [[4 + n % 9, 4 + (n + 3) % 9, 4 + (n + 5) % 9] for n in range(10)]
    found = find_teams(TERMS, take_lists([[1, 2, 3]] * 10 + scattered), CUSTOMERS, divide(10, 10))
    assert found is not None
    assert [team.hits for team in found.by_team] == [3.0, 0.0]
    assert found.apart


def test_teams_of_one_mind_are_not_told_apart():
    found = find_teams(TERMS, take_lists([[1, 2, 9]] * 10), CUSTOMERS, divide(4, 6))
    assert found is not None
    assert (found.p, found.apart) == (1.0, False)


def test_teams_of_one_taste_are_told_apart_in_one_case_of_twenty():
    p = []
    for seed in range(20):
        found = find_teams(TERMS, take_lists(draw_lists(15, seed)), CUSTOMERS, divide(5, 5, 5))
        assert found is not None
        p.append(found.p)
    assert np.mean(np.array(p) <= 0.05) <= 0.15


def test_the_hits_of_a_team_are_those_of_the_slow_twin():
    lists, customers = draw_lists(11, 3), draw_lists(20, 4)
    ballots, chosen = (
        [{"ranking": [DECK.codes[card - 1] for card in one]} for one in drawn] for drawn in (lists, customers)
    )
    found = find_teams(TERMS, take_lists(lists), take_lists(customers), divide(4, 7))
    assert found is not None
    goal = naive.mean_ranks(DECK.codes, chosen)
    for team, members in zip(found.by_team, (ballots[:4], ballots[4:]), strict=True):
        assert team.hits == pytest.approx(float(naive.hits(naive.mean_ranks(DECK.codes, members), goal, 3)), abs=1e-12)


def test_few_customers_are_no_bar_and_one_team_has_nobody_to_differ_from():
    found = find_teams(TERMS, take_lists([[1, 2, 3]] * 6), take_lists([[1, 2, 3]] * 5), divide(3, 3))
    assert found is not None
    assert {team.hits_of_customers for team in found.by_team} == {None}
    assert find_teams(TERMS, take_lists([[1, 2, 3]] * 6), CUSTOMERS, divide(6)) is None


def test_people_without_a_shown_team_are_part_of_it_all_the_same():
    lists = take_lists([[1, 2, 3]] * 4 + [[7, 8, 9]] * 4 + [[4, 5, 6]] * 8)
    found = find_teams(TERMS, lists, CUSTOMERS, divide(4, 4))
    assert found is not None
    assert [team.hits for team in found.by_team] == [3.0, 0.0]


def test_expected_hits_are_the_mean_of_the_answers_beside_the_hits():
    assert find_expected_hits([7, 8, 6], 4.5, 3) == ExpectedHits(3, 7.0, 2.5)
    assert find_expected_hits([0, 1, 2, 1], 4, 3) == ExpectedHits(4, 1.0, -3.0)


def test_the_answers_of_few_are_not_told():
    assert find_expected_hits([7, 8], 4.5, 3) is None
    assert find_expected_hits([], 4.5, 0) is None
