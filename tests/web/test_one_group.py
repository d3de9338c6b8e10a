"""A workshop for one group alone: chosen at the start or found at the lock, revealed as a list, told to the others."""

import io
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from pypdf import PdfReader

from tests.conftest import client_of
from tests.files.workbooks import read_workbook, table
from tests.web.conftest import open_room
from tests.web.test_before_the_reveal import turn_round, walk
from tests.web.test_imports import faults

TOP, OTHER = ["A-01", "A-02", "A-03"], ["A-02", "S-05", "A-01"]
SCHEMA = Path(__file__).parents[2] / "docs" / "result.schema.json"


def only(room, group):
    return room.post("/groups", alone=group)


def vote(room, group="customers", people=6, first=1, **more):
    link = room.customers if group == "customers" else room.it
    for number in range(people):
        assert room.cast(link, TOP if number % 6 else OTHER, first + number, **more).status_code == 201


def reveal(room, group="customers"):
    assert room.post(f"/lock/{group}").status_code == 303
    assert room.post("/reveal").status_code == 303


@pytest.fixture
def alone(app):
    """A room of customers alone, with six of their ballots."""
    room = open_room(app, picks="3")
    assert only(room, "customers").status_code == 303
    vote(room, reasons=[{"words": "Nine days."}])
    return room


def test_a_name_is_enough_and_both_take_part(room):
    page = room.get("").text
    assert "IT and customers" in page
    assert 'id="door-it"' in page


def test_it_is_chosen_at_the_start_and_the_other_group_is_offered_nowhere(app):
    client = client_of(app)
    started = client.post("/new", data={"name": "Autumn", "alone": "customers", "expected_it": "9"})
    desk = started.location.rsplit("/", 1)[0]
    page = client.get(desk).text
    assert "Customers alone" in page
    assert 'id="door-customers"' in page
    assert 'id="door-it"' not in page
    assert 'data-count="it"' not in page
    assert "Show it on" in page
    assert "IT is asked" not in page
    assert client.get(f"{desk}/show").text.count('class="join-door"') == 1
    assert "Customers, A4" in client.get(f"{desk}/print").text
    assert "IT, A4" not in client.get(f"{desk}/print").text
    assert len(PdfReader(io.BytesIO(client.get(f"{desk}/invitations.pdf").data)).pages) == 1
    for path in ("sheet/it", "mail/it", "show/it", "sent/it", "lock/it", "closing/it"):
        answer = client.get(f"{desk}/{path}")
        assert (path, answer.status_code) == (path, 409)
        assert "IT is not asked in this round" in answer.text
    for path in ("lock/it", "closing/it"):
        assert client.post(f"{desk}/{path}").status_code == 409


def test_another_workshop_like_it_begins_with_the_same_choice(alone):
    form = alone.facilitator.get(f"/new?from={alone.desk.split('/')[2]}").text
    assert 'name="alone" value="customers" checked' in form


def test_only_customers_have_voted_is_found_at_the_lock(room):
    vote(room)
    page = room.get("/lock/customers").text
    assert "<details open>" in page
    assert "Only customers have sent anything. Is that all for this round?" in page
    assert "Lock, and go on with customers alone" in page
    assert room.post("/lock/customers", alone="yes").status_code == 303
    assert "The ballots are locked. When the room is ready, reveal the result." in room.get("").text
    assert "6 customers</span> have given a ballot" in room.get("/reveal").text
    room.post("/reveal")
    assert "Customers put “IT knows too little of what matters to us” first." in room.get("/result").text


def test_it_alone_is_offered_folded_away_as_its_lock_usually_comes_first(room):
    vote(room, "it")
    page = room.get("/lock/it").text
    assert "Only IT has sent anything. Is that all for this round?" in page
    assert "<details open>" not in page
    room.post("/lock/it")
    assert "Go on" not in room.get("/status").text


def test_kinds_of_customers_are_no_matter_where_they_are_not_asked(app):
    room = open_room(app, picks="3", **{"segment-1": "Shops", "segment-2": "Farms"})
    only(room, "it")
    vote(room, "it")
    room.post("/lock/it")
    assert "kinds of customers" not in room.get("/reveal").text


def test_where_both_have_voted_no_lock_offers_to_go_on_with_one(room):
    vote(room)
    vote(room, "it", 1, 50)
    assert "alone" not in room.get("/lock/customers").text
    answer = room.post("/lock/customers", alone="yes")
    assert answer.status_code == 409
    assert "There are ballots of people in IT in this round" in answer.text
    assert "lock" not in room.get("/status").text.split('id="count-customers"')[1].split("Open")[0]


