"""Guessing join codes is slowed down. Only wrong codes are counted, so a full room is not slowed by joining; once too
many wrong ones have come from one address, it waits a minute, with right codes too, or guessing would go on.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from flask import Flask, Response, g, request
from flask_limiter import Limiter
from limits.errors import ConfigurationError

from cardsort.domain.errors import WrongCode
from cardsort.web.config import InvalidSetting

WRONG_CODES = "60/minute;600/hour"
NOT_FOUND = 404


def one_household() -> str:
    """The address that counts: for IPv6 its /64 network, as every machine has a whole one to itself."""
    try:
        address = ip_address(request.remote_addr or "127.0.0.1")
    except ValueError:
        return "unknown"
    return str(ip_network((address, 64), strict=False)) if isinstance(address, IPv6Address) else str(address)


limiter = Limiter(one_household, default_limits=[])


def install_limiter(app: Flask, storage: str) -> None:
    """Count wrong codes there; in each process alone while that does not answer."""
    app.config.update(RATELIMIT_STORAGE_URI=storage, RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=storage != "memory://")
    try:
        limiter.init_app(app)
    except ConfigurationError as error:
        raise InvalidSetting(
            f"RATE_LIMIT_STORAGE ({storage.split(':', maxsplit=1)[0]}:…) cannot be used. Set it to an address such as "
            "redis://localhost:6379, and install the package for it, such as redis."
        ) from error


def count_wrong_codes(view: Callable[..., Any]) -> Callable[..., Any]:
    """The same patience with wrong codes wherever one can be typed or guessed."""
    counted: Callable[..., Any] = limiter.shared_limit(WRONG_CODES, scope="codes", deduct_when=_is_wrong)(view)
    return counted


def count_wrong_one_time_codes(view: Callable[..., Any]) -> Callable[..., Any]:
    """The same for one-time codes, counted apart: `noting_wrong_code` says which request had one."""
    counted: Callable[..., Any] = limiter.shared_limit(
        WRONG_CODES, scope="one-time codes", deduct_when=lambda _answer: g.get("wrong_code", False)
    )(view)
    return counted


@contextmanager
def noting_wrong_code(typed: str) -> Iterator[None]:
    """Around what refuses a one-time code. Whoever typed none has not guessed."""
    try:
        yield
    except WrongCode:
        g.wrong_code = bool(typed)
        raise


def _is_wrong(answer: Response) -> bool:
    return answer.status_code == NOT_FOUND
