"""One-time codes on the pages: made and handed out at the desk, checked on the welcome page, never in a log or file."""

import csv
import io
import logging
import re
from html import unescape

import pytest
from limits import parse_many
from pypdf import PdfReader

from cardsort.usecases.codes import MISSING, TOO_LATE, UNKNOWN, USED
from cardsort.web.kit import limits
from tests.web.conftest import open_room

TOP = ["A-01", "A-02", "A-03"]


def make(room, count=3):
    answer = room.post("/codes", count=count)
    assert (answer.status_code, answer.location) == (303, f"{room.desk}/codes")
    return [row["code"] for row in table(room)]


def table(room):
    return list(csv.DictReader(io.StringIO(room.get("/codes.csv").text)))


def test_the_desk_leads_to_the_codes_and_says_what_they_cost(room):
    assert f'href="{room.desk}/codes"' in room.get("").text
    page = room.get("/codes").text
    for words in ("nobody can send two ballots", "The cost:", "Whoever runs the server could find out more"):
        assert words in page
    assert "In use" not in page


def files_and_pages(room):
    """All that the facilitator sees and takes along before the reveal, without the counts of all customers."""
    slips = [page.extract_text() for page in PdfReader(io.BytesIO(room.get("/codes.pdf").data)).pages]
    paths = ("/codes", "/codes.csv", "/codes.csv?batch=1", "/codes.csv?batch=2", "/edit", "/sheet/customers", "/reveal")
    desk = [room.get(path).text for path in ("", "/status", "/show", "/show/customers")]
    counted = r'data-count="customers">\d+|"join-count"><strong class="num">\d+|\d+ with a one-time code'
    return slips, [room.get(path).text for path in paths], [re.sub(counted, "", page) for page in desk]


def test_no_page_and_no_file_says_which_codes_are_used_nor_of_which_kind_the_newest_ballot_is(app):
    room = open_room(app, **{"segment-1": "Branches", "segment-2": "Citizens"})
    made = [*make(room, 5), *make(room, 2)[5:]]
    for number in range(3):  # as many as may be shown
        assert room.cast(room.customers, TOP, number, segment=1, code=made[number]).status_code == 201
    before = files_and_pages(room)
    assert room.cast(room.customers, TOP, 3, segment=1, code=made[3]).status_code == 201
    assert room.cast(room.customers, TOP, 4, segment=2, code=made[5]).status_code == 201
    assert files_and_pages(room) == before
    assert 'data-count="customers">5<' in room.get("/status").text
    assert [row["code"] for row in table(room)] == made
    assert {row["link"] for row in table(room)} == {f"http://cards.test{room.customers}#{code}" for code in made}


def test_the_kinds_are_counted_once_the_customers_are_locked(app):
    room = open_room(app, **{"segment-1": "Branches", "segment-2": "Citizens"})
    code, *_ = make(room)
    assert room.cast(room.customers, TOP, 1, segment=1, code=code).status_code == 201
    assert "data-kind" not in room.get("/status").text
    assert "How many of each kind is shown once the customers are locked" in room.get("/status").text
    room.post("/lock/customers")
    assert 'data-kind="1">1<' in room.get("/status").text
    room.post("/reopen/customers")
    assert "data-kind" not in room.get("/status").text


def test_those_made_later_can_be_printed_alone(room):
    first = make(room, 3)
    assert "batch" not in room.get("/codes").text
    all_codes = make(room, 1)
    assert all_codes[:3] == first
    text = PdfReader(io.BytesIO(room.get("/codes.pdf?batch=2").data)).pages[0].extract_text()
    assert re.findall(r"[A-Z2-9]{4}-[A-Z2-9]{4}", text) == all_codes[3:]
    assert room.get("/codes.csv?batch=2").text.count(room.customers) == 1
    page = room.get("/codes").text
    assert ("The first 3 alone" in page, "Then 1 alone" in page) == (True, True)
    assert f'href="{room.desk}/codes.csv?batch=2"' in page


@pytest.mark.parametrize("batch", ["0", "2", "-1", "2147483648", "9" * 20])
def test_of_a_batch_that_was_never_made_there_is_no_file(room, batch):
    make(room, 3)
    assert [room.get(f"/codes.{kind}?batch={batch}").status_code for kind in ("csv", "pdf")] == [404, 404]


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_each_slip_has_its_code_and_the_address(room, paper):
    made = make(room, 11)
    answer = room.get(f"/codes.pdf?paper={paper}")
    assert answer.mimetype == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.data)).pages
    text = "".join(page.extract_text() for page in pages)
    assert len(pages) == 2
    assert re.findall(r"[A-Z2-9]{4}-[A-Z2-9]{4}", text) == made
    assert text.count("http://cards.test") == text.count("Autumn") == 11
    assert text.count("This code counts once.") == 11