def test_a_group_that_has_voted_is_not_left_out_and_the_page_says_what_to_do(room):
    vote(room, "it", 1)
    answer = only(room, "customers")
    assert answer.status_code == 409
    assert "Take these ballots out first" in answer.text
    assert 'value="customers" checked' in answer.text
    assert room.cast(room.it, TOP, 9).status_code == 201


def test_whoever_is_not_asked_reads_it_kindly_and_loses_nothing(alone):
    person = alone.stranger()
    page = person.get(alone.it).text
    assert "IT is not asked this time." in page
    assert "Round 1 of this workshop is for customers alone" in page
    assert "data-ways" not in page
    for path in ("/ballot", "/form"):
        answer = person.get(alone.it + path)
        assert (answer.status_code, answer.location) == (303, alone.it)
    body = {"id": f"{77:032x}", "kind": "prediction", "ranking": TOP}
    sent = person.post(f"{alone.it}/ballots", json=body)
    assert sent.status_code == 423
    assert "IT is not asked in this round, so this order was not counted." in sent.json["message"]
    assert person.put(f"{alone.it}/draft", json={"draft": {}}).json == {"open": False, "saved": True}
    assert only(alone, "").status_code == 303
    assert person.post(f"{alone.it}/ballots", json=body).status_code == 201


def test_the_customers_of_a_workshop_of_their_own_are_told_nothing_of_its_guess(alone):
    page = alone.stranger().get(alone.customers).text
    assert "nobody in IT can answer in your place" in page
    assert "IT writes down" not in page


def test_it_alone_is_not_told_that_customers_are_asked_too(room):
    only(room, "it")
    page = room.stranger().get(room.it).text
    assert "Your customers are asked too" not in page
    assert "laid side by side" not in page
    assert "what they really chose" not in room.get("/sheet/it").text


def test_reveal_needs_the_locks_of_those_who_take_part_and_no_more(alone):
    refused = alone.post("/reveal")
    assert refused.status_code == 409
    assert "Lock the customers’ ballots first" in refused.text
    reveal(alone)
    for group in ("", "it"):
        assert only(alone, group).status_code == 409
    assert alone.get("/groups").status_code == 409


def test_a_table_of_ballots_of_who_is_not_asked_is_refused(alone):
    found = alone.post("/import", text="group,ranking\nit,A-01 A-02 A-03\n")
    assert faults(found.text) == [("Line 2", "This round does not ask “it”. Leave the line out.")]


def test_the_result_of_customers_alone_is_a_list_in_every_form(alone):
    reveal(alone)
    page = alone.get("/result").text
    for said in ("The list", "How far they agree", "In their own words", "Begin with it:", "a proposal"):
        assert said in page
    for never in ("cannot be shown", "The map", "Where you agree", "expected it"):
        assert never not in page
    pdf = PdfReader(io.BytesIO(alone.get("/report.pdf").data))
    text = "".join("\n".join(one.extract_text() for one in pdf.pages).split())
    assert "Customersput“ITknowstoolittleofwhatmatterstous”first." in text
    document = json.loads(alone.get("/result.json").text)
    Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(document)
    assert list(document["lists"]) == ["customers_own"]
    assert document["comparison"] is None
    assert document["reasons"]["/comparison"] == "Customers alone were asked, so nothing is said of IT."
    book = read_workbook(alone.get("/data.xlsx").data)
    cards = {row["code"]: row for row in table(book["Cards"])}
    assert cards["A-01"]["customers_top_share"] == pytest.approx(1.0)
    assert cards["A-01"]["gap"] is None
    assert alone.get("/cards.csv").status_code == 200
    assert alone.get("/ballots.csv").text.count("\r\n") == 7


def test_the_slides_tell_the_list_and_no_other(alone):
    reveal(alone)
    slides = []
    for step in range(30):
        page = alone.get("/projector").text
        slides.append(page)
        if 'data-go="next" disabled' in page:
            break
        alone.post("/projector", seen=str(step), to=str(step + 1))
    assert "Customers were asked" in slides[0]
    assert "IT:" not in slides[0]
    assert any("Customers put “IT knows too little of what matters to us” first." in one for one in slides)
    assert not any("What IT thought" in one or "cannot be shown" in one for one in slides)


def test_it_alone_is_the_exercise_before_customers_are_asked(room):
    only(room, "it")
    vote(room, "it", reasons=[{"basis": "think"}])
    reveal(room, "it")
    page = room.get("/result").text
    assert "IT thinks that its customers put “IT knows too little of what matters to us” first." in page
    assert "Ask customers whether it is so: 100\xa0% of IT expected it." in page
    assert "6 of 6\xa0people in IT said “we think”, not “we know”, of their first card." in page
    assert "chose it</th>" not in page


