"""Before the reveal nothing gives a card's standing away: other people's ballots are turned round in the database, and
every page must be the same to the byte. What differs would be a leak.
"""

import itertools
import re
import secrets

import pytest
from sqlalchemy import select, update

from cardsort.files.decktable import write_deck_csv
from cardsort.store.engine import writing
from cardsort.store.models import BallotRow
from cardsort.usecases import results
from cardsort.usecases.decks import shipped_deck
from cardsort.usecases.tokens import mark_of
from tests.neighbour import NEIGHBOUR
from tests.web.conftest import open_room

RANKINGS = (["A-01", "A-02", "A-03"], ["A-01", "B-02", "C-03"], ["S-13", "A-01", "B-05"], ["A-01", "S-02", "C-03"])
STAGES = ("preparing", "collecting", "it locked", "both locked")
VISITORS = ("nobody", "other", "it", "customer", "facilitator")
CLOCK = {"Date", "Expires"}
COUNTED = "/metrics"  # counts these very requests; what it names at all, test_metrics.py says
FILLED_IN = {"<group>": "it", "<version>/<path:filename>": "old/css/base.css", "<code>": "A-01", "<int:number>": "1"}
POLLED, CARDS = {"no-store", "private, no-cache"}, {"no-store", "private, max-age=86400, immutable"}
KEPT = {  # what a browser may keep; of everything else, refusals too, nothing
    "/static/<version>/<path:filename>": {"no-cache, max-age=0"},
    "/v/<token>/cards/<mark>": CARDS,
    "/desk/<workshop_id>/status": POLLED,
    "/desk/<workshop_id>/sent/<group>": POLLED,
    "/desk/<workshop_id>/projector/step": POLLED,
}
FILLED_IN["<mark>"] = mark_of(write_deck_csv(shipped_deck()))


@pytest.fixture
def room(app):
    teams = {"it-segment-1": "Networks", "it-segment-2": "Helpdesk"}
    return open_room(app, name="Autumn", second_it="yes", second_customers="yes", picks="3", **teams)


@pytest.fixture
def visitors(app, room):
    """One client of each kind; none of them sends anything."""
    found = {"nobody": room.stranger(), "other": open_room(app, name="Another").facilitator}
    found |= {"it": room.stranger(), "customer": room.stranger(), "facilitator": room.facilitator}
    for client in found.values():  # everybody has the keys that a first visit gives
        for link in (room.it, room.customers):
            client.get(f"{link}/ballot")
    return found


def vote(room, first_number):
    """Four people of each group send both of their orders."""
    for place, ranking in enumerate(RANKINGS):
        for offset, (link, kinds) in enumerate(
            ((room.it, ("prediction", "own")), (room.customers, ("own", "prediction")))
        ):
            person = room.stranger()
            for second, kind in enumerate(kinds):
                number = first_number + 10 * place + 2 * offset + second
                words = {"reasons": [{"words": "Nine days."}]} if kind == "own" else {"reasons": [{"basis": "know"}]}
                body = {"id": f"{number:032x}", "kind": kind, "ranking": ranking, "round": room.round, **words}
                if link == room.it and not second:
                    body |= {"segment": 1 + place % 2, "serves": "The branches."}
                asked = f"?kind={kind}" if second else ""
                assert person.post(f"{link}/ballots{asked}", json=body).status_code == 201


def turn_round(app, number):
    """Every ballot of that round ranks other cards from now on; how many there were."""
    query = select(BallotRow.id, BallotRow.ranking)
    query = query.where(BallotRow.workshop_id != NEIGHBOUR, BallotRow.round_number == number)
    with app.app_context(), writing() as session:
        rows = session.execute(query).all()
        for ballot_id, ranking in rows:
            other = bytes(51 - card for card in ranking)
            session.execute(update(BallotRow).where(BallotRow.id == ballot_id).values(ranking=other))
    results._compared.cache_clear()
    return len(rows)


CLOCK_TIME = re.compile(rb"\d\d:\d\d")


