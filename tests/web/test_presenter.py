"""The presenter's view: this slide and the next, what to say and ask, notes that stay, and the projector's timer."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from cardsort.store.engine import writing
from cardsort.store.models import RoundRow
from cardsort.story.script import script_of
from tests.conftest import client_of
from tests.web.conftest import open_room

TOP, CHOSEN = ["A-01", "A-02", "A-03"], ["A-02", "S-05", "A-01"]


def vote(room):
    for number in range(3):
        assert room.cast(room.it, TOP, number).status_code == 201
        assert room.cast(room.customers, CHOSEN, 100 + number).status_code == 201
    return room


@pytest.fixture
def revealed(app):
    room = vote(open_room(app, picks="3"))
    room.reveal()
    return room


def titles(page, deck):
    return {code for code in deck.codes if deck[code].title in page}


def write(room, slide, words):
    return room.facilitator.put(f"{room.desk}/presenter/notes", json={"slide": slide, "words": words})


def test_before_the_reveal_it_keeps_the_time_and_knows_no_slide(app, deck):
    room = vote(open_room(app, picks="3"))
    page = room.get("/presenter").text
    assert titles(page, deck) == set()
    assert "data-step" not in page
    assert room.post("/presenter", seen=0, to=1).status_code == 409
    assert write(room, "questions", "Welcome.").status_code == 409


def test_it_shows_the_slide_and_the_one_that_comes_and_nothing_after_it(revealed, deck):
    first = revealed.get("/presenter").text
    assert "IT was asked" in first
    assert titles(first, deck) == {"A-03"}  # what the next press turns over
    revealed.post("/presenter", seen=0, to=1)
    assert titles(revealed.get("/presenter").text, deck) == {"A-03", "A-02"}
    assert titles(revealed.get("/projector").text, deck) == {"A-03"}


def test_nobody_else_sees_it_after_the_reveal(revealed, app):
    others = (revealed.stranger(), open_room(app, name="Another").facilitator)
    for client in others:
        for path in ("", "/timer"):
            assert client.get(f"{revealed.desk}/presenter{path}").status_code == 404
        assert client.put(f"{revealed.desk}/presenter/notes", json={"slide": "it", "words": "x"}).status_code == 404
        assert client.post(f"{revealed.desk}/presenter/timer", data={"minutes": 3}).status_code == 404


def test_it_says_what_to_say_and_to_ask_at_each_slide(revealed):
    for chapter, kind in (
        ("questions", "question"),
        ("it", "tops"),
        ("marks", "marks"),
        ("gaps", "talk"),
        ("agree", "agree"),
    ):
        step = int(re.search(r'data-step="(\d+)"', revealed.get("/presenter").text)[1])
        assert revealed.post("/presenter", seen=step, to=chapter).location == f"{revealed.desk}/presenter"
        page = revealed.get("/presenter").text
        for said in (*script_of(kind).say, *script_of(kind).ask):
            assert said in page


def test_it_turns_the_projector_and_follows_it(revealed):
    revealed.post("/presenter", seen=0, to="faster")
    assert 'data-step="3"' in revealed.get("/projector").text
    revealed.post("/projector", seen=3, to=4)
    assert 'data-step="4"' in revealed.get("/presenter").text
    assert revealed.get("/projector/step").text == "4"


def test_a_note_belongs_to_its_slide_and_is_there_on_every_device_of_the_desk(revealed, app):
    assert write(revealed, "questions", "Ask Ann first. ").json == {"saved": True}
    assert write(revealed, "it", "Read slowly.\nThen wait.").json == {"saved": True}
    token = revealed.get("/keep").text.split("http://cards.test/f/")[1].split("<")[0]
    tablet = client_of(app)
    tablet.get(f"/f/{token}")
    assert ">Ask Ann first.</textarea>" in tablet.get(f"{revealed.desk}/presenter").text
    revealed.post("/presenter", seen=0, to="it")
    assert ">Read slowly.\nThen wait.</textarea>" in revealed.get("/presenter").text
    assert "Read slowly." not in revealed.get("/projector").text
    write(revealed, "it", " ")
    assert ">Read slowly." not in revealed.get("/presenter").text


def test_without_script_a_note_is_saved_by_its_button(revealed):
    answer = revealed.post("/presenter/notes", slide="questions", words="Ask Ann.\r\nThen Ben.")
    assert (answer.status_code, answer.location) == (303, f"{revealed.desk}/presenter")
    assert ">Ask Ann.\nThen Ben.</textarea>" in revealed.get("/presenter").text


@pytest.mark.parametrize(
    ("slide", "words", "status"),
    [("questions", "x" * 1001, 422), ("gaps-S-13", "x", 404), ("nothing", "x", 404), ("", "x", 404), (7, "x", 422)],
)
def test_a_note_that_is_too_long_or_of_no_slide_is_refused_and_nothing_is_stored(revealed, slide, words, status):
    write(revealed, "questions", "Before.")
    assert write(revealed, slide, words).status_code == status
    assert ">Before.</textarea>" in revealed.get("/presenter").text


def test_notes_go_along_in_the_archive_and_the_timer_does_not(revealed):
    write(revealed, "questions", "Ask Ann first.")
    revealed.post("/presenter/timer", minutes=5)
    archived = json.loads(revealed.get("/archive").text)
    assert archived["tables"]["slide_note"] == [{"slide": "questions", "words": "Ask Ann first."}]
    assert "timer_ends_at" not in archived["rounds"][0]


def left(page):
    found = re.search(r'data-left="(\d+)"', page)
    return int(found[1]) if found else None


def end_at(app, room, when):
    with app.app_context(), writing() as session:
        session.execute(
            update(RoundRow).where(RoundRow.workshop_id == room.desk.rpartition("/")[2]).values(timer_ends_at=when)
        )


def test_the_timer_is_on_the_join_screen_while_people_vote(room):
    assert left(room.get("/show").text) is None
    answer = room.post("/presenter/timer", minutes=12)
    assert (answer.status_code, answer.location) == (303, f"{room.desk}/presenter")
    for path in ("/show", "/show/it", "/presenter", "/presenter/timer"):
        assert 715 <= left(room.get(path).text) <= 720
    room.post("/presenter/timer", minutes=0)
    assert left(room.get("/presenter/timer").text) is None


def test_both_devices_hear_of_the_timer_and_count_what_the_server_says_is_left(revealed, app):
    assert revealed.get("/projector/step").text == "0"
    revealed.post("/presenter/timer", minutes=3)
    mark = revealed.get("/projector/step").text
    assert re.fullmatch(r"0 \d+", mark)
    for path in ("/projector", "/presenter"):
        page = revealed.get(path).text
        assert f'data-mark="{mark}"' in page
        assert 175 <= left(page) <= 180
    end_at(app, revealed, datetime.now(UTC) - timedelta(seconds=5))
    assert left(revealed.get("/projector").text) == 0
    assert "timer-over" in revealed.get("/projector").text
    end_at(app, revealed, datetime.now(UTC) - timedelta(minutes=2))
    assert left(revealed.get("/projector").text) is None


@pytest.mark.parametrize("minutes", ["", "181", "-1", "soon", "1.5"])
def test_a_timer_that_cannot_be_is_refused_with_a_sentence(room, minutes):
    answer = room.post("/presenter/timer", minutes=minutes)
    assert answer.status_code == 422
    assert "minutes" in answer.text
    assert left(room.get("/presenter/timer").text) is None
