"""What was read, kept until something is written: only where one process does all the writing, as on SQLite."""

from collections.abc import Callable
from typing import Generic, TypeVar

from cardsort.store.engine import count_writes
from cardsort.store.models import db

T = TypeVar("T")


class Unchanged(Generic[T]):
    """Values by key, each good until the next write; at most `size` of them.

    `but_votes`: what respondents store (drafts, ballots) does not count as a write, as the values do not depend on it.
    """

    def __init__(self, size: int, *, but_votes: bool = False) -> None:
        self._size, self._but_votes = size, but_votes
        self._kept: dict[object, tuple[int, T]] = {}

    def find(self, key: object, make: Callable[[], T]) -> T:
        """The value kept for that key, else the one that `make` makes; what `make` raises is never kept."""
        writes = count_writes(but_votes=self._but_votes)  # before `make` looks: a write meanwhile makes its value old
        if writes is None:
            return make()
        known = self._kept.get(key := (db.engine.url, key))
        if known is None or known[0] != writes:
            if len(self._kept) >= self._size:
                self._kept.clear()
            known = self._kept[key] = (writes, make())
        return known[1]
