"""Again: the page that starts the next round, which round a page is about, and ballots that arrive in the wrong one."""

import csv
import io
import json
import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from cardsort.usecases.workshops import find_workshop
from tests.web.conftest import open_room

FIRST, SECOND = ["A-01", "A-02", "A-03"], ["S-01", "S-02", "A-03"]


def vote(room, ranking, *, of_round, start, moment=None):
    for number in range(start, start + 5):
        for link in (room.it, room.customers):
            body = {"round": of_round, "moment": moment}
            assert room.cast(link, ranking, number + (500 if link == room.it else 0), **body).status_code == 201


@pytest.fixture
def room(app):
    """Round 1 is revealed: five people of each group, all of one mind."""
    made = open_room(app, picks="3", expected_it="6")
    vote(made, FIRST, of_round=1, start=1, moment="calm")
    made.reveal()
    return made


@pytest.fixture
def second(room):
    """Round 2 is being voted on."""
    assert room.post("/next-round", round="1", people="same", expected_it="9").status_code == 303
    return room


def text_of(pdf):
    return flat(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))


def words_of(page):
    return flat(re.sub(r"<[^>]+>", " ", page))


def flat(text):
    return " ".join(text.split()).replace("\xa0", " ")


def test_the_desk_offers_the_next_round_and_its_page_says_what_it_means(room):
    assert "Start round 2 …" in room.get("").text
    page = room.get("/next-round").text
    assert "The same 52 cards, the same questions and 3 cards to choose" in page
    assert "The result of round 1 stays as it is and stays readable" in page
    assert re.search(r'name="expected_it"[^>]* value="6"', page)


def test_before_the_reveal_there_is_no_next_round(app):
    room = open_room(app)
    assert "Start round 2" not in room.get("").text
    for answer in (room.get("/next-round"), room.post("/next-round", round="1", people="same")):
        assert answer.status_code == 409
        assert "Round 1 is not revealed yet" in answer.text


def test_pressed_twice_it_starts_once(second):
    assert second.post("/next-round", round="1", people="new").status_code == 303
    desk = second.get("").text
    assert "round 2</strong>" in desk
    assert second.customers in desk


@pytest.mark.parametrize("typed", ["0", "many", "-3"])
def test_a_number_that_cannot_be_is_refused_and_the_form_is_kept(room, typed):
    answer = room.post("/next-round", round="1", people="new", expected_customers=typed)
    assert answer.status_code == 422
    assert "Round 2 has not been started." in answer.text
    assert f'value="{typed}"' in answer.text
    assert re.search(r'value="new" checked', answer.text)
    assert "round 2</strong>" not in room.get("").text


def test_the_desk_shows_the_new_rounds_counts_and_lists_the_earlier_result(second):
    second.cast(second.it, SECOND, 900, round=2)
    desk = second.get("").text
    assert '<strong data-count="it">1</strong> <span class="muted">of 9 expected' in desk
    assert '<strong data-count="customers">0</strong>' in desk
    assert re.search(r"Round 1</strong> <span class=\"muted\">revealed \d+ \w+ \d{4}<", desk)
    assert 'aria-current="step" class="">Collecting' in desk


def test_new_people_get_new_links_and_the_old_ones_open_nothing(room):
    room.post("/next-round", round="1", people="new")
    desk = room.get("").text
    assert len(set(re.findall(r'id="door-\w+".*?href="http://cards.test(/v/[^"]+)"', desk, re.DOTALL))) == 2
    for link in (room.it, room.customers):
        assert link not in desk
        assert room.stranger().get(link).status_code == 404
        refused = room.cast(link, SECOND, 77)
        assert refused.status_code == 404
        assert "does not open a workshop" in refused.json["message"]


