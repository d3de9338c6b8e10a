"""After the reveal: page, PDF and files say the same, of k people or more, and what is downloaded is inert."""

import csv
import io
import json
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.web.conftest import open_room

TOP = ["A-01", "A-02", "A-03"]


def vote(room, it, customers):
    for number, ranking in enumerate(it):
        assert room.cast(room.it, ranking, number, reasons=[{"basis": "think"}]).status_code == 201
    for number, ranking in enumerate(customers):
        assert room.cast(room.customers, ranking, 100 + number, reasons=[{"words": "=1+1"}]).status_code == 201


def test_page_json_and_pdf_tell_the_same_hits(app):
    room = open_room(app, picks="3")
    vote(room, [TOP] * 3, [["A-02", "S-05", "A-01"]] * 4)
    room.reveal()
    result = json.loads(room.get("/result.json").text)
    assert (result["comparison"]["hits"], result["depth"], result["top"]) == (2, 3, 3)
    page = room.get("/result").text.replace("\u00a0", " ")
    assert "IT named 2 of the customers’ top 3" in page
    first = PdfReader(BytesIO(room.get("/report.pdf").data)).pages[0].extract_text().replace("\u00a0", " ")
    assert "IT named 2 of the customers’ top 3" in " ".join(first.split())


def test_below_three_people_nothing_of_a_group_is_shown_anywhere(app):
    room = open_room(app, picks="3")
    vote(room, [TOP] * 2, [["B-01", "B-02", "B-03"]] * 3)
    room.reveal()
    result = json.loads(room.get("/result.json").text)
    assert result["lists"]["it_prediction"] == {"n": None}
    assert room.get("/ballots.csv").text.count("customers,own") == 3
    assert "it,prediction" not in room.get("/ballots.csv").text
    page = room.get("/result").text
    assert "What customers chose is known; what IT thought cannot be shown." in page
    assert "To keep everybody anonymous, nothing is shown of so few." in page
    assert "Blind spots" not in page
    text = " ".join(part.extract_text() for part in PdfReader(BytesIO(room.get("/report.pdf").data)).pages)
    assert "2 people answered" not in text


def test_with_three_or_four_people_there_are_places_and_hits_alone(app):
    beyond = ("mean rank", "Similarity of the whole lists", "agreement within the group", "An ear for the customer")
    for it, told in ((4, False), (5, True)):
        room = open_room(app, picks="3")
        vote(room, [TOP] * it, [["A-02", "S-05", "A-01"]] * 5)
        room.reveal()
        page = room.get("/result").text
        assert "of the customers’ top\xa03" in page
        assert (">Hits<" in page) == told
        assert "customers’ place" in page
        for said in beyond:
            assert (said in page) == told, (said, it)
        assert ("holds it in 19 of 20 cases if other people like these are asked." in page.replace("\n", " ")) == told


def test_with_nobody_at_all_the_result_is_still_a_sensible_page_and_pdf(room):
    room.reveal()
    assert "There is nothing to compare yet: neither list can be shown." in room.get("/result").text
    assert len(PdfReader(BytesIO(room.get("/report.pdf").data)).pages) >= 1
    assert room.get("/ballots.csv").text == "group,kind,round,segment,ranking,basis,source\r\n"


def test_the_exported_ballots_can_be_compared_again(app, tmp_path, monkeypatch):
    from click.testing import CliRunner

    from cardsort.cli.commands import main

    room = open_room(app, picks="3")
    vote(room, [TOP, ["A-03", "A-02", "C-01"], TOP], [["A-02", "S-05", "A-01"], ["S-05", "S-06", "A-02"], TOP])
    for number in range(3):  # nothing said of the first, or of the second place
        first, second = {"basis": "know"}, {"basis": "think"}
        room.cast(room.it, TOP, 200 + number, reasons=[{}, first])
        room.cast(room.it, TOP, 300 + number, reasons=[first, {}, second])
    room.reveal()
    exported = room.get("/ballots.csv").data
    rows = list(csv.DictReader(io.StringIO(exported.decode())))
    assert len(rows) == 12
    assert {row["basis"] for row in rows if row["group"] == "it"} == {"think", "'- know", "know - think"}
    assert {row["segment"] for row in rows} == {""}
    assert not {"respondent", "id", "time"} & set(rows[0])
    (tmp_path / "ballots.csv").write_bytes(exported)
    monkeypatch.chdir(tmp_path)
    again = json.loads(CliRunner().invoke(main, ["compare", "ballots.csv", "--picks", "3"]).stdout)
    first = json.loads(room.get("/result.json").text)
    assert again["comparison"] == first["comparison"]
    assert again["lists"] == first["lists"]
    assert first["basis"]["know"]["n"] == 6
    assert first["basis"]["think_share"] == [0.5, 0.0, 1.0]
    assert again["basis"] == first["basis"]


