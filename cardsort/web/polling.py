"""Answers that open pages ask for every few seconds: what has not changed costs a 304, and mostly no look at all."""

import hashlib
from collections.abc import Callable

from flask import make_response, request
from werkzeug.wrappers import Response

from cardsort.store.engine import count_writes
from cardsort.web.agenda import today

KEPT = 4096
_known: dict[bytes, tuple[int, str]] = {}  # who asked for what -> (writes by then, ETag)


def polled(make: Callable[[], str], mimetype: str = "text/html") -> Response:
    """The answer that `make` makes, or a 304 to whoever has it already.

    `make` is not even called while nothing at all was written since the same visitor got the same answer: that needs
    all writes to go through this process, as on SQLite, and an answer that depends on the database, the day, the
    address and the cookies alone. `make` refuses whoever may not see it, and a refusal is never kept.
    """
    asked = _asked()
    writes = count_writes()  # before looking: what is written meanwhile makes the answer old
    known = _known.get(asked)
    if writes is not None and known is not None and known[0] == writes and request.if_none_match.contains(known[1]):
        response = Response(status=304)
        response.set_etag(known[1])
    else:
        response = make_response(make())
        response.mimetype = mimetype
        response.add_etag()
        if writes is not None:
            _keep(asked, (writes, response.get_etag()[0] or ""))
    response.headers["Cache-Control"] = "private, no-cache"
    return response.make_conditional(request)


def _asked() -> bytes:
    """Who asks for what, on which day."""
    parts = (today().isoformat(), request.host, request.full_path, request.headers.get("Cookie", ""))
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogateescape")).digest()


def _keep(asked: bytes, found: tuple[int, str]) -> None:
    if len(_known) >= KEPT:
        _known.clear()
    _known[asked] = found