@pytest.mark.parametrize("count", ["", "0", "5001", "-3", "many"])
def test_a_number_that_cannot_be_made_is_said(room, count):
    answer = room.post("/codes", count=count)
    assert answer.status_code == 422
    assert "No codes were made." in answer.text
    assert table(room) == []


def test_after_a_ballot_without_a_code_the_page_says_why_there_are_none(room):
    room.cast(room.customers, TOP, 1)
    assert "without a code already" in room.get("/codes").text
    answer = room.post("/codes", count=3)
    assert (answer.status_code, TOO_LATE in answer.text) == (409, True)


def test_all_can_be_taken_back_before_the_first_customer(room):
    make(room)
    assert "Take all codes back" in room.get("/codes").text
    assert room.post("/codes/without").status_code == 303
    assert table(room) == []
    assert 'name="code"' not in room.stranger().get(room.customers).text


def test_only_customers_of_a_round_with_codes_are_asked(room):
    assert 'name="code"' not in room.stranger().get(room.customers).text
    (code,) = make(room, 1)
    assert 'name="code"' in room.stranger().get(room.customers).text
    assert 'name="code"' not in room.stranger().get(room.it).text
    phone = room.stranger()
    phone.get(f"{room.customers}/ballot")
    body = {"id": "a" * 32, "kind": "own", "ranking": TOP, "code": code}
    assert phone.post(f"{room.customers}/ballots", json=body).status_code == 201
    assert 'name="code"' not in phone.get(room.customers).text


def test_only_customers_read_what_becomes_of_their_code(room):
    make(room)
    assert "The code from your slip" in room.stranger().get(f"{room.customers}/anonymous").text
    assert "The code from your slip" not in room.stranger().get(f"{room.it}/anonymous").text


@pytest.mark.parametrize(
    ("typed", "sentence"), [(None, MISSING), ("", MISSING), ("K7Q2-M9XT", UNKNOWN), ("x" * 40, UNKNOWN)]
)
def test_a_ballot_without_a_good_code_is_refused_with_a_sentence(room, typed, sentence):
    make(room)
    answer = room.cast(room.customers, TOP, 1, code=typed)
    assert (answer.status_code, answer.json) == (422, {"message": sentence, "asks": "code"})
    assert 'data-count="customers">0<' in room.get("/status").text


@pytest.mark.parametrize("typed", [1, True, ["K7Q2-M9XT"], "x" * 41])
def test_an_odd_code_is_a_sentence_and_stores_nothing(room, typed):
    make(room)
    answer = room.cast(room.customers, TOP, 1, code=typed)
    assert answer.status_code == 422
    assert "“code” is not a text of at most 40 characters" in answer.json["message"]


def test_a_code_is_checked_before_the_work_and_stays_good(room):
    (code,) = make(room, 1)
    path, asks = f"{room.customers}/code", {"Accept": "application/json"}
    assert room.stranger().post(path, data={"code": code}, headers=asks).json == {"usable": True}
    assert room.cast(room.customers, TOP, 1, code=code).status_code == 201
    assert room.stranger().post(path, data={"code": code}, headers=asks).json == {"usable": True}  # tells nobody
    used = room.cast(room.customers, TOP, 2, code=code)
    assert (used.status_code, used.json["message"]) == (422, USED)


def test_without_script_a_code_that_is_no_longer_asked_for_is_answered_with_a_sentence(room):
    code, *_ = make(room)
    room.post("/codes/without")
    for step in ("", "/lock/customers", "/lock/it", "/reveal"):
        if step:
            room.post(step)
        answer = room.stranger().post(f"{room.customers}/code", data={"code": code})
        assert (answer.status_code, UNKNOWN in unescape(answer.text)) == (422, True)


