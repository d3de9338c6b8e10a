"""How fast the analysis is, beside the plain ways: `python -m tests.bench.bench_analysis`. About a minute."""

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from cardsort.analysis.ballotset import BallotSet
from cardsort.analysis.compare import compare
from cardsort.analysis.ranks import Cards, centre_ranks, sum_products, tally
from cardsort.analysis.resampling import replicate
from cardsort.analysis.selection import Terms, take
from cardsort.domain.cards import Card, Deck, Lens

SIZE, PICKS = 52, 10
DECK = Deck("Bench", tuple(Card(f"C{n:02}", f"Title {n}", lens=list(Lens)[n % 3]) for n in range(SIZE)))
TERMS = Terms(DECK.codes, depth=PICKS, threshold=3, seed=1)
BLOCK = 50_000


def draw(n: int, seed: int, liking: float = 0.1) -> Cards:
    """n ballots of ten of 52 cards, with a common taste."""
    random = np.random.default_rng(seed)
    parts = []
    for start in range(0, n, BLOCK):
        values = random.gumbel(size=(min(BLOCK, n - start), SIZE)) - liking * np.arange(SIZE)
        parts.append(np.argsort(-values, axis=1)[:, :PICKS].astype(np.int16))
    return np.concatenate(parts)


def pack(it: Cards, customers: Cards) -> BallotSet:
    """IT's predictions and customers' own ballots, without segments."""
    sizes, n = [len(it), len(customers)], len(it) + len(customers)
    return BallotSet(
        rankings=np.concatenate([it, customers]),
        group=np.repeat(np.array([0, 1], dtype=np.int8), sizes),
        kind=np.repeat(np.array([1, 0], dtype=np.int8), sizes),
        round=np.ones(n, dtype=np.int16),
        segment=np.full(n, -1, dtype=np.int16),
        respondent=np.full(n, -1, dtype=np.int64),
        basis=np.full((n, PICKS), -1, dtype=np.int8),
    )


def clock(work: Callable[[], object], times: int = 3) -> float:
    """Seconds of the fastest of some runs."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


def as_rows(rankings: Cards) -> pd.DataFrame:
    """A row per ballot and place."""
    n, depth = rankings.shape
    return pd.DataFrame(
        {
            "ballot": np.repeat(np.arange(n, dtype=np.int32), depth),
            "place": np.tile(np.arange(depth, dtype=np.int8), n),
            "card": rankings.ravel(),
        }
    )


def count_in_a_loop(ballots: list[list[int]]) -> Counter[tuple[int, int]]:
    """Counts by card and place, one by one."""
    counts: Counter[tuple[int, int]] = Counter()
    for ballot in ballots:
        for place, card in enumerate(ballot):
            counts[card, place] += 1
    return counts


def bench_counts() -> None:
    """Counts by card and place: bincount per place, pandas group-by, a Python loop."""
    print("counts by card and place          ours     pandas      loop")
    for n in (1_000, 10_000, 100_000, 1_000_000):
        rankings = draw(n, 1)
        rows, lists = as_rows(rankings), rankings.tolist()
        ours = clock(lambda: tally(rankings, SIZE))  # noqa: B023 - called at once
        grouped = clock(lambda: rows.groupby(["card", "place"]).size(), times=1 if n > BLOCK else 3)  # noqa: B023
        looped = clock(lambda: count_in_a_loop(lists), times=1)  # noqa: B023
        print(
            f"  {n:>9,} ballots  {ours * 1e3:10.2f} ms  {grouped / ours:7.1f} x  {looped / ours:7.1f} x"
            + ("   (goals: 15 x, 40 x)" if n == 10**6 else "")
        )
        assert tally(rankings, SIZE).counts.sum() == n * PICKS


def merge_moments(rankings: Cards) -> pd.Series:
    """Second moments of the listed cards by merging the rows with themselves."""
    rows = as_rows(rankings)
    rows["d"] = 2 * rows["place"].astype(np.int64) + 2 - (PICKS + 1 + SIZE)
    pairs = rows.merge(rows, on="ballot")
    return (pairs["d_x"] * pairs["d_y"]).groupby([pairs["card_x"], pairs["card_y"]]).sum()


def bench_moments() -> float:
    """Second moments at 100,000 ballots; gives their seconds."""
    rankings = draw(100_000, 2)
    ours = clock(lambda: sum_products(rankings, SIZE), times=7)
    merged = clock(lambda: merge_moments(rankings), times=1)
    print(f"second moments, 100,000 ballots: {ours * 1e3:.1f} ms, pandas merge {merged / ours:.0f} x (goal: 30 x)")
    return ours


def bench_intervals() -> None:
    """2,000 replicates of one list, by the number of its ballots."""
    print("2,000 replicates of a list (goal: the same time from 1,000 ballots on)")
    for n in (30, 999, 1_000, 10_000, 100_000):
        rankings = draw(n, 3)
        found = take(pack(rankings[:0], rankings), np.arange(n), TERMS)
        print(f"  {n:>9,} ballots  {clock(lambda: replicate(TERMS, found, 0)) * 1e3:8.1f} ms")  # noqa: B023


def bench_whole(moments: float) -> None:
    """The whole default analysis of 30 people in IT against 100,000 customers."""
    ballots = pack(draw(30, 4), draw(100_000, 5))
    whole = clock(lambda: compare(DECK, ballots), times=7)
    print(
        f"whole analysis, 30 against 100,000: {whole * 1e3:.0f} ms = {whole / moments:.1f} x its moments (goal: 10 x)"
    )
    for it, customers in ((20, 60), (300, 900), (999, 100_000), (1_000, 100_000)):
        ballots = pack(draw(it, 4), draw(customers, 5))
        print(f"  {it:,} against {customers:,}: {clock(lambda: compare(DECK, ballots), times=1):.2f} s")  # noqa: B023


def read_peak() -> float:
    """This process's peak memory, MiB (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def measure_memory() -> None:
    """In a process of its own: the whole analysis of a million ballots, and its peak memory."""
    ballots = pack(draw(30, 6), draw(1_000_000, 7))
    before = read_peak()
    seconds = clock(lambda: compare(DECK, ballots), times=1)
    print(
        f"a million ballots: {seconds:.1f} s, peak memory {read_peak():.0f} MiB "
        f"({before:.0f} before the analysis; goal: below 1,000)"
    )


def main() -> None:
    """Print all ratios in one run."""
    if sys.argv[1:] == ["memory"]:
        measure_memory()
        return
    centre_ranks(draw(1, 0), SIZE)
    bench_counts()
    moments = bench_moments()
    bench_intervals()
    bench_whole(moments)
    sys.stdout.flush()
    subprocess.run([sys.executable, "-m", "tests.bench.bench_analysis", "memory"], check=True)


if __name__ == "__main__":
    main()
