"""The documented form of a comparison: what its dataclasses say, key for field, in their order.

What is told otherwise than it is held has a function of its own below; docs/result.schema.json guards the whole.
"""

import json
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import singledispatch
from typing import Any

from cardsort.analysis.expected import ExpectedHits
from cardsort.analysis.result import (
    BasisResult,
    ChainLink,
    Comparison,
    ConsensusList,
    Prediction,
    RoundResult,
    Scenario,
    TeamHits,
    Weighting,
)
from cardsort.analysis.selection import ACTUAL, LISTS, PREDICTED

CORE_LISTS = (PREDICTED, ACTUAL)
UNTOLD = ("deck_name", "deck_size", "kinds_hidden", "teams_hidden", "alone")
RENAMED = {"prediction": "comparison"}
Json = dict[str, Any]


def to_json(comparison: Comparison) -> Json:
    """The comparison as dictionaries, lists, numbers and texts; None where suppressed or undefined."""
    told: Json = _tell(comparison)
    return told


def dumps(comparison: Comparison) -> str:
    """The comparison as JSON text: two spaces of indent, numbers unrounded, a newline at the end."""
    return json.dumps(to_json(comparison), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def pointer(*keys: str | int) -> str:
    """The JSON pointer (RFC 6901) to a value below those keys."""
    return "".join("/" + str(key).replace("~", "~0").replace("/", "~1") for key in keys)


@singledispatch
def _tell(value: Any) -> Any:
    return _fields(value) if is_dataclass(value) else value


def _fields(value: Any, *untold: str) -> Json:
    names = (field.name for field in fields(value) if field.name not in untold)
    return {RENAMED.get(name, name): _tell(getattr(value, name)) for name in names}


@_tell.register
def _(several: dict) -> Json:  # type: ignore[type-arg]  # singledispatch takes plain classes
    return {key: _tell(value) for key, value in several.items()}


@_tell.register
def _(several: tuple) -> list[Any]:  # type: ignore[type-arg]
    return [_tell(value) for value in several]


@_tell.register
def _(word: StrEnum) -> str:
    return word.value


@_tell.register
def _(day: date) -> str:
    return day.isoformat()


@_tell.register
def _(found: Comparison) -> Json:
    deck = {"name": found.deck_name, "size": found.deck_size}
    names = [name for name in CORE_LISTS if name in found.lists]
    sources = {LISTS[name][0].value: _tell(found.shown_sources(name)) for name in names}
    return {"deck": deck, **_fields(found, *UNTOLD), "sources": sources}


@_tell.register
def _(found: ConsensusList) -> Json:
    return {"n": None} if found.n is None else _fields(found)


@_tell.register
def _(found: Prediction) -> Json:
    told = _fields(found, "hits_interval", "worth_interval", "noise_p", "cards")
    return {**told, "intervals": _tell(found.intervals), "cards": _tell(found.cards)}


@_tell.register
def _(found: ExpectedHits) -> Json:
    return _fields(found, "overestimation")


@_tell.register
def _(found: Weighting) -> Json:
    largest = found.largest_segment and dict(zip(("name", "share"), found.largest_segment, strict=True))
    return {"headline": found.headline, **_fields(found), "largest_segment": largest}


@_tell.register
def _(found: BasisResult) -> Json:
    return _fields(found, "first_n", "rates_differ")


@_tell.register
def _(found: Scenario) -> Json:
    return _fields(found, "tells")


@_tell.register
def _(found: ChainLink) -> Json:
    return {**_fields(found, "places", "top_shares"), "kind": found.kind or None}


@_tell.register
def _(found: TeamHits) -> Json:
    return {**_fields(found), "kind": found.kind or None}


@_tell.register
def _(found: RoundResult) -> Json:
    more = ("top", "hits_change", "moves_it", "moves_customers")
    return {**_fields(found, *more), "moved": _tell(found.moved)}