def test_a_round_is_read_when_it_is_revealed_and_the_last_revealed_where_none_is_named(second):
    vote(second, SECOND, of_round=2, start=100)
    for path in ("/result", "/report.pdf", "/ballots.csv", "/result.json"):
        named, plain = (
            re.sub(rb'name="back" value="[^"]*"', b"", second.get(one).data) for one in (f"{path}?round=1", path)
        )
        assert named == plain, path
        assert second.get(f"{path}?round=2").status_code == 409, path
        for none in ("0", "x"):
            assert second.get(f"{path}?round={none}").status_code == 404, (path, none)
        assert "S-01" not in second.get("/ballots.csv").text
    assert second.post("/report.pdf", round="2").status_code == 409
    second.reveal()
    assert json.loads(second.get("/result.json").text)["round"] == 2
    assert json.loads(second.get("/result.json?round=1").text)["round"] == 1
    rows = list(csv.DictReader(io.StringIO(second.get("/ballots.csv?round=1").text)))
    assert {(row["round"], row["ranking"]) for row in rows} == {("1", " ".join(FIRST))}
    assert "Round 1" in text_of(second.post("/report.pdf", round="1", parts="first").data)
    assert '<input type="hidden" name="round" value="1">' in second.get("/print?round=1").text


def test_that_everybody_in_it_takes_part_said_in_round_two_holds_for_round_one_at_once(second):
    def interval():
        return second.get("/result.json").json["lists"]["it_prediction"]["cards"]["A-01"]["mean_rank_interval"]

    assert len(interval()) == 2
    assert second.post("/edit", name="Autumn", census="yes").status_code == 303
    assert interval() is None
    assert second.post("/edit", name="Autumn").status_code == 303
    assert len(interval()) == 2


def test_the_result_of_the_present_round_alone_offers_its_agenda_and_an_archive(second):
    def offers(number):
        page = second.get(f"/result?round={number}").text
        return [words in page for words in ("Put on the agenda", "Agree what will be done", "The whole workshop")]

    assert offers(1) == [False] * 3
    vote(second, SECOND, of_round=2, start=100)
    second.reveal()
    assert [offers(number) for number in (1, 2)] == [[False] * 3, [True] * 3]


def test_the_welcome_page_says_that_it_is_round_two(second):
    first = open_room(second.app)
    assert "This is round" not in first.stranger().get(first.it).text
    page = second.stranger().get(second.customers).text
    assert "This is round 2: the same question once more, to see what has changed." in page
    assert page.index("This is round 2") < page.index("One card at a time")


def test_a_person_of_round_one_gets_an_empty_ballot(app):
    room = open_room(app, picks="3")
    person = room.stranger()
    sent = {"id": "a" * 32, "kind": "own", "ranking": FIRST, "round": 1}
    assert person.post(f"{room.customers}/ballots", json=sent).status_code == 201
    person.put(f"{room.customers}/draft", json={"draft": {"step": "rank"}, "round": 1})
    room.reveal()
    room.post("/next-round", round="1", people="same")
    state = person.get(f"{room.customers}/state").json
    assert {**state, "deck": ""} == {
        "round": 2,
        "open": True,
        "sent": None,
        "removed": [],
        "revealed": False,
        "answered": False,
        "shown": False,
        "deck": "",
    }
    page = person.get(f"{room.customers}/ballot").text
    data = json.loads(page.split('id="ballot-data">')[1].split("</script>")[0])
    assert (data["round"], data["draft"], data["sent"]) == (2, None, None)
    worker = person.get(f"{room.customers}/worker.js").text
    assert re.search(r'CACHE = FAMILY \+ "\S+ 2 \w+ \w+ en"', worker)


def test_what_an_open_page_of_round_one_sends_is_refused_with_a_sentence_and_stored_nowhere(second):
    tablet = second.stranger()
    for body in ({"round": 1}, {}):  # a page from before there were rounds does not say it
        answer = tablet.post(
            f"{second.it}/ballots", json={"id": "e" * 32, "kind": "prediction", "ranking": SECOND, **body}
        )
        assert answer.status_code == 410
        assert "This order was for round 1, and it is round 2 now, so it was not counted." in answer.json["message"]
    late = tablet.put(f"{second.it}/draft", json={"draft": {"step": "rank"}, "round": 1})
    assert (late.status_code, tablet.get(f"{second.it}/state").json["sent"]) == (410, None)
    assert '"draft": null' in tablet.get(f"{second.it}/ballot").text.replace('"draft":null', '"draft": null')
    assert '<strong data-count="it">0</strong>' in second.get("/status").text