def test_a_list_that_is_hidden_is_told_from_one_that_was_not_asked_for(app):
    hidden, left_out = open_room(app, picks="3"), open_room(app, picks="3")
    for room in (hidden, left_out):
        vote(room)
    hidden.reveal()
    only(left_out, "customers")
    reveal(left_out)
    assert "No ballots of people in IT were sent for this list." in hidden.get("/result").text
    assert "What customers chose is known; what IT thought cannot be shown." in hidden.get("/result").text
    assert "No ballots of people in IT" not in left_out.get("/result").text


def test_two_customers_alone_are_hidden_for_being_few(app):
    room = open_room(app, picks="3")
    only(room, "customers")
    vote(room, people=2)
    reveal(room)
    page = room.get("/result").text
    assert "There is no list that can be shown." in page
    assert "Fewer than 3\xa0people answered." in page


def test_the_next_round_asks_the_same_group_unless_another_is_chosen(alone):
    reveal(alone)
    form = alone.get("/next-round").text
    assert 'name="alone" value="customers" checked' in form
    assert alone.post("/next-round", round="1", people="same", alone="").status_code == 303
    assert 'id="door-it"' in alone.get("").text
    vote(alone, first=100, round=2)
    vote(alone, "it", first=200, round=2)
    alone.reveal()
    page = alone.get("/result").text
    assert "IT named" in page
    assert "Customers put" in alone.get("/result?round=1").text
    assert "Where you agree" not in alone.get("/result?round=1").text


def test_what_becomes_of_it_is_read_by_whoever_was_asked(alone):
    reveal(alone)
    alone.post("/agenda", code="A-01")
    alone.facilitator.put(f"{alone.desk}/agenda/1/A-01", json={"decision": "no", "reason": "x", "alternative": "y"})
    assert "The answer to your customers" in alone.get("/agenda/answer").text
    assert alone.post("/agenda/publish").status_code == 303
    page = alone.stranger().get(f"{alone.customers}/answer").text
    assert "You said, we did" in page
    assert "What you put at the top" in page
    assert "Your customers have an answer." in alone.stranger().get(alone.it).text


def test_what_it_alone_decided_is_no_answer_to_customers(room):
    only(room, "it")
    vote(room, "it")
    reveal(room, "it")
    room.post("/agenda", code="A-01")
    room.facilitator.put(f"{room.desk}/agenda/1/A-01", json={"decision": "no", "reason": "x", "alternative": "y"})
    assert "The answer to IT" in room.get("/agenda/answer").text
    room.post("/agenda/publish")
    page = room.stranger().get(f"{room.it}/answer").text
    assert "What IT decided" in page
    assert "What IT expects at its customers’ top" in page
    assert "You said" not in page


def test_an_archive_comes_back_with_who_took_part(app, alone):
    alone.post("/lock/customers")
    alone.post("/reveal")
    text = alone.get("/archive").text
    assert json.loads(text)["rounds"][0]["alone"] == "customers"
    client = client_of(app)
    answer = client.post("/restore", data={"file": (io.BytesIO(text.encode()), "a.cardsort.json")})
    assert answer.status_code == 303
    desk = answer.location.removesuffix("/keep")
    assert "Customers put “IT knows" in client.get(f"{desk}/result").text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"alone": "it"}, "not locked and revealed"),
        ({"alone": "nobody"}, "of a group that is unknown here"),
        ({"alone": 3}, "is not a text"),
    ],
)
def test_an_archive_with_another_group_than_was_asked_is_refused(app, alone, change, said):
    reveal(alone)
    found = json.loads(alone.get("/archive").text)
    found["rounds"][0] |= change
    text = io.BytesIO(json.dumps(found).encode())
    answer = client_of(app).post("/restore", data={"file": (text, "a.cardsort.json")})
    assert answer.status_code == 422
    assert said in answer.text


def test_an_archive_with_ballots_of_who_was_not_asked_is_refused(app, room):
    vote(room)
    vote(room, "it", first=50)
    room.reveal()
    found = json.loads(room.get("/archive").text)
    found["rounds"][0]["alone"] = "customers"
    text = io.BytesIO(json.dumps(found).encode())
    answer = client_of(app).post("/restore", data={"file": (text, "a.cardsort.json")})
    assert answer.status_code == 422
    assert "Round 1 has ballots of a group that was not asked in it." in answer.text


def test_nothing_of_one_group_alone_is_told_before_its_reveal(app, alone, monkeypatch):
    visitors = {"it": alone.stranger(), "customer": alone.stranger(), "facilitator": alone.facilitator}
    alone.round = 1
    for client in visitors.values():
        client.get(f"{alone.customers}/ballot")
    alone.post("/lock/customers")
    before = walk(app, alone, visitors, monkeypatch)
    assert turn_round(app, 1) == 6
    assert walk(app, alone, visitors, monkeypatch) == before
