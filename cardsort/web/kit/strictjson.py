"""Reading JSON from strangers: exact types or a sentence, never a guess and never a crash."""

import json
import math
from typing import Any, NoReturn

from cardsort.domain.errors import InvalidInput
from cardsort.language import N_, _

MAX_DEPTH = 12
UNREADABLE = N_("The server could not read this. Reload the page and try again.")


def parse_object(body: bytes) -> dict[str, Any]:
    """The JSON object in `body`: UTF-8, no doubled keys, NaN, lone surrogates or NUL, at most 12 levels deep."""
    try:
        text = body.decode("utf-8")
        found = json.loads(text, object_pairs_hook=_without_doubles, parse_constant=_refuse, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise InvalidInput(_(UNREADABLE)) from error
    if not isinstance(found, dict):
        raise InvalidInput(_(UNREADABLE))
    _check_texts(found, MAX_DEPTH)
    return found


def text_at(data: dict[str, Any], name: str, *, limit: int = 10_000) -> str:
    """The text under `name`, of at most `limit` characters; missing or null is ""."""
    value = data.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > limit:
        raise InvalidInput(
            _(
                "“%(name)s” is not a text of at most %(limit)s characters. Reload the page and try again.",
                name=name,
                limit=limit,
            )
        )
    return value


def flag_at(data: dict[str, Any], name: str) -> bool:
    """The yes or no under `name`; missing is no."""
    value = data.get(name, False)
    if not isinstance(value, bool):
        raise InvalidInput(_("“%(name)s” is neither yes nor no. Reload the page and try again.", name=name))
    return value


def list_at(data: dict[str, Any], name: str, *, limit: int) -> list[Any]:
    """The list under `name`, of at most `limit` entries; missing is empty."""
    value = data.get(name, [])
    if not isinstance(value, list) or len(value) > limit:
        raise InvalidInput(
            _(
                "“%(name)s” is not a list of at most %(limit)s entries. Reload the page and try again.",
                name=name,
                limit=limit,
            )
        )
    return value


def object_at(data: dict[str, Any], name: str) -> dict[str, Any]:
    """The object under `name`; missing is empty."""
    value = data.get(name, {})
    if not isinstance(value, dict):
        raise InvalidInput(_("“%(name)s” has another form than expected. Reload the page and try again.", name=name))
    return value


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("doubled key")
    return found


def _refuse(_constant: str) -> NoReturn:
    raise ValueError("not a number of JSON")


def _finite(digits: str) -> float:
    value = float(digits)
    if math.isinf(value):
        raise ValueError("larger than any number that browsers read")
    return value


def _check_texts(value: Any, depth: int) -> None:
    if depth < 0:
        raise InvalidInput(_(UNREADABLE))
    if isinstance(value, str):
        if "\0" in value or not (value.isascii() or _is_text(value)):
            raise InvalidInput(_(UNREADABLE))
    elif isinstance(value, dict):
        for name, entry in value.items():
            _check_texts(name, depth)
            _check_texts(entry, depth - 1)
    elif isinstance(value, list):
        for entry in value:
            _check_texts(entry, depth - 1)


def _is_text(value: str) -> bool:
    """Whether there is no half of a letter in it: a lone surrogate cannot be written down."""
    return not any("\ud800" <= char <= "\udfff" for char in value)
