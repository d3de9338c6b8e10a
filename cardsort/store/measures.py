"""What a server counts of itself, for `/metrics`: how much and how long, and nothing of a workshop or a person."""

import os
from pathlib import Path

from cardsort import system

SHARED = "PROMETHEUS_MULTIPROC_DIR"  # the library's own setting: the folder in which several workers count together
_given = os.environ.get(SHARED, "")
_usable = Path(_given).is_dir() and system.may(Path(_given), os.W_OK | os.X_OK) if _given else False
NOT_THERE = "" if _usable else _given
if not _usable:  # a command does without, while the service is stopped that makes the folder
    os.environ.pop(SHARED, None)

from prometheus_client import (  # noqa: E402  it reads the setting now
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
)
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead  # noqa: E402

disable_created_metrics()  # type: ignore[no-untyped-call]  # the moment of the first ballot is nobody's business
STORED = Counter("cardsort_ballots_stored", "Ballots stored: sent, typed at the desk or imported.")
WAITED = Histogram(
    "cardsort_write_wait_seconds",
    "Seconds that what a respondent stores has waited: for the writer before, or for a connection.",
    buckets=(0.001, 0.005, 0.02, 0.1, 0.25, 0.5, 1, 2, 5, 15),
)
IN_USE = Gauge("cardsort_pool_in_use", "Connections to the database that are in use.", multiprocess_mode="livesum")


def counted() -> CollectorRegistry:
    """What this process has counted, or all workers where they count together."""
    if SHARED not in os.environ:
        return REGISTRY
    together = CollectorRegistry()
    MultiProcessCollector(together)  # type: ignore[no-untyped-call]
    return together


def leave_count() -> None:
    """This worker ends, and uses no connection any more."""
    if SHARED in os.environ:
        mark_process_dead(os.getpid())  # type: ignore[no-untyped-call]