def test_a_ballot_of_round_one_sent_again_gets_its_receipt_and_is_not_counted_again(second):
    again = second.cast(second.it, FIRST, 501, round=1, moment="calm")
    assert again.status_code == 200
    assert again.json["receipt"]
    wrong = second.cast(second.it, FIRST, 501, round=2, moment="calm")
    assert wrong.status_code == 422
    assert "sent for another round" in wrong.json["message"]
    assert '<strong data-count="it">0</strong>' in second.get("/status").text


def test_the_plain_form_of_round_one_says_that_a_new_round_has_begun_and_keeps_what_was_typed(second):
    person, filled = second.stranger(), {"id": "d" * 32, "codes": "S-01 S-02 S-03", "round": "1"}
    for client, path in ((person, f"{second.it}/form"), (second.facilitator, f"{second.it}/paper")):
        answer = client.post(path, data=filled)
        assert answer.status_code == 410
        assert "A new round has begun since this form was opened." in answer.text
        assert "S-01 S-02 S-03" in answer.text
        assert '<input type="hidden" name="round" value="2">' in answer.text
    assert '<strong data-count="it">0</strong>' in second.get("/status").text
    assert person.post(f"{second.it}/form", data={**filled, "round": "2"}).status_code == 303
    assert '<strong data-count="it">1</strong>' in second.get("/status").text


APPEAL = {
    "asked_by": "Maria",
    "last_round": "You said: late. Now: early.",
    "hear_by": "By the end of May",
    "honest": "We",
}


def filled(page):
    """The invitation's texts as the form shows them."""
    lines = re.findall(r'name="(asked_by|hear_by)"[^>]*value="([^"]*)"', page)
    return dict(lines) | dict(re.findall(r'name="(last_round|honest|honest_it)"[^>]*>([^<]*)</textarea>', page))


def test_the_next_round_asks_whether_the_invitation_still_holds_and_stores_what_is_said(app):
    room = open_room(app, picks="3", **APPEAL)
    vote(room, FIRST, of_round=1, start=1)
    room.reveal()
    page = room.get("/next-round").text
    assert "Does the invitation still hold?" in page
    assert filled(page) == {**APPEAL, "honest_it": ""}
    answer = room.post(
        "/next-round", round="1", people="same", **{**APPEAL, "hear_by": "By November", "last_round": ""}
    )
    assert answer.status_code == 303
    welcome = room.stranger().get(room.customers).text
    assert "By November" in welcome
    assert "You said: late" not in welcome
    assert filled(room.get("/edit").text) == {**APPEAL, "hear_by": "By November", "last_round": "", "honest_it": ""}


def test_a_page_from_before_that_asks_nothing_leaves_the_invitation_as_it_was(app):
    room = open_room(app, picks="3", **APPEAL)
    vote(room, FIRST, of_round=1, start=1)
    room.reveal()
    assert room.post("/next-round", round="1", people="same").status_code == 303
    assert filled(room.get("/edit").text) == {**APPEAL, "honest_it": ""}


def test_an_invitation_that_is_too_long_starts_no_round(room):
    answer = room.post("/next-round", round="1", people="same", hear_by="x" * 121)
    assert answer.status_code == 422
    assert "The line on when people will hear has 121 characters. Shorten it to 120." in answer.text
    assert "Start round 2 …" in room.get("").text


def test_the_kinds_that_are_told_together_stay_so_over_the_question_about_the_invitation(app):
    room = open_room(
        app, picks="3", **APPEAL, **{"segment-1": "Branches", "segment-2": "Citizens", "segment-3": "Town"}
    )
    for number in range(6):
        room.cast(room.it, FIRST, 100 + number)
        room.cast(room.customers, FIRST, number, segment=1 + number % 3)
    assert room.post("/kinds/together", one="1", **{"with": "2"}).status_code == 303
    room.reveal()
    assert room.post("/next-round", round="1", people="same", **APPEAL).status_code == 303
    with app.app_context():
        kept = find_workshop(room.desk.rsplit("/", 1)[1]).settings.segments
    assert [segment.counts_with for segment in kept] == [2, None, None]
