"""What people wrote is looked through before the room reads it; what is withheld is told as a number only."""

import json
import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.files.slideshows import read_slides
from tests.web.conftest import open_room
from tests.web.test_archives import restore

TOP, OTHER = ["A-01", "A-02", "A-03"], ["S-01", "S-02", "S-03"]
SAID = ("Ann never calls back.", "Nine days, each time.", "It takes for ever.")
BY_FACILITATOR = "withheld by the facilitator"


def voted(app, said=SAID, serves=("The branches.",) * 3, **settings):
    """Three people in IT say whom they work for, and each customer writes about S-01."""
    room = open_room(app, picks="3", **settings)
    for number, words in enumerate(serves):
        assert room.cast(room.it, TOP, number, serves=words).status_code == 201
    for number, words in enumerate(said, start=100):
        assert room.cast(room.customers, OTHER, number, reasons=[{"words": words}]).status_code == 201
    return room


@pytest.fixture
def room(app):
    made = voted(app)
    for group in ("it", "customers"):
        made.post(f"/lock/{group}")
    return made


def marks(room, query=""):
    """What can be read, as it stands there: the words -> their mark."""
    found = re.findall(r'id="text-(\w+)">([^<]*)</p>', room.get(f"/words{query}").text)
    return {words: mark for mark, words in found}


def withhold(room, words, query="", tell="no"):
    return room.post(f"/words{query}", mark=marks(room, query)[words], tell=tell)


def report_text(room):
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(room.get("/report.pdf").data)).pages)


def told(room):
    """All that page, its printed twin, the report and the archive say."""
    return [room.get("/result").text, room.get("/result").text, report_text(room), room.get("/archive").text]


def test_words_are_read_only_once_their_group_is_locked(app):
    room = voted(app)
    refused = room.get("/words")
    assert refused.status_code == 409
    assert "Nobody’s words can be read yet." in refused.text
    room.post("/lock/it")
    assert set(marks(room)) == {"The branches."}
    room.post("/lock/customers")
    assert set(marks(room)) == {"The branches.", *SAID}
    room.post("/reopen/customers")
    assert set(marks(room)) == {"The branches."}


def test_words_stand_without_card_kind_or_ballot_and_in_the_same_order_whoever_came_first(app):
    orders = []
    for said in (SAID, SAID[::-1]):
        room = voted(app, said)
        room.post("/lock/customers")
        page = room.get("/words").text
        assert "S-01" not in page
        assert not any(f"{number:032x}" in page for number in range(100, 103))  # the ballots' ids
        orders.append(list(marks(room)))
    assert orders[0] == orders[1]


def test_what_is_withheld_stands_nowhere_and_is_counted_everywhere(room):
    assert withhold(room, SAID[0]).status_code == 303
    assert "<strong>1 withheld</strong>" in room.get("/words").text
    room.post("/reveal")
    page, twin, report, archive = told(room)
    for text in (page, twin, report, archive):
        assert SAID[0] not in text
        assert SAID[1] in text
    for text in (page, twin, report):
        assert f"1 {BY_FACILITATOR}" in text
    assert [entry["words"] for entry in json.loads(archive)["words"] if entry["card"] == "S-01"] == [
        *sorted(SAID[1:]),
        "",
    ]


def test_one_tap_tells_it_again_also_after_the_reveal(room):
    withhold(room, SAID[0])
    withhold(room, SAID[0])  # twice is once
    room.post("/reveal")
    assert SAID[0] not in room.get("/result").text
    assert "Look through what people wrote" in room.get("/result").text
    assert withhold(room, SAID[0], tell="yes").status_code == 303
    assert SAID[0] in room.get("/result").text
    assert BY_FACILITATOR not in "".join(told(room))


def test_one_that_is_withheld_takes_no_other_with_it(room):
    for words in SAID[:2]:
        withhold(room, words)
    room.post("/reveal")
    for text in told(room)[:3]:
        assert SAID[2] in text
        assert f"2 {BY_FACILITATOR}" in text


def test_equal_words_are_withheld_together_whatever_their_capitals_and_signs(app):
    room = voted(app, ["Ann is late.", "ann is late", "ANN IS LATE!", "Nine days."])
    room.post("/lock/it")
    room.post("/lock/customers")
    (found,) = [words for words in marks(room) if words.casefold().startswith("ann")]
    withhold(room, found)
    room.post("/reveal")
    for text in told(room):
        assert "ann is late" not in text.casefold()
    assert f"3 {BY_FACILITATOR}" in room.get("/result").text


