"""What is said of two groups, held against populations whose tastes are known: a part of `simulate_coverage`.

A share of 20 % is known to about 12 points from 40 runs, so that a cell may miss its goal by luck, or reach it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from cardsort.analysis.chain import lost_on_the_way
from cardsort.analysis.compare import compare
from cardsort.analysis.fairbar import count_shared
from cardsort.analysis.ranks import find_places, tally
from cardsort.analysis.result import Label, Prediction
from tests.bench.bench_analysis import DECK, PICKS, SIZE, pack
from tests.bench.worlds import Draw, Random, in_chain, misplace, one_factor, one_taste, three_kinds

TRUTHS = 400
PLACES = 20  # of a planted gap
WORLDS: dict[str, Draw] = {"one taste": one_taste, "three kinds": three_kinds, "one factor": one_factor}
EQUAL = [(12, 8), (30, 15), (100, 30), (60, 24)]

Cells = Iterator[tuple[str, float]]


@dataclass(frozen=True)
class Goal:
    """What must hold in every cell, and the one that comes nearest to missing it."""

    says: str
    cells: Callable[[int], Cells]
    worst: Callable[[Sequence[float]], float]
    number: str = "{:.0%}"


def find_clear(prediction: Prediction | None) -> set[str]:
    """The cards whose gap is called clear."""
    assert prediction is not None
    return {code for code, card in prediction.cards.items() if card.label is Label.CLEAR}


def agree_more(clarity: float) -> Callable[[int], Cells]:
    """Reports with a false clear card: the same order, IT's taste so many times clearer."""

    def measure(runs: int) -> Cells:
        for customers in (5, 12, 30, 100):
            for it in (8, 15, 30):
                random = np.random.default_rng([customers, it])
                found = [
                    find_clear(draw_prediction(random, one_taste(random, it, clarity), customers, seed))
                    for seed in range(runs)
                ]
                yield f"{customers}/{it}", float(np.mean([bool(cards) for cards in found]))

    return measure


def draw_prediction(random: Random, it: np.ndarray, customers: int, seed: int) -> Prediction | None:
    """IT's ballots against so many customers of the common taste."""
    return compare(DECK, pack(it, one_taste(random, customers)), seed=seed).prediction


def flag_equal_tastes(runs: int) -> Cells:
    """Reports with a false clear card where IT are people like the customers."""
    for name, draw in WORLDS.items():
        for customers, it in EQUAL:
            found = [find_clear(prediction) for prediction in draw_equals(draw, customers, it, runs)]
            yield f"{name} {customers}/{it}", float(np.mean([bool(cards) for cards in found]))


def draw_equals(draw: Draw, customers: int, it: int, runs: int) -> Iterator[Prediction | None]:
    """Comparisons of two groups drawn alike."""
    random = np.random.default_rng([customers, it])
    for seed in range(runs):
        yield compare(DECK, pack(draw(random, it), draw(random, customers)), seed=seed).prediction


def miss_the_bar(runs: int) -> Cells:
    """How far the told hits of customers are from the hits of as many others of the same population, on average."""
    for name, draw in WORLDS.items():
        for customers, it in EQUAL:
            told = list(draw_equals(draw, customers, it, runs))
            split = next(found.customers_split for found in told if found)
            mean = np.mean([found.hits_of_customers for found in told if found])
            yield f"{name} {customers}/{it}", float(mean - find_true_bar(draw, split or 0, customers))


def find_true_bar(draw: Draw, split: int, customers: int) -> float:
    """Mean hits of new people of that population against new customers."""
    random = np.random.default_rng([split, customers])

    def places(n: int) -> tuple[np.ndarray, np.ndarray]:
        return find_places(tally(draw(random, n), SIZE).centred_sums)

    return float(np.mean([count_shared(places(split), places(customers), PICKS) for _ in range(TRUTHS)]))


def find_planted(runs: int) -> Cells:
    """How often a card of the customers' first ten that IT puts 20 places lower is called clear."""
    for customers, it in ((12, 30), (30, 15), (300, 15), (300, 30)):
        random = np.random.default_rng([customers, it])
        found = []
        for seed in range(runs):
            card = seed % PICKS
            prediction = draw_prediction(random, misplace(random, it, card, PLACES), customers, seed)
            found.append(DECK.codes[card] in find_clear(prediction))
        yield f"{customers}/{it}", float(np.mean(found))


def lose_cards(runs: int) -> Cells:
    """Reports with a card lost on the way, with one taste in three kinds of customers and in IT."""
    for each in (3, 5, 8, 20):
        random = np.random.default_rng(each)
        lost = [lost_on_the_way(compare(DECK, in_chain(random, 12, each), seed=seed)) for seed in range(runs)]
        yield f"3×{each}/12", float(np.mean([bool(cards) for cards in lost]))


def furthest(values: Sequence[float]) -> float:
    """The value that is furthest from 0."""
    return max(values, key=abs)


GOALS = (
    Goal("same order, IT twice as clear: reports with a false clear, at most 25 %", agree_more(2.0), max),
    Goal("same order, IT four times as clear: reports with a false clear, at most 25 %", agree_more(4.0), max),
    Goal("equal tastes: reports with a false clear, at most 8 %", flag_equal_tastes, max),
    Goal("a true gap of 20 places found, at least 35, 38, 45, 75 %", find_planted, min),
    Goal("one taste in three kinds: reports with cards lost on the way, at most 10 %", lose_cards, max),
    Goal("hits of customers, told minus true: within 0.5", miss_the_bar, furthest, "{:+.2f}"),
)


def print_goals(runs: int) -> None:
    """Each goal with its cells."""
    print(f"what is said, in {runs} runs a cell; cells are customers/IT")
    for goal in GOALS:
        cells = dict(goal.cells(runs))
        print(f"{goal.says}; worst {goal.number.format(goal.worst(list(cells.values())))}")
        print("  " + "  ".join(f"{name}: {goal.number.format(value)}" for name, value in cells.items()), flush=True)
