"""What strangers can make the server keep is bounded, ballots are not, and a full disk takes nothing else."""

import json
from types import SimpleNamespace

import pytest

from cardsort.store.models import DraftRow, RespondentRow, WorkshopRow, db
from cardsort.web.kit import bounds
from tests.conftest import client_of
from tests.web.conftest import open_room

pytestmark = pytest.mark.nobody_else

TOP = ["A-01", "A-02", "A-03"]
REFUSED_WITHOUT_ROOM = {
    *("pages.create", "pages.example", "archives.restore", "rounds.start_next"),
    *("voting.put_draft", "handovers.start"),
    *("editing.save", "keeping.keep", "imports.bring", "codes.make", "decks.preview", "decks.use", "decks.use_shipped"),
    *("agenda.put", "agenda.save", "agenda.save_form", "agenda.move", "agenda.remove", "agenda.publish"),
    *("agenda.take_back", "presenter.put_note", "presenter.save_note", "cards.choose", "cards.save", "cards.save_form"),
}


def from_address(app, address):
    client = client_of(app)
    client.environ_base["REMOTE_ADDR"] = address
    return client


def use_up(app, kind, address, but=0):
    """As if so many of the hour's had come from there."""
    counter = app.extensions["bounds"]
    for rule, whose in zip(bounds.RULES[kind], ((kind, address), (kind,)), strict=True):
        counter.hit(rule, *whose, cost=bounds.RULES[kind][0].amount - but)


def rows(app, table):
    with app.app_context(), db.engine.connect() as connection:
        return connection.scalar(db.select(db.func.count()).select_from(table))


START = {
    "workshops": ("/new", {"name": "Autumn"}, 303),
    "examples": ("/example", {}, 303),
    "restores": ("/restore", {}, 422),  # without a file
}


@pytest.mark.parametrize("kind", START)
def test_one_address_starts_so_many_within_an_hour_and_its_neighbour_goes_on(app, kind):
    path, form, status = START[kind]
    use_up(app, kind, "10.0.0.1", but=1)
    ours = from_address(app, "10.0.0.1")
    assert ours.post(path, data=form).status_code == status
    before = rows(app, WorkshopRow)
    refused = ours.post(path, data=form)
    assert (refused.status_code, bounds.ENOUGH[kind] in refused.text) == (429, True)
    assert 3500 < int(refused.headers["Retry-After"]) <= 3600
    assert rows(app, WorkshopRow) == before
    assert from_address(app, "10.0.0.2").post(path, data=form).status_code == status


def test_all_addresses_together_start_so_many(app):
    for number in range(4):
        use_up(app, "workshops", f"10.0.1.{number}")
    assert from_address(app, "10.0.2.1").post("/new", data={"name": "Autumn"}).status_code == 429


def keep(client, room, **draft):
    return client.put(f"{room.it}/draft", json={"draft": {"version": 1, "rev": 1, **draft}})


def test_past_the_bound_no_newcomer_s_draft_is_kept_others_are_and_everybody_sends(app):
    room, known = open_room(app), from_address(app, "10.0.0.1")
    assert keep(known, room).status_code == 200
    use_up(app, "drafts", "10.0.0.1", but=2)
    assert keep(from_address(app, "10.0.0.1"), room).status_code == 200
    late = from_address(app, "10.0.0.1")
    refused = keep(late, room)
    assert (refused.status_code, refused.json["message"]) == (429, f"{bounds.ENOUGH['drafts']} Try again later.")
    assert (rows(app, DraftRow), rows(app, RespondentRow)) == (2, 2)
    assert keep(known, room, step="rank").status_code == 200
    assert keep(from_address(app, "10.0.0.2"), room).status_code == 200
    body = {"id": f"{1:032x}", "kind": "prediction", "ranking": TOP}
    assert late.post(f"{room.it}/ballots", json=body).status_code == 201
    assert keep(late, room).status_code == 200  # who has sent is known


def test_a_key_of_one_s_own_making_is_a_newcomer_s(app):
    room = open_room(app)
    use_up(app, "drafts", "10.0.0.1")
    client = from_address(app, "10.0.0.1")
    client.set_cookie(f"key-{room.desk.split('/')[2]}", "made-up", domain="cards.test")
    assert keep(client, room).status_code == 429
    assert rows(app, RespondentRow) == 0


