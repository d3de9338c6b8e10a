"""From what the agenda's page sends to the changed fields of an item, and back to what its form shows."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from werkzeug.datastructures import ImmutableMultiDict

from cardsort.domain.agenda import TEXTS, AgendaItem, Decision, Party, Progress, Worth
from cardsort.domain.cards import visible
from cardsort.domain.errors import InvalidInput
from cardsort.language import N_, _
from cardsort.web.kit.strictjson import flag_at, list_at, parse_object, text_at

STRANGE = N_("One of the answers is not among the choices. Reload the page and try again.")
Choice = TypeVar("Choice", bound=StrEnum)


def changes_from(data: dict[str, Any]) -> dict[str, Any]:
    """The fields in `data`, each as its own type; the rest of the item is not touched."""
    if strange := set(data) - set(PARSERS):
        name = visible(min(strange)[:20])
        raise InvalidInput(_("“%(name)s” is not a field of the agenda. Reload the page.", name=name))
    return {name: PARSERS[name](data, name) for name in data}


def form_values(form: ImmutableMultiDict[str, str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a form sent without script shows now, and those of its fields that differ from what it was filled with:
    another device may have changed the rest meanwhile.
    """
    was = parse_object(form.get("was", "{}").encode())
    now = {name: _typed(form, name) for name in was if name in PARSERS}
    return now, {name: value for name, value in now.items() if value != was[name]}


def values_of(item: AgendaItem) -> dict[str, Any]:
    """The item as its form shows it."""
    chosen = {
        name: getattr(item, name) or "" for name in (*TEXTS, "decision", "worth_paying", "acceptable", "progress")
    }
    return {
        **chosen,
        "due": item.due.isoformat() if item.due else "",
        "quick_win": item.quick_win,
        "from_whom": [party.value for party in Party if party in item.from_whom],
    }


def _typed(form: ImmutableMultiDict[str, str], name: str) -> Any:
    if name == "from_whom":
        return form.getlist(name)
    if name == "quick_win":
        return form.get(name) == "yes"
    return " ".join(form.get(name, "").split())


def _text(data: dict[str, Any], name: str) -> str:
    """A text as typed; line breaks are kept as spaces, other control characters become visible."""
    return visible(" ".join(text_at(data, name).split()))


def _date(data: dict[str, Any], name: str) -> date | None:
    typed = text_at(data, name).strip()
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise InvalidInput(
            _(
                "The date is “%(date)s”. Choose it from the calendar, or type it as 2026-05-31.",
                date=visible(typed[:20]),
            )
        ) from None


def _parties(data: dict[str, Any], name: str) -> frozenset[Party]:
    return frozenset(_choice(Party, value) for value in list_at(data, name, limit=len(Party)))


def _choice(kind: type[Choice], value: Any) -> Choice:
    try:
        return kind(value if isinstance(value, str) else "")
    except ValueError:
        raise InvalidInput(_(STRANGE)) from None


def _one_of(kind: type[Choice]) -> Callable[[dict[str, Any], str], Choice | None]:
    """A choice that may be left open."""
    return lambda data, name: None if data[name] in ("", None) else _choice(kind, data[name])


PARSERS: dict[str, Callable[[dict[str, Any], str], Any]] = {
    **dict.fromkeys(TEXTS, _text),
    "decision": _one_of(Decision),
    "worth_paying": _one_of(Worth),
    "acceptable": _one_of(Worth),
    "progress": lambda data, name: _choice(Progress, data[name]),
    "due": _date,
    "quick_win": flag_at,
    "from_whom": _parties,
}
