"""Where ballots came from is told with every result, and only people who came by a link make one shown."""

import csv
import io
import json
import re
from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.files.workbooks import table
from tests.web.conftest import open_room
from tests.web.test_archives import archive_of, restored, result_of
from tests.web.test_downloads import sheets_of

TOP, OTHER, THIRD = ["A-01", "A-02", "A-03"], ["A-02", "S-05", "A-01"], ["C-01", "A-02", "A-03"]


def bring(room, lines):
    """The lines as an imported table."""
    text = "\n".join(["group,ranking,segment", *lines])
    answer = room.post("/import", text=text, store="all", count=str(len(lines)))
    assert answer.status_code == 303, answer.text


def type_in(room, link, codes, number, **more):
    """A ballot from paper."""
    form = {"id": f"{number:032x}", "codes": " ".join(codes), **more}
    answer = room.facilitator.post(f"{link}/paper", data=form)
    assert answer.status_code == 303, answer.text


def words_of(text):
    return " ".join(re.sub(r"<[^>]+>", " ", text).replace("\u00a0", " ").replace("&nbsp;", " ").split())


def text_of(pdf):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


@pytest.fixture
def stuffed(app):
    """Ten codes of which four are used, then ballots imported and typed, and IT by its link alone."""
    room = open_room(app, picks="3")
    assert room.post("/codes", count="10").status_code == 303
    codes = [line.split(",")[0] for line in room.get("/codes.csv").text.splitlines()[1:]]
    for number in range(4):
        room.cast(room.it, TOP, number)
        assert room.cast(room.customers, TOP, 100 + number, code=codes[number]).status_code == 201
    bring(room, ["customers,A-02 S-05 A-01,"] * 20)
    for number in range(5):
        type_in(room, room.customers, THIRD, 200 + number)
    return room


SAID = "29 people answered: 4 sent by link (4 with a one-time code), 20 imported and 5 typed at the desk"


def test_ballots_that_were_brought_in_are_told_wherever_the_result_is(stuffed):
    room = stuffed
    assert "4 sent by link (4 with a one-time code), 20 imported and 5 typed at the desk" in words_of(room.get("").text)
    for step in ("/lock/it", "/lock/customers"):
        room.post(step)
    assert "Customers: 4 sent by link (4 with a one-time code), 20 imported" in words_of(room.get("/reveal").text)
    room.post("/reveal")
    for path in ("/projector", "/result"):
        assert SAID in words_of(room.get(path).text), path
        assert "4 people answered: all sent by link" in words_of(room.get(path).text), path
    assert SAID in text_of(room.get("/report.pdf").data)
    found = json.loads(room.get("/result.json").text)
    assert found["sources"] == {
        "it": {"sent": 4, "with_code": 0, "typed": 0, "imported": 0, "discarded": 0, "withdrawn": 0, "unknown": 0},
        "customers": {
            "sent": 4,
            "with_code": 4,
            "typed": 5,
            "imported": 20,
            "discarded": 0,
            "withdrawn": 0,
            "unknown": 0,
        },
    }
    measures = {row["measure"]: row["value"] for row in table(sheets_of(room)["Comparison"])}
    assert [measures[f"customers_{name}"] for name in ("sent", "with_code", "typed", "imported")] == [4, 4, 5, 20]
    assert (measures["it_sent"], measures["restored"]) == (4, None)
    rows = list(csv.DictReader(io.StringIO(room.get("/ballots.csv").text)))
    came = [row["source"] for row in rows if row["group"] == "customers"]
    assert {source: came.count(source) for source in came} == {"sent": 4, "imported": 20, "typed": 5}
    assert {row["source"] for row in table(sheets_of(room)["Ballots"])} == {"sent", "imported", "typed"}


def test_a_restored_workshop_says_so_and_tells_its_sources_as_before(stuffed):
    stuffed.reveal()
    again = restored(stuffed.app, stuffed)
    assert result_of(again) == result_of(stuffed)
    today = datetime.now(UTC).date()
    assert json.loads(again.get("/result.json").text)["restored"] == today.isoformat()
    assert json.loads(stuffed.get("/result.json").text)["restored"] is False
    said = f"Restored from an archive of {today.day} {today:%B %Y}"
    for path in ("", "/result"):
        assert said in words_of(again.get(path).text), path
        assert "Restored" not in words_of(stuffed.get(path).text), path
    assert said in text_of(again.get("/report.pdf").data)
    twice = restored(stuffed.app, again)
    assert result_of(twice) == result_of(stuffed)
    assert archive_of(twice)["sources"] == archive_of(stuffed)["sources"]