def test_without_script_the_code_goes_from_the_welcome_page_into_the_form_and_is_sent(room):
    (code,) = make(room, 1)
    phone = room.stranger()
    wrong = phone.post(f"{room.customers}/code", data={"code": "K7Q2-M9XT"})
    assert (wrong.status_code, 'value="K7Q2-M9XT"' in wrong.text, UNKNOWN in wrong.text.replace("&#39;", "'")) == (
        422,
        True,
        True,
    )
    form = phone.post(f"{room.customers}/code", data={"code": code}).text
    assert f'name="code" value="{code}"' in form
    filled = {"id": "b" * 32, "codes": "a1 a2 a3", "round": "1"}
    refused = phone.post(f"{room.customers}/form", data=filled)
    assert (refused.status_code, MISSING in refused.text, "a1 a2 a3" in refused.text) == (422, True, True)
    assert phone.post(f"{room.customers}/form", data={**filled, "code": code}).status_code == 303
    assert "You have sent your order." in phone.get(room.customers).text


def test_ballots_from_paper_and_from_a_table_need_none(room):
    make(room)
    typed = room.facilitator.post(f"{room.customers}/paper", data={"id": "c" * 32, "codes": "a1 a2 a3", "round": "1"})
    assert typed.status_code == 303
    assert 'name="code"' not in room.facilitator.get(f"{room.customers}/paper").text


def test_the_start_page_takes_the_code_to_the_page_that_checks_it(room):
    (code,) = make(room, 1)
    answer = room.stranger().post("/join", data={"code": code.lower()})
    assert (answer.status_code, answer.location) == (303, f"{room.customers}#{code.replace('-', '')}")


def test_guessing_is_slowed_down_and_a_missing_code_is_no_guess(room):
    make(room)
    guesser = room.stranger()
    guesser.get(f"{room.customers}/ballot")  # from here on it has a key
    for number in range(70):
        assert room.cast(room.customers, TOP, number).status_code == 422
    tries = [guesser.post(f"{room.customers}/code", data={"code": "K7Q2-M9XT"}).status_code for _ in range(31)]
    assert tries == [422] * 30 + [429]
    body = {"id": "9" * 32, "kind": "own", "ranking": TOP, "code": "K7Q2-M9XT"}
    assert guesser.post(f"{room.customers}/ballots", json=body).status_code == 429


def test_nobody_s_right_code_is_refused_because_of_a_neighbour(room, monkeypatch):
    code, *_ = make(room)
    neighbours = [room.stranger() for _ in range(5)]  # behind the same address, each with a key
    for neighbour in neighbours:
        neighbour.get(f"{room.customers}/ballot")
        wrong = [neighbour.post(f"{room.customers}/code", data={"code": "K7Q2-M9XT"}).status_code for _ in range(32)]
        assert wrong == [422] * 30 + [429] * 2
    assert room.cast(room.customers, TOP, 1, code=code).status_code == 201
    monkeypatch.setattr(limits, "WRONG_CODES", parse_many("5/minute"))  # an address has a limit, too
    wrong = [room.cast(room.customers, TOP, number, code="K7Q2-M9XT").status_code for number in range(2, 8)]
    assert wrong == [422] * 5 + [429]
    guesser = room.stranger()
    guesser.get(f"{room.customers}/ballot")  # a key that has not guessed yet does not help
    assert guesser.post(f"{room.customers}/code", data={"code": "K7Q2-M9XT"}).status_code == 429
    assert room.cast(room.it, TOP, 3).status_code == 201  # without a code nobody waits for somebody else's guesses


def test_no_log_and_no_file_has_a_code(room, caplog):
    caplog.set_level(logging.DEBUG)
    made = make(room, 4)
    for number, code in enumerate(made):
        room.stranger().post(f"{room.customers}/code", data={"code": code})
        assert room.cast(room.customers, TOP, number, code=code).status_code == 201
        room.cast(room.it, TOP, 100 + number)
    room.cast(room.customers, TOP, 50, code=made[0])
    room.reveal()
    files = [
        room.get(path).text for path in ("/archive", "/ballots.csv", "/ballots.json", "/result.json", "/cards.csv")
    ]
    for code in made:
        for text in (caplog.text, *files):
            assert code not in text
            assert code.replace("-", "") not in text
    assert "one_time_code" not in files[0]


def test_with_several_kinds_of_customers_the_page_says_where_the_slips_lead(app, room):
    where = "They lead to the link for all customers, which asks each person what kind of customer they are."
    kinds = open_room(app, **{"segment-1": "Branches", "segment-2": "Citizens"})
    make(kinds)
    make(room)
    assert where in kinds.get("/codes").text
    assert where not in room.get("/codes").text