def test_a_draft_has_sixteen_kibibytes_and_no_more(app):
    room = open_room(app)
    frame = len(json.dumps({"draft": {"version": 1, "rev": 1, "serves": ""}}, separators=(",", ":")))
    for size, status in ((16 * 1024 - frame, 200), (16 * 1024 - frame + 1, 413)):
        body = json.dumps({"draft": {"version": 1, "rev": 1, "serves": "x" * size}}, separators=(",", ":"))
        answer = client_of(app).put(f"{room.it}/draft", data=body, content_type="application/json")
        assert answer.status_code == status
    assert rows(app, DraftRow) == 1


def test_the_largest_draft_of_the_largest_deck_fits():
    """As static/js/ballot/draft.js makes it: all sorted and ranked, three long remarks in Cyrillic, on its way."""
    codes = [f"CODE-{number:03}" for number in range(120)]
    said = {code: {"costs": ["time", "money", "trouble"], "words": "ж" * 280} for code in codes[:3]}
    sent = {"kind": "own", "ranking": codes, "reasons": list(said.values()), "moment": "outage", "segment": 1}
    piles = dict.fromkeys(codes, "us")
    outgoing = {"id": "0" * 32, "body": {**sent, "piles": piles}, "replace": False, "ask": False}
    draft = {"rev": 999, "piles": piles, "trail": codes, "ranking": codes, "reasons": said, "outgoing": outgoing}
    assert len(json.dumps({"draft": draft}, ensure_ascii=False, separators=(",", ":")).encode()) < 16 * 1024


@pytest.fixture
def full(monkeypatch):
    """Every disk is nearly full."""
    monkeypatch.setattr(bounds, "disk_usage", lambda _folder: SimpleNamespace(free=bounds.TOO_LITTLE - 1))


def test_whether_something_is_taken_without_room_is_decided_for_every_address_that_changes_something(app):
    unsafe = {rule.endpoint for rule in app.url_map.iter_rules() if rule.methods - {"GET", "HEAD", "OPTIONS"}}
    assert unsafe - bounds.STILL_TAKEN == REFUSED_WITHOUT_ROOM
    assert unsafe >= bounds.STILL_TAKEN


@pytest.mark.usefixtures("room", "full")
def test_without_room_nothing_but_ballots_is_taken_and_a_sentence_says_so(room):
    client = room.stranger()
    for answer in (
        client.post("/new", data={"name": "Autumn"}),
        client.post("/example"),
        client.post("/restore"),
        room.post("/import", text="group,ranking\n"),
        room.post("/edit", name="Winter"),
        keep(client, room),
    ):
        said = answer.json["message"] if answer.is_json else answer.text
        assert (answer.status_code, bounds.FULL in said) == (503, True)
        assert answer.headers["Retry-After"] == "10"
    assert "No room left" in client.post("/example").text
    assert room.cast(room.it, TOP, 1).status_code == 201
    form = {"id": f"{2:032x}", "place-A-01": "1", "place-A-02": "2", "place-A-03": "3"}
    assert client.post(f"{room.customers}/form", data=form).status_code == 303
    room.reveal()
    assert client.get(f"{room.it}").status_code == 200
    assert (room.post("/delete", name="Autumn").status_code, rows(room.app, WorkshopRow)) == (200, 0)


def test_with_just_enough_room_everything_is_taken(room, monkeypatch):
    monkeypatch.setattr(bounds, "disk_usage", lambda _folder: SimpleNamespace(free=bounds.TOO_LITTLE))
    assert keep(room.stranger(), room).status_code == 200


@pytest.mark.usefixtures("full")
def test_with_postgresql_the_disk_of_this_machine_does_not_count(postgres_app):
    assert client_of(postgres_app).post("/new", data={"name": "Autumn"}).status_code == 303


@pytest.mark.usefixtures("full")
def test_an_address_that_is_not_there_is_not_there_on_a_full_disk_either(app):
    assert client_of(app).post("/nothing").status_code == 404
    assert client_of(app).post("/deck").status_code == 405
