"""The server's clock may be wrong. The last day that a server saw is kept with the data, for all machines on it, and
past a leap from there nothing is deleted until somebody has looked at the clock.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from cardsort.store import server
from cardsort.store.engine import Transaction, reading

MAY_PASS = timedelta(days=30)  # without a server on the data, and no more is asked
CLOCK_IS_RIGHT = "cardsort purge --clock-is-right"


@dataclass(frozen=True, slots=True)
class Leap:
    """The clock says `today`, more than `MAY_PASS` after the last day that a server saw."""

    seen: date
    today: date


def leap_between(seen: date | None, today: date) -> Leap | None:
    """The leap from the last day seen to this one, if it is one. A clock that goes back deletes nothing: no leap."""
    return Leap(seen, today) if seen is not None and today - seen > MAY_PASS else None


def find_leap(today: date) -> Leap | None:
    """The leap that the clock has made, for the desk to say."""
    with reading() as session:
        return leap_between(server.last_day(session), today)


def surely_today(session: Transaction, today: date) -> date:
    """The day to count from where a workshop begins: by a clock that has gone back it would be due once that is put
    right. In an empty database, in which nothing can be deleted, this is the first day seen.
    """
    if server.last_day(session) is None:
        server.note_day(session, today, even_earlier=False)
    return max(today, server.day_seen(session) or today)
