"""Guessing codes is slowed down. Only wrong codes are counted, so a full room is not slowed by joining; once too
many wrong ones have come from one address, it waits, with right codes too, or guessing would go on.
"""

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
from cardsort.web.config import InvalidSetting

WRONG_CODES = parse_many("60/minute;600/hour")
WITHOUT_STORAGE = 30.0  # seconds until it is asked again
T = TypeVar("T")


class WrongCodes:
    """How many wrong codes have come from each address. Counted in the storage of that address, and in this process
    alone while that does not answer.
    """

    def __init__(self, storage: str) -> None:
        try:
            shared = storage_from_string(storage, wrap_exceptions=True)
        except ConfigurationError as error:
            raise InvalidSetting(
                f"RATE_LIMIT_STORAGE ({storage.split(':', maxsplit=1)[0]}:…) cannot be used. Set it to an address such "
                "as redis://localhost:6379, and install the package for it, such as redis."
            ) from error
        self.shared, self.own = FixedWindowRateLimiter(shared), FixedWindowRateLimiter(MemoryStorage())
        self._shared_again = 0.0

    @contextmanager
    def counting(self, kind: str) -> Iterator[None]:
        """Around what refuses a wrong code of that kind. TooManyRequests once too many came from the address."""
        here = (kind, one_household())
        ends = self._ask(lambda counter: [_end(counter, rule, *here) for rule in WRONG_CODES])
        if any(ends):
            raise TooManyRequests(retry_after=max(1, ceil(max(ends) - time.time())))
        try:
            yield
        except (NotFound, WrongCode):
            self._ask(lambda counter: [counter.hit(rule, *here) for rule in WRONG_CODES])
            raise

    def _ask(self, question: Callable[[FixedWindowRateLimiter], T]) -> T:
        if time.monotonic() >= self._shared_again:
            try:
                return question(self.shared)
            except StorageError:
                self._shared_again = time.monotonic() + WITHOUT_STORAGE
                current_app.logger.warning("RATE_LIMIT_STORAGE does not answer: wrong codes are counted here alone")
        return question(self.own)


def _end(counter: FixedWindowRateLimiter, rule: RateLimitItem, *here: str) -> float:
    """When whoever has reached the limit may go on, in seconds since 1970; 0 for anybody else."""
    return 0.0 if counter.test(rule, *here) else counter.get_window_stats(rule, *here).reset_time


def install_limits(app: Flask, storage: str) -> None:
    """Count this application's wrong codes there."""
    app.extensions["wrong_codes"] = WrongCodes(storage)


def counting_wrong_codes(kind: str = "codes") -> AbstractContextManager[None]:
    """Around what refuses a wrong code, wherever one can be typed or guessed."""
    counted: WrongCodes = current_app.extensions["wrong_codes"]
    return counted.counting(kind)


def counting_one_time_codes(typed: str) -> AbstractContextManager[None]:
    """The same for one-time codes, counted apart. Who types none has not guessed, and waits for nobody's guesses."""
    return counting_wrong_codes("one-time codes") if typed else nullcontext()


def one_household() -> str:
    """The address that counts: for IPv6 its /64 network, as every machine has a whole one to itself."""
    try:
        address = ip_address(request.remote_addr or "127.0.0.1")
    except ValueError:
        return "unknown"
    return str(ip_network((address, 64), strict=False)) if isinstance(address, IPv6Address) else str(address)
