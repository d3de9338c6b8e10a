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
        self._kept: tuple[int, dict[object, T]] = (0, {})  # writes by then, and what was read since

    def find(self, key: object, make: Callable[[], T]) -> T:
        """The value kept for that key, else the one that `make` makes; what `make` raises is never kept."""
        writes = count_writes(but_votes=self._but_votes)  # before `make` looks: a write meanwhile makes its value old
        if writes is None:
            return make()
        since, values = self._kept
        if since != writes or len(values) >= self._size:
            values = {}  # the old ones go at once: what was deleted stays in no memory
            self._kept = (writes, values)
        if (key := (db.engine.url, key)) not in values:
            values[key] = make()
        return values[key]