def test_a_single_ballot_from_paper_is_counted_and_cannot_be_found(app):
    room = open_room(app, picks="3")
    for number in range(4):
        room.cast(room.it, TOP, number)
        room.cast(room.customers, TOP, 100 + number)
    type_in(room, room.customers, THIRD, 200)
    room.reveal()
    found = archive_of(room)
    assert {one["source"] for one in found["ballots"] if one["group"] == "customers"} == {None}
    assert {one["source"] for one in found["ballots"] if one["group"] == "it"} == {"sent"}
    rows = list(csv.DictReader(io.StringIO(room.get("/ballots.csv").text)))
    assert {row["source"] for row in rows if row["group"] == "customers"} == {""}
    again = restored(app, room)
    assert json.loads(again.get("/result.json").text)["sources"]["customers"]["typed"] == 1
    assert result_of(again) == result_of(room)


def test_two_imported_ballots_do_not_unmask_the_one_that_was_sent(app):
    room = open_room(app, picks="3", **{"segment-1": "Shops", "segment-2": "Bank", "segment-3": "Farms"})
    for number in range(4):
        room.cast(room.it, TOP, number)
    for segment, size in ((1, 6), (2, 5), (3, 1)):
        for number in range(size):
            said = {"reasons": [{"words": "Nine days."}]} if segment == 3 else {}
            room.cast(room.customers, OTHER, 100 * segment + number, segment=segment, **said)
    bring(room, ["customers,C-01 A-02 A-03,Farms"] * 2)
    assert "too few by a link to be shown" in room.get("").text
    room.reveal()
    rows = list(csv.DictReader(io.StringIO(room.get("/ballots.csv").text)))
    assert {row["segment"] for row in rows} == {"", "Shops"}  # the one of Farms hides Bank too
    assert [link["segment"] for link in json.loads(room.get("/result.json").text)["chain"]] == ["Shops"]
    assert {one["segment"] for one in archive_of(room)["ballots"]} == {None, 1}


def test_a_group_of_known_ballots_is_hidden_and_that_is_said_before_and_after(app):
    room = open_room(app, picks="3")
    for number in range(3):
        room.cast(room.it, TOP, number)
    assert "so far: 0 people of the customers." in words_of(room.get("/import").text)
    assert "so far: 0 people of the customers." in words_of(room.facilitator.get(f"{room.customers}/paper").text)
    room.cast(room.customers, TOP, 100)
    bring(room, ["customers,A-02 S-05 A-01,"] * 2)
    before = words_of(room.get("").text)
    assert "1 person by a link so far: this group is shown from 3 of them on." in before
    for step in ("/lock/it", "/lock/customers"):
        room.post(step)
    asked = words_of(room.get("/reveal").text)
    assert "The customers’ list will stay hidden. 1 person has answered by a link" in asked
    room.post("/reveal")
    shown = words_of(room.get("/result").text)
    assert "Fewer than 3 people answered by a link" in shown
    assert "ballots that were typed in or imported do not count towards that" in shown
    assert "S-05" not in room.get("/ballots.csv").text
    assert [one["group"] for one in archive_of(room)["ballots"]] == ["it"] * 3


@pytest.mark.parametrize("silent", [1, 2])
def test_one_or_two_who_said_nothing_of_the_time_hide_what_the_others_said(app, silent):
    room = open_room(app, picks="3")
    for number in range(4):
        room.cast(room.it, TOP, number)
        room.cast(room.customers, TOP, 100 + number, moment="calm")
    for number in range(silent):
        room.cast(room.customers, OTHER, 200 + number)
    room.reveal()
    assert "a calm time" not in room.get("/result").text
    assert {one["moment"] for one in archive_of(room)["ballots"]} == {None}


def test_an_imported_table_that_was_not_asked_hides_nothing_that_the_others_said_of_the_time(app):
    room = open_room(app, picks="3")
    for number in range(4):
        room.cast(room.it, TOP, number)
        room.cast(room.customers, TOP, 100 + number, moment="calm")
    bring(room, ["customers,A-02 S-05 A-01,"] * 2)
    room.reveal()
    assert "a calm time\u00a0(4)" in room.get("/result").text


def test_the_same_remark_on_three_cards_does_not_tell_its_writers_first_three(app):
    room = open_room(app, picks="3")
    for number in range(4):
        room.cast(room.it, TOP, number)
        room.cast(room.customers, TOP, 100 + number, reasons=[{"words": f"Slow {number}{card}"} for card in "abc"])
    mine = [{"words": "My cat could do it!"}, {"words": "my cat could do it"}, {"words": " My  cat could do it ."}]
    room.cast(room.customers, ["A-02", "A-03", "A-01"], 200, reasons=mine)
    room.reveal()
    told = [(one["card"], one["words"]) for one in archive_of(room)["words"] if "cat" in one["words"]]
    assert told == [("A-02", "My cat could do it!")]
    assert room.get("/result").text.count("cat could do it") == 1
    assert len(archive_of(room)["words"]) == 13
    again = restored(app, room)
    assert archive_of(again)["words"] == archive_of(room)["words"]


