"""`make bench`: every benchmark, one after the other; each prints ratios measured in one run."""

import importlib
import sys

PARTS = (
    "bench_analysis",
    "bench_ballot",
    "bench_lighthouse",
    "bench_database",
    "bench_lock",
    "bench_load",
    "bench_report",
)

if __name__ == "__main__":
    for part in sys.argv[1:] or PARTS:
        print(f"\n== {part.removeprefix('bench_')}", flush=True)
        importlib.import_module(f"tests.bench.{part}").main()