def test_what_it_wrote_about_its_customers_can_be_withheld_too(app):
    room = voted(app, serves=("The branches.", "Ann in the branches.", "Everybody."))
    room.post("/lock/it")
    room.post("/lock/customers")
    withhold(room, "Ann in the branches.")
    room.post("/reveal")
    for text in told(room):
        assert "Ann in the branches" not in text
        assert "Everybody." in text
    for text in told(room)[:3]:
        assert f"1 {BY_FACILITATOR}" in text


def test_what_fewer_than_three_people_wrote_is_not_read_by_the_facilitator_either(app):
    room = voted(app, [*SAID[:2], ""], serves=("The branches.", "Shops.", ""))
    room.post("/lock/it")
    room.post("/lock/customers")
    assert marks(room) == {}
    assert room.get("/words").text.count("Fewer than 3 people wrote something") == 2


def test_only_words_that_can_be_read_can_be_withheld(room):
    for mark in ("", "0" * 64, "x", "ä" * 64):
        answer = room.post("/words", mark=mark)
        assert answer.status_code == 422
        assert "not among those that can be read here" in answer.text
    assert "0 withheld" not in room.get("/words").text


def test_an_earlier_rounds_words_can_still_be_withheld(room):
    room.post("/reveal")
    room.post("/next-round", round="1", people="same")
    assert room.get("/words").status_code == 409  # the present round's
    assert withhold(room, SAID[0], "?round=1").status_code == 303
    assert SAID[0] not in room.get("/result?round=1").text
    assert f"1 {BY_FACILITATOR}" in room.get("/result?round=1").text


def test_a_restored_workshop_still_says_how_many_were_withheld_and_can_withhold_more(app, room):
    withhold(room, SAID[0])
    withhold(room, "The branches.")
    room.post("/reveal")
    document = json.loads(room.get("/archive").text)
    client, answer = restore(app, document)
    assert answer.status_code == 303, answer.text
    room.desk, room.facilitator = re.search(r"/desk/\w{16}", answer.location)[0], client
    assert set(marks(room)) == set(SAID[1:])
    assert f"1 {BY_FACILITATOR}" in room.get("/result").text
    assert report_text(room).count(BY_FACILITATOR) == 2
    assert f"3 {BY_FACILITATOR}" in report_text(room)
    withhold(room, SAID[1])
    assert f"2 {BY_FACILITATOR}" in room.get("/result").text
    again = json.loads(room.get("/archive").text)
    assert [entry["words"] for entry in again["words"] if entry["card"] == "S-01"] == [SAID[2], "", ""]


def pages_of_the_reveal(room):
    """What the wall and the presenter see, slide after slide."""
    step, pages = 0, []
    room.post("/projector", seen=shown_step(room), to=0)
    while True:
        pages += [room.get("/projector").text, room.get("/presenter").text]
        if 'data-more="1"' not in pages[-1]:
            return "".join(pages)
        room.post("/projector", seen=step, to=step + 1)
        step += 1


def slides_text(room):
    """What the file of slides says."""
    return "".join(one.text for one in read_slides(room.get("/slides.pptx").data))


def shown_step(room):
    return re.search(r'data-step="(\d+)"', room.get("/projector").text)[1]


def test_words_that_are_withheld_stand_on_no_slide_and_the_next_ones_take_their_place(app):
    room = open_room(app, picks="10")
    for number in range(9):
        room.cast(room.it, [f"A-{place:02}" for place in range(1, 11)], number)
        said = [{"words": "Ann again." if number < 5 else "Nine days."}]
        room.cast(room.customers, [f"B-{place:02}" for place in range(1, 11)], 100 + number, reasons=said)
    room.reveal()
    for seen in (pages_of_the_reveal(room), slides_text(room)):
        assert "“Ann again.”\u00a0×5" in seen
        assert "Nine days." not in seen
    withhold(room, "Ann again.")
    for seen in (pages_of_the_reveal(room), slides_text(room)):
        assert "Ann again." not in seen
        assert "“Nine days.”\u00a0×4" in seen
