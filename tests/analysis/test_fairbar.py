from itertools import combinations

import numpy as np
import pytest

from cardsort.analysis.compare import compare
from cardsort.analysis.fairbar import count_shared, find_fair_bar
from cardsort.analysis.ranks import find_places, tally
from cardsort.analysis.selection import ListBallots, Terms, take
from tests.analysis import naive
from tests.analysis.decks import make_ballots, make_deck

DECK, WHOLE = make_deck(6), make_deck(52)
TERMS = Terms(DECK.codes, depth=3, threshold=1, seed=1)


def take_lists(lists: list[list[int]]) -> ListBallots:
    ballots = make_ballots(DECK, customers=lists)
    return take(ballots, np.arange(ballots.n), TERMS)


def draw_lists(n: int, seed: int, liking: float = 0.5) -> list[list[int]]:
    random = np.random.default_rng(seed)
    values = random.gumbel(size=(n, 6)) - liking * np.arange(6)
    return (np.argsort(-values, axis=1)[:, :3] + 1).tolist()


def test_customers_of_one_mind_would_have_named_all():
    assert find_fair_bar(TERMS, take_lists([[1, 2, 3]] * 6), people=2) == (3.0, 2)


def test_one_customer_of_either_camp_names_what_the_others_put_third():
    # without one of the first camp the others' rank sums are 17, 19, 21 and 13, 16, 19: their top is 4, 5 and 1
    assert find_fair_bar(TERMS, take_lists([[1, 2, 3]] * 3 + [[4, 5, 6]] * 3), people=1) == (1.0, 1)


@pytest.mark.parametrize(("customers", "people", "split"), [(6, 2, 2), (6, 3, 3), (6, 24, 3), (13, 24, 6), (13, 1, 1)])
def test_so_many_customers_as_people_in_it_at_most_half(customers: int, people: int, split: int):
    found = find_fair_bar(TERMS, take_lists(draw_lists(customers, 1)), people)
    assert found is not None
    assert found[1] == split


def test_fewer_than_six_customers_are_not_divided():
    assert find_fair_bar(TERMS, take_lists([[1, 2, 3]] * 5), people=2) is None
    found = compare(DECK, make_ballots(DECK, [[1, 2, 3]] * 4, [[1, 2, 3]] * 5))
    assert found.prediction is not None
    assert (found.prediction.hits_of_customers, found.prediction.customers_split) == (None, None)
    why = "Fewer than 6 customers answered: too few to divide them into two groups."
    assert found.reasons["/comparison/hits_of_customers"] == found.reasons["/comparison/customers_split"] == why


def test_the_bar_comes_near_the_mean_over_all_divisions():
    lists = draw_lists(9, 4)
    ballots = [{"ranking": [DECK.codes[card - 1] for card in one]} for one in lists]
    hits = []
    for chosen in combinations(range(9), 3):
        some, others = ([b for i, b in enumerate(ballots) if (i in chosen) == wanted] for wanted in (True, False))
        hits.append(naive.hits(naive.mean_ranks(DECK.codes, some), naive.mean_ranks(DECK.codes, others), 3))
    found = find_fair_bar(TERMS, take_lists(lists), people=3)
    spread = float(np.std([float(one) for one in hits])) / 200**0.5
    assert found == (pytest.approx(float(naive.mean(hits)), abs=4 * spread), 3)
    assert spread < 0.06


def test_hits_of_many_pairs_are_those_of_each_pair():
    random = np.random.default_rng(3)
    first, second = random.integers(0, 5, size=(2, 20, 6))
    expected = [float(naive.hits(one.tolist(), other.tolist(), 3)) for one, other in zip(first, second, strict=True)]
    assert count_shared(find_places(first), find_places(second), 3) == pytest.approx(expected, abs=1e-12)


def test_another_seed_divides_the_customers_otherwise():
    lists = take_lists(draw_lists(40, 2))
    bars = {find_fair_bar(Terms(DECK.codes, 3, 1, seed), lists, people=7) for seed in range(4)}
    assert len(bars) == 4


def test_the_bar_is_what_others_of_the_same_taste_reach():
    random = np.random.default_rng(7)

    def draw(n: int) -> np.ndarray:
        values = random.gumbel(size=(n, 52)) - 0.1 * np.arange(52)
        return np.argsort(-values, axis=1)[:, :10].astype(np.int16)

    def find_draw(n: int) -> tuple[np.ndarray, np.ndarray]:
        return find_places(tally(draw(n), 52).centred_sums)

    truth = np.mean([count_shared(find_draw(24), find_draw(60), 10) for _ in range(200)])
    told = []
    for seed in range(20):
        customers = draw(60)
        found = ListBallots(np.arange(60), customers, tally(customers, 52), None)
        told.append((find_fair_bar(Terms(WHOLE.codes, 10, 3, seed), found, people=24) or (0.0, 0))[0])
    assert np.mean(told) == pytest.approx(truth, abs=0.5)


@pytest.mark.parametrize("people", [30, 300, 1200])
def test_the_bar_of_many_customers_is_as_that_of_all_ways_to_draw(people: int, monkeypatch: pytest.MonkeyPatch):
    lists = take_lists(draw_lists(2500, 5, liking=0.03))
    quick = find_fair_bar(TERMS, lists, people)
    monkeypatch.setattr("cardsort.analysis.resampling.LARGE", 10**9)
    monkeypatch.setattr("cardsort.analysis.resampling.DENSE", 0)  # whole rows are shuffled
    slow = find_fair_bar(TERMS, lists, people)
    assert quick is not None
    assert slow is not None
    assert quick[1] == slow[1] == people
    assert quick[0] == pytest.approx(slow[0], abs=0.2)
