"""The data to take along: the same numbers as the result, every column explained, texts inert, nothing of few."""

import csv
import datetime as dt
import io
import json
import re
from html import unescape
from pathlib import Path

import pytest
from icalendar import Calendar

from cardsort.files.ballotrows import checksum_of
from cardsort.files.tables import inert
from cardsort.story.script import script_of
from tests.files.slideshows import read_slides
from tests.files.workbooks import read_workbook, table
from tests.web.conftest import open_room

TOP, OTHER = ["A-01", "A-02", "A-03"], ["A-02", "S-05", "A-01"]
DOCS = Path(__file__).parents[2] / "docs" / "exports.md"


def fill(app, it, customers, **settings):
    room = open_room(app, picks="3", **settings)
    for number in range(it):
        assert room.cast(room.it, TOP, number, reasons=[{"basis": "think"}]).status_code == 201
    for number in range(customers):
        more = {"segment": number % 2 + 1} if "segment-1" in settings else {}
        assert room.cast(room.customers, OTHER, 100 + number, **more).status_code == 201
    room.reveal()
    return room


def cards_of(room):
    return {row["code"]: row for row in csv.DictReader(io.StringIO(room.get("/cards.csv").text))}


def sheets_of(room):
    return read_workbook(room.get("/data.xlsx").data)


def test_the_workbook_has_numbers_as_numbers_and_the_same_as_the_result(app):
    room = fill(app, 6, 7)
    result, sheets = json.loads(room.get("/result.json").text), sheets_of(room)
    assert list(sheets) == ["Cards", "Comparison", "Ballots", "Key"]
    cards = {row["code"]: row for row in table(sheets["Cards"])}
    assert len(cards) == 52
    for code, row in cards.items():
        standing, gap = result["lists"]["customers_own"]["cards"][code], result["comparison"]["cards"][code]
        assert [row["customers_place_first"], row["customers_place_last"]] == standing["position"]
        assert row["customers_mean_rank"] == pytest.approx(standing["mean_rank"], abs=1e-12)
        assert row["customers_mean_rank_low"] == pytest.approx(standing["mean_rank_interval"][0], abs=1e-12)
        assert row["customers_top_share"] == pytest.approx(standing["top_share"], abs=1e-12)
        assert (row["gap"], row["zone"], row["label"]) == (gap["gap"], gap["zone"], gap["label"])
        assert row["customers_recognition_share"] is None  # nobody sorted
    measures = {row["measure"]: row for row in table(sheets["Comparison"])}
    assert measures["hits"]["value"] == result["comparison"]["hits"] == 2
    assert [measures["hits"]["low"], measures["hits"]["high"]] == result["comparison"]["intervals"]["hits"]
    assert measures["spearman"]["value"] == pytest.approx(result["comparison"]["spearman"], abs=1e-12)
    assert (measures["n_it"]["value"], measures["workshop"]["value"]) == (6, "Autumn")
    assert len(sheets["Ballots"]) == 14
    assert table(sheets["Ballots"])[0] == {
        "group": "it",
        "kind": "prediction",
        "round": 1,
        "segment": None,
        "ranking": "A-01 A-02 A-03",
        "basis": "think",
        "source": "sent",
    }


def test_cards_as_csv_say_what_the_workbook_says(app):
    room = fill(app, 6, 7)
    written = cards_of(room)
    for row in table(sheets_of(room)["Cards"]):
        for name, value in row.items():
            said = written[row["code"]][name]
            assert (
                (said == value)
                if isinstance(value, str)
                else (said == "" if value is None else float(said) == pytest.approx(value, abs=1e-12))
            )


def test_every_column_is_explained_in_the_workbook_and_in_the_documentation(app):
    room = fill(app, 6, 7)
    room.post("/agenda", code="S-05")
    sheets, docs = sheets_of(room), DOCS.read_text(encoding="utf-8")
    assert list(sheets) == ["Cards", "Comparison", "Ballots", "Agenda", "Key"]
    explained = {(row["sheet"], row["column"]): row["meaning"] for row in table(sheets["Key"])}
    assert set(explained) == {(sheet, name) for sheet, rows in sheets.items() for name in rows[0].values()}
    assert all(len(says) > 10 and says.endswith(".") for says in explained.values())
    assert [says for (_, name), says in explained.items() if f"| `{name}` | {says} |" not in docs] == []
    measures = {row["measure"]: row["meaning"] for row in table(sheets["Comparison"])}
    assert [name for name, says in measures.items() if f"| `{name}` | {says} |" not in docs] == []