def test_voices_are_shown_from_three_people_on_and_as_typed(app):
    room = open_room(app, picks="3")
    vote(room, [TOP] * 3, [["S-01", "S-02", "S-03"]] * 2)
    for number, words in enumerate(("<b>late</b>", "late again")):
        room.cast(room.customers, ["S-02", "S-01", "S-03"], 200 + number, reasons=[{"words": words}])
    room.cast(room.customers, ["S-02", "S-01", "S-03"], 300, reasons=[{"words": "<script>alert(1)</script>"}])
    room.reveal()
    page = room.get("/result").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "=1+1" not in page  # two people only


@pytest.mark.parametrize("name", ["=1+1", "<b>Café", "Łódź Θ Ж Ğ", "x" * 120, "שלום", "🙂 <script>alert(1)</script>"])
def test_odd_names_are_shown_as_typed_everywhere(app, name):
    from html import escape

    room = open_room(app, name=name, organisation=name, picks="3")
    vote(room, [TOP] * 3, [TOP] * 3)
    room.reveal()
    for path in ("", "/show", "/show/it", "/sheet/it", "/keep", "/projector", "/result", "/delete"):
        page = room.get(path).text
        assert escape(name, quote=False) in page or escape(name) in page, path
        assert "<script>alert" not in page
    answer = room.get("/report.pdf")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].isascii()
    assert PdfReader(BytesIO(answer.data)).metadata.title
    gone = room.post("/delete", name=name)
    assert (gone.status_code, "<script>alert" in gone.text) == (200, False)
    assert escape(name, quote=False) in gone.text or escape(name) in gone.text


FORMS = {  # a form at the desk -> what cannot be taken, and is said again
    "/edit": {"name": "Autumn", "expected_it": "<i>9</i>", "question_it": "Which?", "question_customers": "What?"},
    "/next-round": {"round": "1", "people": "new", "expected_it": "<i>9</i>"},
    "/codes": {"count": "<i>9</i>"},
    "/import": {"text": "group,ranking\n<i>9</i>,A-01\n", "store": "all"},
}


@pytest.mark.parametrize("path", FORMS)
def test_what_is_refused_is_said_again_as_it_was_typed(app, path):
    room = open_room(app, picks="3")
    if path == "/next-round":
        room.reveal()
    refused = room.post(path, **FORMS[path])
    assert refused.status_code == 422
    assert ("&lt;i&gt;9" in refused.text, "<i>" in refused.text) == (True, False)


def test_downloads_say_what_they_are_and_nothing_keeps_them(app):
    room = open_room(app)
    room.reveal()
    for path, kind in (
        ("/report.pdf", "application/pdf"),
        ("/ballots.csv", "text/csv"),
        ("/result.json", "application/json"),
    ):
        headers = room.get(path).headers
        assert headers["Content-Type"].startswith(kind)
        assert headers["Content-Disposition"].startswith("attachment; filename=")
        assert headers["Cache-Control"] == "no-store"


def test_the_example_is_marked_on_every_page_of_it(app):
    from tests.conftest import client_of

    client = client_of(app)
    desk = client.post("/example").location
    for path in ("", "/result", "/projector"):
        assert "Example: all people in it are invented" in client.get(desk + path).text
    report = PdfReader(BytesIO(client.get(f"{desk}/report.pdf").data))
    assert all("xample" in page.extract_text() for page in report.pages)
    result = json.loads(client.get(f"{desk}/result.json").text)
    assert [result["lists"][name]["n"] for name in ("it_prediction", "customers_own")] == [24, 60]


def test_the_checksum_on_paper_does_not_give_a_hidden_ballot_away(app):
    """With every other ballot known, a checksum over all of them would let the hidden one be found by trying."""
    from cardsort.usecases.results import compare_groups
    from cardsort.usecases.workshops import find_workshop

    found = []
    for hidden in (TOP, ["S-11", "S-12", "S-13"]):
        room = open_room(app, picks="3")
        vote(room, [hidden], [TOP] * 4)
        room.reveal()
        with app.app_context():
            found.append(compare_groups(find_workshop(room.desk.split("/")[2])).facts.checksum)
    assert found[0] == found[1]


def test_where_everybody_in_it_takes_part_no_range_is_given_for_it(app):
    room = open_room(app, picks="3", census="yes")
    vote(room, [TOP] * 6, [TOP, ["S-01", "S-02", "S-03"], TOP] * 2)
    room.reveal()
    result = json.loads(room.get("/result.json").text)
    assert result["lists"]["it_prediction"]["cards"]["A-01"]["mean_rank_interval"] is None
    assert len(result["lists"]["customers_own"]["cards"]["A-01"]["mean_rank_interval"]) == 2
    assert "Everybody in IT takes part" in room.get("").text
    assert room.get("/result").status_code == 200
    assert room.get("/report.pdf").data.startswith(b"%PDF")
    assert room.get("/result").status_code == 200
