"""Answers that open pages ask for every few seconds: what has not changed costs a 304, and mostly no look at all."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime

from flask import make_response, request
from werkzeug.wrappers import Response

from cardsort import language
from cardsort.store.unchanged import Unchanged
from cardsort.web.kit.dates import today

Polled = tuple[str, datetime | None]  # what is said, and until when, though nothing is written; None = for ever
_answers: Unchanged[Polled] = Unchanged(1000)


def polled(make: Callable[[], Polled], mimetype: str = "text/html") -> Response:
    """The answer that `make` makes, or a 304 to whoever has it already.

    Until the time that it names, the answer may depend on the database, the day, the address, the cookies and the
    present language alone. `make` refuses whoever may not see it.
    """
    said, until = _answers.find(_asked(), make)
    if until is not None and until <= datetime.now(UTC):
        _answers.forget()
        said, _until = _answers.find(_asked(), make)
    response = make_response(said)
    response.mimetype = mimetype
    response.add_etag()
    response.headers["Cache-Control"] = "private, no-cache"
    return response.make_conditional(request)


def _asked() -> bytes:
    """Who asks for what, on which day and in which language; as a hash, for cookies are secrets."""
    cookies = request.headers.get("Cookie", "")
    parts = (today().isoformat(), language.present(), request.host, request.full_path, cookies)
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogateescape")).digest()
