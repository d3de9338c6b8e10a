"""How honest intervals and flags are: `nice -n 10 python -m tests.bench.simulate_coverage [RUNS]`. Seeded and slow.

What is said is held against populations whose tastes are known (`claims`), then the intervals (here).

IT's people and customers are drawn from large populations whose lists are known. Told are, for 3, 8 and 25 people in
IT against 300 customers: how often the 95 % intervals hold the populations' values, and how many cards are flagged
in the runs where nothing differs (like tastes; IT like the customers but more unanimous). Hits are lowered by few
people's noise, so their interval is also held against what other people of the same number gave ("again").
"""

import sys
from dataclasses import dataclass

import numpy as np

from cardsort.analysis.compare import compare
from cardsort.analysis.ranks import Cards, Ints, find_places, tally
from cardsort.analysis.result import Comparison, Label, Prediction
from cardsort.analysis.similarity import find_gaps, hits
from tests.bench.bench_analysis import DECK, PICKS, SIZE, pack
from tests.bench.claims import print_goals
from tests.bench.worlds import FALLING, rank

CUSTOMERS, POPULATION, RUNS = 300, 60_000, 40


@dataclass(frozen=True)
class Setting:
    """A world: how far IT's taste is shifted, in cards, and how much clearer it is than the customers'."""

    name: str
    shift: int
    clarity: float


SETTINGS = (Setting("like tastes", 0, 1.0), Setting("IT more unanimous", 0, 4.0), Setting("other tastes", 6, 1.0))


def draw(random: np.random.Generator, n: int, shift: int = 0, clarity: float = 1.0) -> Cards:
    """n ballots of ten cards from a population with that taste."""
    return rank(random, np.tile(clarity * np.roll(FALLING, shift), (n, 1)))


def holds(interval: tuple[float, float] | None, value: float | None) -> bool | None:
    """Whether the interval holds the value, up to rounding; None without interval."""
    if interval is None or value is None:
        return None
    return bool(interval[0] - 1e-9 <= value <= interval[1] + 1e-9)


def check(found: Comparison, it: Ints, customers: Ints, again: tuple[Ints, Ints]) -> dict[str, list[bool | None]]:
    """Which intervals hold the value of the populations, or of others drawn from them, given as doubled rank sums."""
    prediction, predicted = found.prediction, found.predicted
    assert prediction is not None
    assert predicted is not None
    low, high = find_places(it)
    gaps = find_gaps((low, high), find_places(customers))
    cards = list(predicted.cards.values())
    return {
        "mean rank": [holds(card.mean_rank_interval, it[i] / (2 * POPULATION)) for i, card in enumerate(cards)],
        "place": [holds(card.position_uncertainty, float(min(low[i], 21))) for i, card in enumerate(cards)],
        "gap": [holds(card.gap_interval, float(gaps[i])) for i, card in enumerate(prediction.cards.values())],
        "hits": [holds(prediction.hits_interval, hits(it, customers, PICKS))],
        "hits again": [holds(prediction.hits_interval, hits(*again, PICKS))],
    }


def count_flags(prediction: Prediction) -> int:
    """Cards whose gap is called clear."""
    return sum(card.label is Label.CLEAR for card in prediction.cards.values())


def simulate(setting: Setting, n: int, runs: int) -> str:
    """One line: coverage by kind of interval, and flags."""
    random = np.random.default_rng([n, SETTINGS.index(setting)])
    it = tally(draw(random, POPULATION, setting.shift, setting.clarity), SIZE).rank_sums
    customers = tally(draw(random, POPULATION), SIZE).rank_sums
    held: dict[str, list[bool]] = {}
    flags = []
    for seed in range(runs):
        ballots, others = (
            (draw(random, n, setting.shift, setting.clarity), draw(random, CUSTOMERS)) for _ in ("these", "others")
        )
        found = compare(DECK, pack(*ballots), seed=seed)
        again = tally(others[0], SIZE).rank_sums, tally(others[1], SIZE).rank_sums
        for name, results in check(found, it, customers, again).items():
            held.setdefault(name, []).extend(result for result in results if result is not None)
        assert found.prediction is not None
        flags.append(count_flags(found.prediction))
    shares = "  ".join(f"{name} {np.mean(found):4.0%}" if found else f"{name}    -" for name, found in held.items())
    flagged = f"flags {np.mean(flags):.2f} a run, in {np.mean(np.array(flags) > 0):.0%} of runs"
    return f"  {n:>2} against {CUSTOMERS}: {shares}  {flagged}"


def main() -> None:
    """Print the goals, then coverage and flags for each world and number of people in IT."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    print_goals(runs)
    print(f"coverage of 95 % intervals, and clear flags, in {runs} runs each")
    for setting in SETTINGS:
        print(setting.name)
        for n in (3, 8, 25):
            print(simulate(setting, n, runs), flush=True)


if __name__ == "__main__":
    main()