def test_remarks_are_told_of_cards_about_which_enough_people_by_a_link_wrote(app):
    room = open_room(app, picks="3")
    for number in range(4):
        room.cast(room.it, TOP, number)
        said = {"reasons": [{"words": f"Slow {number}."}]} if number < 2 else {}
        room.cast(room.customers, TOP, 100 + number, **said)
    type_in(room, room.customers, TOP, 200, **{"words-1": "From paper."})
    room.reveal()
    assert archive_of(room)["words"] == []
    assert not {"Slow", "From paper."} & set(re.findall(r"Slow|From paper\.", room.get("/result").text))


def test_an_archive_of_the_first_form_is_restored_with_its_sources_unknown(app):
    from tests.web.test_archives import fill, restore

    document = archive_of(fill(app))
    for part in ("made_on", "sources"):
        del document[part]
    for one in document["ballots"]:
        del one["source"]
    client, answer = restore(app, document | {"version": 1})
    assert answer.status_code == 303, answer.text
    found = client.get(answer.location.rsplit("/", 1)[0] + "/result.json").json
    assert found["restored"] is True
    assert found["sources"]["customers"] == {"unknown": 8} | dict.fromkeys(
        ("sent", "with_code", "typed", "imported", "discarded", "withdrawn"), 0
    )
    assert found["lists"]["customers_own"]["n"] == 8


def test_a_voter_reads_after_the_reveal_how_many_count_and_that_their_own_is_among_them(stuffed):
    mine, link = stuffed.stranger(), stuffed.it
    body = {"id": f"{900:032x}", "kind": "prediction", "ranking": TOP}
    receipt = mine.post(f"{link}/ballots", json=body).json["receipt"]
    assert "count:" not in words_of(mine.get(link).text)
    stuffed.reveal()
    said = words_of(mine.get(link).text)
    assert f"5 ballots of IT count: all sent by link. Yours is among them: receipt {receipt} ." in said
    other = words_of(stuffed.stranger().get(stuffed.customers).text)
    assert (
        "29 ballots of the customers count: 4 sent by link (4 with a one-time code), 20 imported and 5 typed" in other
    )
    assert "None came from this browser before the lock, so none of these is from here." in other
    assert stuffed.post("/next-round", round="1", people="same").status_code == 303
    stuffed.cast(link, TOP, 901)
    for number in range(3):
        stuffed.cast(link, TOP, 910 + number)
    stuffed.reveal()
    assert "You sent one in round 1, where it counts; in this round none came from this browser" in words_of(
        mine.get(link).text
    )


def test_a_voter_of_a_hidden_group_reads_no_count(app):
    room = open_room(app, picks="3")
    room.cast(room.it, TOP, 1)
    bring(room, ["it,A-02 S-05 A-01,"] * 7)
    room.reveal()
    said = words_of(room.stranger().get(room.it).text)
    assert "Fewer than 3 people of IT answered by a link, so nothing of their list is shown." in said
    assert "8 ballots" not in said


def test_its_own_order_is_not_said_to_be_among_those_of_the_customers(app):
    room = open_room(app, picks="3", second_it="yes")
    mine = room.stranger()
    for kind in ("prediction", "own"):
        body = {"id": f"{len(kind):032x}", "kind": kind, "ranking": TOP}
        assert mine.post(f"{room.it}/ballots?kind={kind}", json=body).status_code == 201
    room.reveal()
    assert "Yours is among them" in words_of(mine.get(room.it).text)
    assert "None came from this browser before the lock" in words_of(mine.get(room.customers).text)


def test_codes_used_in_the_round_before_are_not_told_of_the_next(stuffed):
    stuffed.reveal()
    assert stuffed.post("/next-round", round="1", people="same").status_code == 303
    assert stuffed.post("/codes", count="3").status_code == 303
    codes = [line.split(",")[0] for line in stuffed.get("/codes.csv").text.splitlines()[1:]]
    for number, code in enumerate(codes):
        sent = stuffed.cast(stuffed.customers, TOP, 300 + number, code=code, round=2)
        assert sent.status_code == 201
    stuffed.reveal()
    found = json.loads(stuffed.get("/result.json").text)["sources"]["customers"]
    assert (found["sent"], found["with_code"]) == (3, 3)


@pytest.mark.parametrize(("page", "order"), [("paper", "codes Send cards Send"), ("form", "codes cards Send")])
def test_a_typed_ballot_is_sent_from_right_below_its_codes_too_and_a_voter_s_own_from_below_all_cards(app, page, order):
    room = open_room(app)
    form = room.facilitator.get(f"{room.customers}/{page}").text.split('<form class="plain')[1].split("</form>")[0]
    assert " ".join(re.findall(r'(?<=id=")codes(?=")|(?<="plain-)cards(?=")|(?<=>)Send(?=</button>)', form)) == order
