"""PostgreSQL as SQLAlchemy speaks to it here: a server that has gone or may no longer be written to is a lost one.

The address of a database names this dialect, so it holds for every engine. Loaded only where there is such an address.
"""

import select
from collections.abc import Generator
from time import monotonic
from typing import Any, TypeVar

import psycopg
from psycopg.errors import ReadOnlySqlTransaction
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

from cardsort.store.engine import writes_now

SILENCE_SECONDS = 4.0
T = TypeVar("T")


class Watchful(PGDialect_psycopg):
    """psycopg's dialect; what is said in these three places costs no statement."""

    supports_statement_cache = True

    def connect(self, *args: Any, **settings: Any) -> Any:
        """A connection that does not wait for ever."""
        return Impatient.connect(*args, **settings)

    def do_ping(self, dbapi_connection: Any) -> bool:
        """Whether a connection from the pool is still there. An idle one has nothing to say but that its server ends
        it, or that the system has given it up; either can be seen without asking.
        """
        line = select.poll()
        line.register(dbapi_connection.fileno(), select.POLLIN)
        return not line.poll(0)

    def is_disconnect(self, e: Any, connection: Any, cursor: Any) -> bool:
        """Also where the server has turned read-only, after a switch-over: others of the pool are no better."""
        lost = super().is_disconnect(e, connection, cursor)  # type: ignore[no-untyped-call]
        return bool(lost) or isinstance(e, ReadOnlySqlTransaction)


class Impatient(psycopg.Connection[Any]):
    """Closes itself when the server is silent for long while a page is read or a vote is stored. The system notices
    only a machine that is gone: not one that stands still, nor what is lost behind a proxy that lives on. Other writes
    may wait for each other, and for an index to be built.
    """

    def wait(self, gen: Generator[Any, Any, T], *args: Any, **settings: Any) -> T:
        """Run what psycopg does with this connection."""
        if writes_now() == "other":
            return super().wait(gen, *args, **settings)
        try:
            return super().wait(_unless_silent(gen), *args, **settings)
        except _Silent as error:
            self.close()
            raise psycopg.OperationalError(f"the server was silent for {SILENCE_SECONDS:g} seconds") from error


class _Silent(Exception):
    pass


def _unless_silent(steps: Generator[Any, Any, T]) -> Generator[Any, Any, T]:
    """The same steps. psycopg sends 0 where it has waited in vain, which it does ten times a second."""
    try:
        wanted, heard = next(steps), monotonic()
        while True:
            if ready := (yield wanted):
                heard = monotonic()
            elif monotonic() - heard > SILENCE_SECONDS:
                raise _Silent
            wanted = steps.send(ready)
    except StopIteration as end:
        found: T = end.value
        return found