def test_the_agenda_is_a_sheet_with_real_dates_and_inert_texts(app):
    room = fill(app, 6, 7)

    def agree(code, **changes):
        room.post("/agenda", code=code)
        assert room.facilitator.put(f"{room.desk}/agenda/1/{code}", json=changes).status_code == 200

    agree("S-05", decision="do", action="=1+1", cost="@cost", due="2027-03-01", quick_win=True, owner="+Ada")
    agree("S-05", public_owner="-Bob", from_whom=["team", "management"], behaviour="https://x.test", progress="done")
    agree(
        "A-02", decision="no", reason="No money", action="Noted before the no", due="2027-03-01", alternative="A list"
    )
    agree("A-01", worth_paying="unsure", acceptable="no", stakeholder="=Branches")
    done, refused, undecided = table(sheets_of(room)["Agenda"])
    ticked = done.pop("progress_on")
    assert isinstance(ticked, dt.date)
    assert done == {
        "code": "S-05",
        "title": cards_of(room)["S-05"]["title"],
        "decision": "do",
        "action": "=1+1",
        "reason": None,
        "alternative": None,
        "owner": "+Ada",
        "public_owner": "-Bob",
        "due": dt.date(2027, 3, 1),
        "quick_win": "yes",
        "cost": "@cost",
        "behaviour": "https://x.test",
        "from_whom": "management team",
        "worth_paying": None,
        "acceptable": None,
        "stakeholder": None,
        "progress": "done",
    }
    said = {name: value for name, value in refused.items() if value is not None and name != "title"}
    assert said == {"code": "A-02", "decision": "no", "reason": "No money", "alternative": "A list"}
    said = {name: value for name, value in undecided.items() if value is not None and name != "title"}
    assert said == {"code": "A-01", "worth_paying": "unsure", "acceptable": "no", "stakeholder": "=Branches"}


def test_below_k_the_tables_are_blank_and_tell_no_ballot(app):
    room = fill(app, 2, 6)
    cards = cards_of(room)
    assert {row["it_place_first"] for row in cards.values()} == {""}
    assert {row["gap"] for row in cards.values()} == {""}
    assert cards["A-02"]["customers_place_first"] == "1"
    sheets = sheets_of(room)
    assert {row["group"] for row in table(sheets["Ballots"])} == {"customers"}
    assert {row["measure"]: row for row in table(sheets["Comparison"])}["n_it"]["value"] is None
    ballots = json.loads(room.get("/ballots.json").text)["ballots"]
    assert [one["group"] for one in ballots] == ["customers"] * 6


def test_of_three_or_four_people_places_and_hits_alone_are_told(app):
    room = fill(app, 4, 9)
    card = cards_of(room)["A-01"]
    assert (card["it_place_first"], card["zone"], card["gap"]) == ("1", "shared_pain", "-2")
    assert {card[name] for name in ("it_mean_rank", "it_score", "customers_top_share", "gap_low", "p")} == {""}
    measures = {row["measure"]: row for row in table(sheets_of(room)["Comparison"])}
    assert (measures["hits"]["value"], measures["hits"]["low"], measures["spearman"]["value"]) == (2, None, None)


def test_texts_are_inert_in_every_file(app):
    names = {"name": "=1+1", "organisation": "@cmd", "segment-1": "=2+2", "segment-2": "https://cards.test"}
    room = fill(app, 6, 8, **names)
    sheets = sheets_of(room)  # fails on any formula or link
    measures = {row["measure"]: row for row in table(sheets["Comparison"])}
    assert (measures["workshop"]["value"], measures["organisation"]["value"]) == ("=1+1", "@cmd")
    assert {row["segment"] for row in table(sheets["Ballots"])} == {None, "=2+2", "https://cards.test"}
    assert "customers,own,1,'=2+2," in room.get("/ballots.csv").text
    assert {one["segment"] for one in json.loads(room.get("/ballots.json").text)["ballots"]} == {
        None,
        "=2+2",
        "https://cards.test",
    }


def test_ballots_as_json_are_the_ballots_of_the_csv(app):
    room = fill(app, 6, 7)
    found = json.loads(room.get("/ballots.json").text)
    assert found["deck"]["codes"][:2] == ["A-01", "A-02"]
    assert found["ballots"][0] == {
        "group": "it",
        "kind": "prediction",
        "round": 1,
        "segment": None,
        "ranking": TOP,
        "basis": ["think"],
        "source": "sent",
    }
    assert len(found["ballots"]) == room.get("/ballots.csv").text.count("\n") - 1


