"""What was read, kept until something is written."""

import time
from collections.abc import Callable
from typing import Generic, TypeVar

from cardsort.store.engine import count_writes, writes_alone
from cardsort.store.models import db

T = TypeVar("T")


class Unchanged(Generic[T]):
    """Values by key, each good until this process next writes; at most `size` of them.

    `but_votes`: what respondents store (drafts, ballots) does not count as a write, as the values do not depend on it.
    `seconds`: how old a value may be where other processes write as well, as on PostgreSQL; by default none is kept
    there.
    """

    def __init__(self, size: int, *, but_votes: bool = False, seconds: float = 0) -> None:
        self._size, self._but_votes, self._seconds = size, but_votes, seconds
        self._kept: tuple[object, dict[object, T]] = (None, {})  # when, and what was read since

    def forget(self) -> None:
        """Forget everything that is kept, as some of it proved to be old."""
        self._kept = (None, {})

    def find(self, key: object, make: Callable[[], T]) -> T:
        """The value kept for that key, else the one that `make` makes; what `make` raises is never kept."""
        period = 0.0
        if not writes_alone():
            if not self._seconds:
                return make()
            period = time.monotonic() // self._seconds
        now = (count_writes(but_votes=self._but_votes), period)  # before `make` looks: a write makes its value old
        since, values = self._kept
        if since != now or len(values) >= self._size:
            values = {}  # the old ones go at once: what was deleted stays in no memory
            self._kept = (now, values)
        if (key := (db.engine, key)) not in values:
            values[key] = make()
        return values[key]
