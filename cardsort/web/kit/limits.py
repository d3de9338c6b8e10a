"""Guessing codes is slowed down. Only wrong codes are counted, so a full room is not slowed by joining.

Who has typed too many waits, with right codes too, or guessing would go on. They are counted by the respondent's key
first, so that nobody waits for a neighbour behind the same address. A guesser can throw the key away: for an address as
a whole there is a ceiling, which no room reaches by mistakes, and under which guessing takes years.
"""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil
from typing import TypeVar

from flask import Flask, current_app, request
from limits import RateLimitItem, parse_many
from limits.errors import ConfigurationError, StorageError
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import FixedWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

from cardsort.domain.errors import NotFound, WrongCode
from cardsort.language import _
from cardsort.usecases.tokens import mark_of
from cardsort.web.kit.config import InvalidSetting

WRONG_BY_ONE = parse_many("30/minute;200/hour")  # one respondent
WRONG_CODES = parse_many("1200/minute;6000/hour")  # all of an address
WRONG_START_CODES = parse_many("60/minute;600/hour")  # the same for the code that an owner made up, maybe a short one
START_CODE = "start code"
WITHOUT_STORAGE = 30.0  # seconds until it is asked again
T = TypeVar("T")
_ADDRESS_AND_PORT = re.compile(r"\[(?P<v6>[^\]]*)\](:\d+)?|(?P<v4>[^:]*):\d+")


class WrongCodes:
    """How many wrong codes have come from each address. Counted in the storage of that address, and in this process
    alone while that does not answer.
    """

    def __init__(self, storage: str) -> None:
        try:
            shared = storage_from_string(storage, wrap_exceptions=True)
        except ConfigurationError as error:
            raise InvalidSetting(
                _(
                    "RATE_LIMIT_STORAGE (%(kind)s:…) cannot be used. Set it to an address such as "
                    "redis://localhost:6379, and install the package for it, such as redis.",
                    kind=storage.split(":", maxsplit=1)[0],
                )
            ) from error
        self.shared, self.own = FixedWindowRateLimiter(shared), FixedWindowRateLimiter(MemoryStorage())
        self._shared_again = 0.0

    @contextmanager
    def counting(self, kind: str, key: str | None) -> Iterator[None]:
        """Around what refuses a wrong code of that kind. TooManyRequests once too many came from the respondent with
        that key, or from the address.
        """
        counts = _counts(kind, key)
        ends = self._ask(lambda counter: [_end(counter, *count) for count in counts])
        if any(ends):
            raise TooManyRequests(retry_after=max(1, ceil(max(ends) - time.time())))
        try:
            yield
        except (NotFound, WrongCode):
            self._ask(lambda counter: [counter.hit(*count) for count in counts])
            raise

    def _ask(self, question: Callable[[FixedWindowRateLimiter], T]) -> T:
        if time.monotonic() >= self._shared_again:
            try:
                return question(self.shared)
            except StorageError:
                self._shared_again = time.monotonic() + WITHOUT_STORAGE
                current_app.logger.warning("RATE_LIMIT_STORAGE does not answer: wrong codes are counted here alone")
        return question(self.own)


def _counts(kind: str, key: str | None) -> list[tuple[RateLimitItem, str, str]]:
    """Every rule, and for whom it counts."""
    of_address = WRONG_START_CODES if kind == START_CODE else WRONG_CODES
    counts = [(rule, kind, one_household()) for rule in of_address]
    return [*((rule, kind, mark_of(key)) for rule in WRONG_BY_ONE), *counts] if key else counts


def _end(counter: FixedWindowRateLimiter, rule: RateLimitItem, kind: str, whose: str) -> float:
    """When whoever has reached the limit may go on, in seconds since 1970; 0 for anybody else."""
    return 0.0 if counter.test(rule, kind, whose) else counter.get_window_stats(rule, kind, whose).reset_time


def install_limits(app: Flask, storage: str) -> None:
    """Count this application's wrong codes there."""
    app.extensions["wrong_codes"] = WrongCodes(storage)


def counting_wrong_codes(kind: str = "codes", key: str | None = None) -> AbstractContextManager[None]:
    """Around what refuses a wrong code, wherever one can be typed or guessed; `key`: the respondent's, if known."""
    counted: WrongCodes = current_app.extensions["wrong_codes"]
    return counted.counting(kind, key)


def counting_one_time_codes(typed: str, key: str | None) -> AbstractContextManager[None]:
    """The same for one-time codes, counted apart. Who types none has not guessed, and waits for nobody's guesses."""
    return counting_wrong_codes("one-time codes", key) if typed else nullcontext()


def one_household() -> str:
    """The address that counts: for IPv6 its /64 network, as every machine has a whole one to itself.

    An IPv4 address is itself, also inside IPv6 or with the port that some proxies add in `X-Forwarded-For`.
    """
    try:
        address = ip_address(_without_port(request.remote_addr or "127.0.0.1"))
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or ip_network((address, 64), strict=False))
    return str(address)


def _without_port(given: str) -> str:
    found = _ADDRESS_AND_PORT.fullmatch(given)
    return (found["v6"] or found["v4"]) if found else given
