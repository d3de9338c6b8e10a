"""Files are made one at a time, few wait for their turn, and whoever is told to wait learns for how long."""

import threading
import time
from io import BytesIO

import pytest

from cardsort.web.facilitator import printing
from cardsort.web.kit.making import BeingMade, Workbench
from tests.conftest import client_of
from tests.files.workbooks import workbook
from tests.web.conftest import open_room

BUSY = "The files of others are being made at the moment, so yours has to wait."


@pytest.fixture
def revealed(app):
    room = open_room(app, picks="3")
    room.reveal()
    return room


@pytest.fixture(autouse=True)
def nothing_made():
    """Nobody has asked for the cards to cut out before."""
    printing._cards_to_cut_out.cache_clear()


@pytest.fixture
def busy(app):
    """Somebody else's file is being made, and nobody may wait beside it."""
    app.extensions["workbench"] = Workbench(seats=0)
    with app.extensions["workbench"].turn():
        yield


@pytest.mark.usefixtures("busy")
def test_whoever_has_to_wait_is_told_so_by_a_page_that_asks_again_by_itself(revealed):
    files = ("report.pdf", "data.xlsx", "slides.pptx", "invitations.pdf", "paper-ballot/it.pdf", "codes.pdf")
    files = (*files, "deck.pdf")
    for link in (*(f"{revealed.desk}/{file}" for file in files), "/deck.pdf"):
        answer = revealed.facilitator.get(link)
        assert (answer.status_code, BUSY in answer.text) == (503, True), link
        assert (answer.headers["Retry-After"], answer.headers["Refresh"]) == ("4", "4")
        assert "One moment, please" in answer.text
        assert "Not saved" not in answer.text


@pytest.mark.usefixtures("busy")
def test_a_form_is_not_sent_again_by_itself(revealed):
    answer = revealed.post("/report.pdf", parts=["first"])
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "4")
    assert f"{BUSY} Go back and press the button again in a few seconds." in answer.text
    assert "Refresh" not in answer.headers


@pytest.mark.usefixtures("busy")
def test_a_workbook_waits_for_its_turn_to_be_read_and_a_text_does_not(app):
    room = open_room(app)
    rows = [["title"], ["One"], ["Two"], ["Three"], ["Four"]]
    text = "\n".join(title for [title] in rows).encode()
    for data, status in ((workbook(rows), 503), (text, 200)):
        assert room.post("/deck", table=(BytesIO(data), "ours")).status_code == status


@pytest.mark.usefixtures("busy")
def test_a_stranger_is_refused_before_any_turn(app, revealed):
    assert client_of(app).get(f"{revealed.desk}/report.pdf").status_code == 404


def test_when_the_turn_comes_the_file_is_made(app, revealed):
    app.extensions["workbench"] = workbench = Workbench(seats=1, patience=60)
    answers = []
    with workbench.turn():
        waiting = threading.Thread(target=lambda: answers.append(revealed.get("/report.pdf?parts=method").status_code))
        waiting.start()
        while waiting.is_alive() and workbench._seats._value:
            time.sleep(0.01)  # until the other one sits
        assert revealed.facilitator.get("/deck.pdf").status_code == 503  # the seat is taken
        assert answers == []
    waiting.join()
    assert answers == [200]
    assert revealed.facilitator.get("/deck.pdf").status_code == 200


def test_what_was_made_before_waits_for_nobody(app):
    made = client_of(app).get("/deck.pdf").data
    app.extensions["workbench"] = Workbench(seats=0)
    with app.extensions["workbench"].turn():
        assert client_of(app).get("/deck.pdf").data == made


def test_a_file_that_fails_gives_its_turn_back():
    workbench = Workbench(seats=0)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), workbench.turn():
            raise ZeroDivisionError


def test_nobody_waits_for_ever():
    workbench = Workbench(seats=1, patience=0.01)
    with workbench.turn():
        with pytest.raises(BeingMade), workbench.turn():
            pass
        assert workbench._seats._value == 1  # the seat is free again
