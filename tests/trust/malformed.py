"""Bodies that each endpoint which takes JSON has to refuse: made from one that it takes, by spoiling just one thing."""

import json
import random
import re
from collections import Counter
from contextlib import suppress
from datetime import date

from tests.trust.hostile import SEED, Request, ask, faults_of, fresh_living
from tests.trust.living import TOP
from tests.trust.odd import broken_json, odd_text, odd_value

BALLOT = {"id": "c" * 32, "kind": "", "ranking": TOP, "piles": {"A-01": "often"}, "reasons": [{}], "moment": None}
BALLOT |= {"serves": "", "expected_hits": None, "replace": True, "round": 1, "edition": 0, "segment": None, "deck": ""}
DRAFT = {"draft": {"step": "rank"}, "deck": "", "round": 1}
ITEM = {"decision": "do", "action": "Sit in a shop", "owner": "Ann", "due": "2031-05-31", "quick_win": True}
ITEM |= {"from_whom": ["management"], "worth_paying": "yes", "acceptable": "no", "progress": "open"}
NOTE = {"slide": "questions", "words": "Let them look first."}
NEEDED = {"id", "kind", "ranking", "draft", "slide"}


def _is_text(value, longest=280):
    clean = isinstance(value, str) and "\0" not in value and not re.search("[\ud800-\udfff]", value)
    return value is None or (clean and len(value) <= longest)


def _is_note(value):
    return _is_text(value, 1000)


def _is_day(value):
    with suppress(ValueError):
        return not (value or "").strip() or bool(date.fromisoformat(value.strip()))
    return False


def _is_one(value):
    return type(value) is int and value == 1


CHOICES = {
    "decision": ("do", "later", "no", "", None),
    **dict.fromkeys(("worth_paying", "acceptable"), ("yes", "no", "unsure", "", None)),
}
TAKEN = {  # which odd values a field may hold after all
    "id": lambda value: isinstance(value, str) and re.fullmatch("[0-9a-f]{32}", value),
    "kind": lambda value: value in ("own", "prediction"),
    "ranking": lambda _: False,
    "piles": lambda value: isinstance(value, dict) and set(value) <= {"A-01"} and "often" in (*value.values(), "often"),
    "reasons": lambda value: isinstance(value, list) and all(isinstance(entry, dict) for entry in value),
    "moment": lambda value: value is None,
    "serves": _is_text,
    "expected_hits": lambda value: value is None or (type(value) is int and 0 <= value <= 10),
    "slide": lambda _: False,
    "words": _is_note,
    "replace": lambda value: isinstance(value, bool),
    "round": _is_one,
    "edition": lambda value: value in (None, 0, "0") and value is not False,
    "segment": lambda value: value is None or _is_one(value),
    "deck": lambda value: value is None or isinstance(value, str),
    "draft": lambda value: isinstance(value, dict),
    "action": _is_text,
    "owner": _is_text,
    "due": lambda value: isinstance(value, str | None) and _is_day(value),
    "quick_win": lambda value: isinstance(value, bool),
    "from_whom": lambda value: value == [],
    "progress": lambda value: value in ("open", "under_way", "done"),
    **{name: lambda value, choices=choices: value in choices for name, choices in CHOICES.items()},
}


def spoil(dice, good):
    """The bytes of a body with one fault."""
    kind = dice.random()
    if kind < 0.4:
        return broken_json(dice, good)
    name = dice.choice(sorted(good))
    if kind < 0.45 and NEEDED & set(good):
        name = dice.choice(sorted(NEEDED & set(good)))
        return json.dumps({key: value for key, value in good.items() if key != name}).encode()
    if kind < 0.55 and "decision" in good:
        return json.dumps({**good, odd_text(dice)[:100]: 1}).encode()
    while TAKEN[name](value := odd_value(dice)):
        pass
    return json.dumps({**good, name: value}).encode()


def endpoints(living):
    """Name, method, path, visitor's cookies and a good body of each."""
    collecting, revealed = living.places[0], living.places[2]
    it, customers = collecting.room.it, collecting.room.customers
    ballot = {**BALLOT, "kind": "prediction"}
    return (
        ("IT’s ballot", "POST", f"{it}/ballots", "", collecting.cookies["it"], ballot),
        (
            "IT’s second ballot",
            "POST",
            f"{it}/ballots",
            "kind=own",
            collecting.cookies["it"],
            {**BALLOT, "kind": "own"},
        ),
        ("a customer’s ballot", "POST", f"{customers}/ballots", "", "", {**BALLOT, "kind": "own", "segment": 1}),
        ("a draft", "PUT", f"{it}/draft", "", collecting.cookies["it"], DRAFT),
        (
            "a field of the agenda",
            "PUT",
            f"{revealed.room.desk}/agenda/1/A-02",
            "",
            revealed.cookies["facilitator"],
            ITEM,
        ),
        (
            "a note to a slide",
            "PUT",
            f"{revealed.room.desk}/presenter/notes",
            "",
            revealed.cookies["facilitator"],
            NOTE,
        ),
    )


def try_endpoint(living, endpoint, requests, seed=SEED):
    """What went wrong, by its kind; the good body is taken before and after."""
    name, method, path, query, cookies, good = endpoint
    dice, wrong = random.Random(f"{seed} {name}"), Counter()

    def send(body):
        given = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "HTTP_COOKIE": cookies}
        given |= {"CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(body)), "HTTP_HOST": "cards.test"}
        request = Request(name, "", {**given, "HTTP_SEC_FETCH_SITE": "same-origin"}, body)
        return request, ask(living.app, request)

    wrong["good one refused"] += send(json.dumps(good).encode())[1].status >= 300
    living.has_changed()
    for _ in range(requests):
        request, answer = send(spoil(dice, good))
        found = faults_of(request, answer, living)
        if not 400 <= answer.status < 500:
            found.append("not refused")
        if living.has_changed():
            found.append("a table has changed")
        for fault in found:
            wrong[fault] += 1
            print(f"{fault}: {answer.status} to {request.body[:300]!r} for {name}")
    wrong["good one refused"] += send(json.dumps(good).encode())[1].status >= 300
    living.restore()
    return {fault: count for fault, count in wrong.items() if count}


def measure(figures):
    """The rows of the soak's table."""
    with fresh_living() as living:
        for endpoint in endpoints(living):
            wrong = try_endpoint(living, endpoint, figures.malformed)
            told = ", ".join(f"{count} × {fault}" for fault, count in wrong.items()) or f"{figures.malformed:,} refused"
            yield f"malformed bodies for {endpoint[0]}: refused, nothing changed", told, "all", not wrong