def test_files_say_what_they_are_and_nothing_keeps_them(app):
    room = fill(app, 3, 3)
    for path, kind in (
        ("/data.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("/slides.pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
        ("/cards.csv", "text/csv"),
        ("/ballots.json", "application/json"),
        ("/archive", "application/json"),
    ):
        headers = room.get(path).headers
        assert headers["Content-Type"].startswith(kind)
        assert re.fullmatch(r'attachment; filename="[\w.-]+"', headers["Content-Disposition"])
        assert headers["Cache-Control"] == "no-store"


def test_the_slides_are_the_projectors_at_its_end_with_the_script_and_the_facilitators_notes(app):
    room = fill(app, 6, 7, name="Autumn\u202e")
    slide = {"slide": "agree", "words": "Ask Ada first.\nThen all."}
    assert room.facilitator.put(f"{room.desk}/presenter/notes", json=slide).status_code == 200
    slides = read_slides(room.get("/slides.pptx").data)
    assert [one.title for one in slides][:4] == ["Autumn\ufffd", "Know, or think?", "What IT thought", "Side by side"]
    assert slides[-1].notes[-2:] == ["Ask Ada first.", "Then all."]
    assert script_of("agree").say[0] in slides[-1].notes
    assert not any("Ask Ada first." in one.text for one in slides)
    walked = [title_of(room.get("/projector").text)]
    for step in range(40):
        room.post("/projector", seen=str(step), to=str(step + 1))
        walked.append(title_of(room.get("/projector").text))
    order = [walked.index(one.title) for one in slides]
    assert order == sorted(order)
    assert walked[-1] == slides[-1].title == "What do we agree?"


def title_of(page):
    return unescape(re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)[1])


def test_the_slides_stand_where_they_are_looked_for(app):
    room = fill(app, 6, 7)
    for page in ("/result", "/print", "/presenter"):
        assert f'href="{room.desk}/slides.pptx?round=1' in room.get(page).text, page


def test_slides_of_too_few_people_tell_nothing_of_them(app):
    room = fill(app, 2, 6)
    slides = read_slides(room.get("/slides.pptx").data)
    assert [one.title for one in slides][:3] == [
        "Autumn",
        "What customers chose is known; what IT thought cannot be shown.",
        "What customers chose",
    ]
    hidden = cards_of(room)["A-03"]["title"]
    assert not any(hidden in one.text for one in slides)


@pytest.mark.parametrize("before", ["", " ", "\u00a0", "\ufeff", " \ufeff\u00a0", "\t", "\r", "\n"])
def test_no_blank_hides_a_formula(before):
    for formula in ("=1+1", "+1", "-1", "@cmd", "＝1", "＋1", "－1", "＠cmd"):
        assert inert(before + formula) == f"'{before}{formula}"


def test_other_words_stay_as_they_are_also_behind_a_blank():
    assert [inert(text) for text in (" Shops", "1+1", "")] == [" Shops", "1+1", ""]


def test_the_checksum_is_the_same_in_whichever_order_the_ballots_lie():
    rows = [("it", "prediction", "1", "", "A-01 A-02 A-03", "", came) for came in ("sent", "typed", "")]
    assert checksum_of(rows) == checksum_of(rows[::-1])
    assert checksum_of(rows) != checksum_of(rows[1:])


def test_what_is_left_to_do_is_taken_along_for_calendars_and_trackers(app):
    room = fill(app, 3, 3)
    refused = room.get("/agenda.ics")
    assert refused.status_code == 409
    assert "Nothing on the agenda is still to be done by a day" in refused.text
    room.post("/agenda", code="S-05")
    said = {"decision": "do", "action": "Ask, then\u202e answer", "due": "2027-03-01", "owner": "Ada"}
    assert room.facilitator.put(f"{room.desk}/agenda/1/S-05", json=said).status_code == 200
    calendar = room.get("/agenda.ics")
    assert calendar.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert re.search(r'filename="[\w.-]+-agenda\.ics"', calendar.headers["Content-Disposition"])
    (entry,) = Calendar.from_ical(calendar.data).walk("VEVENT")
    assert (str(entry["summary"]), entry["dtstart"].dt) == ("Ask, then\ufffd answer", dt.date(2027, 3, 1))
    assert "Who looks after it: Ada\n" in str(entry["description"])
    assert str(entry["description"]).endswith("From the agenda of Autumn, round 1")
    assert room.desk.rpartition("/")[2] not in calendar.text  # whoever gets the file learns no address
    for tracker, title in (("jira", "Summary"), ("azure", "Title")):
        (row,) = csv.DictReader(io.StringIO(room.get(f"/agenda-{tracker}.csv").text))
        assert row[title] == "Ask, then\ufffd answer"
    page = room.get("/agenda").text
    assert [f'href="{room.desk}/{name}"' in page for name in ("agenda.ics", "agenda-jira.csv", "agenda-azure.csv")] == [
        True,
        True,
        True,
    ]
    docs = DOCS.read_text(encoding="utf-8")
    columns = {
        name
        for tracker in ("jira", "azure")
        for name in room.get(f"/agenda-{tracker}.csv").text.split("\r\n")[0].split(",")
    }
    assert [name for name in columns if f"`{name}`" not in docs] == []