def walk(app, room, visitors, monkeypatch):
    """(visitor, route) -> status, headers and body of every page; what is drawn by lot comes out the same each time."""
    found = {}
    rules = sorted(str(rule) for rule in app.url_map.iter_rules() if "GET" in rule.methods and rule.rule != COUNTED)
    for visitor, client in visitors.items():
        numbers = itertools.count()
        monkeypatch.setattr(secrets, "choice", lambda cards: cards[0])
        monkeypatch.setattr(secrets, "token_hex", lambda size: f"{next(numbers):0{2 * size}x}")  # noqa: B023
        monkeypatch.setattr(secrets, "token_urlsafe", lambda size: f"{next(numbers):0{size}}")  # noqa: B023
        for rule in rules:
            path = rule.replace("/v/<token>", room.customers if visitor == "customer" else room.it)
            path = path.replace("/desk/<workshop_id>", room.desk)
            for name, value in {**FILLED_IN, "<token>": "nothing"}.items():
                path = path.replace(name, value)
            assert "<" not in path, f"say in FILLED_IN what stands for the rest of {path}"
            with client.get(path) as answer:
                assert answer.headers["Cache-Control"] in KEPT.get(rule, {"no-store"}), rule
                headers = sorted((name, value) for name, value in answer.headers.items() if name not in CLOCK)
                told = CLOCK_TIME.sub(b"", answer.data) if "closing" in rule else answer.data  # it says how late it is
                found[visitor, rule] = (answer.status_code, headers, told)
    return found


def differences(one, other):
    return sorted(where for where in one if one[where] != other[where])


@pytest.mark.parametrize("stage", STAGES)
def test_before_the_reveal_no_page_depends_on_what_others_have_ranked(app, room, visitors, monkeypatch, stage):
    room.round = 1
    if stage != "preparing":
        vote(room, 1000)
    for group in {"it locked": ["it"], "both locked": ["it", "customers"]}.get(stage, []):
        room.post(f"/lock/{group}")
    before = walk(app, room, visitors, monkeypatch)
    assert turn_round(app, 1) == (0 if stage == "preparing" else 16)
    assert differences(before, walk(app, room, visitors, monkeypatch)) == []


def test_while_a_second_round_is_voted_on_nothing_of_it_shows_and_the_first_result_stays(
    app, room, visitors, monkeypatch
):
    room.round = 1
    vote(room, 1000)
    room.reveal()
    room.post("/next-round", round="1", people="same")
    room.round = 2
    vote(room, 2000)
    before = walk(app, room, visitors, monkeypatch)
    assert turn_round(app, 2) == 16
    assert differences(before, walk(app, room, visitors, monkeypatch)) == []


def test_the_walk_sees_a_difference_where_there_is_one(app, room, visitors, monkeypatch):
    room.round = 1
    vote(room, 1000)
    room.reveal()
    before = walk(app, room, visitors, monkeypatch)
    turn_round(app, 1)
    seen = differences(before, walk(app, room, visitors, monkeypatch))
    shown = {"result", "result.json", "ballots.csv", "ballots.json", "cards.csv"}
    shown |= {"report.pdf", "data.xlsx", "slides.pptx"}
    assert shown <= {rule.rsplit("/", 1)[1] for visitor, rule in seen if visitor == "facilitator"}
    assert {visitor for visitor, _rule in seen} == {"facilitator"}


def test_while_participants_are_shown_the_lists_no_other_page_of_theirs_depends_on_what_was_ranked(
    app, room, visitors, monkeypatch
):
    room.round = 1
    vote(room, 1000)
    room.reveal()
    assert room.post("/projector", seen="0", to="agree").status_code == 303
    assert room.post("/devices", show="yes").status_code == 303
    before = walk(app, room, visitors, monkeypatch)
    turn_round(app, 1)
    seen = differences(before, walk(app, room, visitors, monkeypatch))
    assert {rule for visitor, rule in seen if visitor != "facilitator"} == {"/v/<token>/result"}
