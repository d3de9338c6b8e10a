"""Ballots brought in as one table: every fault with its line and remedy, nothing stored before it is confirmed."""

import html
import re

import pytest

from tests.files.workbooks import workbook
from tests.neighbour import NEIGHBOUR
from tests.web.conftest import open_room

KIND = "kind of customer, in the column “segment”,"
HEADER = "group,kind,ranking,segment,respondent,basis,round\n"
GOOD = "it,,A-01 A-02 A-03,,,,\n"
SEGMENTS = {"segment-1": "Shops", "segment-2": "Bank"}


@pytest.fixture
def shops(app):
    return open_room(app, picks="5", **SEGMENTS)


def counts(room):
    return {group: int(count) for group, count in re.findall(r'data-count="(\w+)">(\d+)<', room.get("/status").text)}


def upload(room, data, **form):
    """The form with a file, as bytes: the test client would leave a large file of its own open."""
    head = 'Content-Disposition: form-data; name="file"; filename="ballots.csv"\r\nContent-Type: text/csv'
    parts = [(head, data if isinstance(data, bytes) else data.encode())]
    parts += [(f'Content-Disposition: form-data; name="{name}"', value.encode()) for name, value in form.items()]
    body = b"".join(f"--edge\r\n{head}\r\n\r\n".encode() + value + b"\r\n" for head, value in parts)
    kind = "multipart/form-data; boundary=edge"
    return room.facilitator.post(f"{room.desk}/import", data=body + b"--edge--\r\n", content_type=kind)


def faults(page):
    found = re.findall(r"<li><strong>(Line \d+)</strong> <span dir=\"auto\">(.*?)</span></li>", page, re.DOTALL)
    return [(line, said.replace("&#39;", "'").replace("&amp;", "&")) for line, said in found]


FAULTY = [  # text, line, what is wrong, how to mend it
    ("", 1, "The file is empty", "Begin it with a line that names the columns"),
    (HEADER, 1, "After the header there is no ballot", "Add a line for each ballot"),
    ("group,rank\nit,A-01\n", 1, "no column “ranking”", "Add it; the columns are"),
    ("ranking\nA-01 A-02 A-03\n", 1, "no column “group”", "Add it; the columns are"),
    ("group,ranking,group\n", 1, "names the column “group” twice", "Keep one of them"),
    (HEADER + GOOD + 'it,,"A-01 A-02 A-03,,,,\n', 3, "A quotation mark is not closed", "write those inside it twice"),
    (HEADER + 'it,,"A-01" A-02,,,,\n', 2, "A quotation mark is not closed", "write those inside it twice"),
    (HEADER + GOOD + "it,,A-01 A-02 A-03,,,,,,more\n", 3, "the header has 7", "Remove what is too much"),
    (HEADER + "sales,,A-01 A-02 A-03,,,,\n", 2, "The group is “sales”", "Write “it” or “customers”"),
    (HEADER + ",,A-01 A-02 A-03,,,,\n", 2, "The group is empty", "Write “it” or “customers”"),
    (HEADER + "it,guess,A-01 A-02 A-03,,,,\n", 2, "The kind is “guess”", "Write “own” or “prediction”"),
    (HEADER + "it,own,A-01 A-02 A-03,,,,\n", 2, "does not ask it for the kind “own”", "Write “prediction”"),
    (HEADER + "customers,prediction,A-01 A-02 A-03,Shops,,,\n", 2, "the kind “prediction”", "Write “own”"),
    (HEADER + "it,,,,,,\n", 2, "The ranking is empty", "Write the cards' codes"),
    (HEADER + "it\n", 2, "The ranking is empty", "Write the cards' codes"),
    (HEADER + "it,,A-01 A-02 Z-99,,,,\n", 2, "“Z-99” is not in the deck", "correct it"),
    (HEADER + "it,,A-01;A-02;A-03,,,,\n", 2, "“A-01;A-02;A-03” is not in the deck", "Its codes look like A-01"),
    (HEADER + "it,,a-01 A-02 A-03,,,,\n", 2, "“a-01” is not in the deck", "correct it"),
    (HEADER + "it,,A-01 A-02 A-01,,,,\n", 2, "stands twice in the ranking", "Keep one of its places"),
    (HEADER + "it,,A-01,,,,\n", 2, "Only one card is ranked", "Rank at least 3"),
    (HEADER + "it,,A-01 A-02,,,,\n", 2, "Only 2 cards are ranked", "Rank at least 3"),
    (HEADER + "it,,A-01 A-02 A-03 A-04 A-05 A-06,,,,\n", 2, "6 of 5 cards are ranked", "put 1 back"),
    (
        HEADER + "customers,,A-01 A-02 A-03,,,,\n",
        2,
        f"The {KIND} is empty",
        "Write one of “Shops”, “Bank”",
    ),
    (
        HEADER + "customers,,A-01 A-02 A-03,Farms,,,\n",
        2,
        "The kind of customer, in the column “segment”, is “Farms”",
        "Write one of “Shops”, “Bank”",
    ),
    (HEADER + "it,,A-01 A-02 A-03,,,hope,\n", 2, "The basis is “hope”", "Write “know” or “think”"),
    (HEADER + "it,,A-01 A-02 A-03,,,know know think think,\n", 2, "4 words in the basis", "Remove what is too much"),
    (HEADER + "it,,A-01 A-02 A-03 A-04,,,- - - know,\n", 2, "the first 3 cards", "Remove the others"),
    (HEADER + "customers,,A-01 A-02 A-03,Shops,,know,\n", 2, "with IT’s prediction only", "Leave the basis empty"),
    (HEADER + "it,,A-01 A-02 A-03,,,,0\n", 2, "The round is “0”", "Write a whole number"),
    (HEADER + "it,,A-01 A-02 A-03,,,,x\n", 2, "The round is “x”", "Write a whole number"),
    (HEADER + "it,,A-01 A-02 A-03,,,,2\n", 2, "It is of round 2, this is round 1", "Leave its round empty"),
    (HEADER + "it,,A-01 A-02 A-03,,ann,,\nit,,A-04 A-02 A-03,,ann,,\n", 3, "“ann” has two ballots", "Keep one of them"),
    ("group,ranking\nit,Köln\n".encode("latin-1"), 2, "not written in UTF-8", "Save it as UTF-8"),
    (HEADER.encode("utf-16-le"), 1, "A zero byte", "Save it as UTF-8"),
    (b"PK\x03\x04 and so on", 1, "This workbook cannot be read", "Save it from the spreadsheet as XLSX"),
]


@pytest.mark.parametrize(("text", "line", "wrong", "remedy"), FAULTY)
def test_a_fault_is_named_with_its_line_and_remedy_and_nothing_is_stored(shops, text, line, wrong, remedy):
    answer = upload(shops, text)
    assert answer.status_code == 422
    [(where, said)] = faults(answer.text)
    assert where == f"Line {line}"
    assert wrong in said
    assert remedy in said
    for agreed in ("all", "good"):
        upload(shops, text, store=agreed, count="2")
    assert counts(shops) == {"it": 0, "customers": 0}


def test_every_faulty_line_is_named_and_the_good_ones_are_counted(shops):
    text = HEADER + GOOD + "it,,A-01,,,,\n" + "customers,,A-01 A-02 A-03,Shops,,,\nsales,,A-01,,,,\n" + GOOD
    answer = upload(shops, text)
    assert [line for line, _ in faults(answer.text)] == ["Line 3", "Line 5"]
    assert "2 lines cannot be taken" in answer.text
    assert "Store the 3 good ones" in answer.text
    assert "Mend the file and try again" in answer.text
    assert counts(shops) == {"it": 0, "customers": 0}


def test_all_faults_of_a_line_are_named_at_once_with_a_maximum(shops):
    text = (
        HEADER
        + "sales,,A-01 Z-98 A-01 Z-99,,,hope,x\n"
        + "customers,,A-01 A-02 A-03 A-04 A-05 Z-99,Farms,,know,2\n"
        + f"it,,{' '.join(f'Z-{number}' for number in range(10, 22))},,,,\n"
    )
    five = "“Z-10”, “Z-11”, “Z-12”, “Z-13”, “Z-14”"
    said = {line: words.split("\n") for line, words in faults(shops.post("/import", text=text).text)}
    assert said == {
        "Line 2": [
            "The group is “sales”. Write “it” or “customers”.",
            "The round is “x”. Write a whole number from 1 to 9999.",
            "The cards “Z-98”, “Z-99” are not in the deck. Its codes look like A-01; correct them.",
            "The card A-01 stands twice in the ranking. Keep one of its places.",
            "The basis is “hope”. Write “know” or “think” for each card, “-” where not said.",
        ],
        "Line 3": [
            "The card “Z-99” is not in the deck. Its codes look like A-01; correct it.",
            "It is of round 2, this is round 1. Leave its round empty, or the line out.",
            "The kind of customer, in the column “segment”, is “Farms”. Write one of “Shops”, “Bank”.",
            "Know or think is asked with IT’s prediction only. Leave the basis empty.",
            "6 of 5 cards are ranked: put 1 back.",
        ],
        "Line 4": [
            f"The cards {five} and 7 more are not in the deck. Its codes look like A-01; correct them.",
            "12 of 5 cards are ranked: put 7 back.",
        ],
    }


def test_a_file_is_shown_first_and_stored_when_that_is_confirmed(shops):
    text = HEADER + GOOD + "customers,,A-01 A-02 A-03,shops,,,\n" + "customers,,A-01 A-02 A-03,Bank,,,\n" * 2
    shown = upload(shops, text)
    assert shown.status_code == 200
    rows = re.findall(r"<tr><th scope=\"row\".*?</tr>", shown.text, re.DOTALL)
    assert [" ".join(re.sub("<.*?>", " ", row).split()) for row in rows] == [
        "IT prediction 1",
        "Customers own view Shops 1",
        "Customers own view Bank 2",
    ]
    assert counts(shops) == {"it": 0, "customers": 0}
    done = shops.post("/import", text=text, store="all", count="4")
    assert (done.status_code, done.location) == (303, f"{shops.desk}/import?stored=4&known=0")
    assert "4 ballots stored." in shops.facilitator.get(done.location).text
    assert counts(shops) == {"it": 1, "customers": 3}


def test_the_good_lines_are_stored_where_that_is_said_and_the_mended_ones_later(shops):
    faulty = HEADER + GOOD + "it,,A-01,,,,\n" + GOOD
    assert shops.post("/import", text=faulty, store="all", count="2").status_code == 422
    assert shops.post("/import", text=faulty, store="good", count="3").status_code == 422  # not what was agreed to
    assert counts(shops)["it"] == 0
    assert shops.post("/import", text=faulty, store="good", count="2").status_code == 303
    mended = HEADER + GOOD + "it,,A-04 A-05 A-06,,,,\n" + GOOD
    assert "2 ballots of 3 are here already" in " ".join(shops.post("/import", text=mended).text.split())
    assert shops.post("/import", text=mended, store="all", count="3").location.endswith("stored=1&known=2")
    assert counts(shops)["it"] == 3


def test_lines_moved_or_removed_are_known_again_and_one_more_equal_line_is_another_person(shops):
    shops.post("/import", text=HEADER + GOOD + "it,,A-04 A-05 A-06,,,,\n" + GOOD, store="all", count="3")
    moved = HEADER + "\nit,,A-04 A-05 A-06,,,,\n" + GOOD
    assert shops.post("/import", text=moved, store="all", count="2").location.endswith("stored=0&known=2")
    assert shops.post("/import", text=HEADER + GOOD * 3, store="all", count="3").location.endswith("stored=1&known=2")
    assert counts(shops)["it"] == 4


def test_the_same_file_twice_stores_nothing_new_and_says_so(shops):
    text = HEADER + GOOD * 3
    shops.post("/import", text=text, store="all", count="3")
    shown = upload(shops, text.replace("\n", "\r\n").encode("utf-8-sig"))  # as a spreadsheet saves it
    assert "All of it is here already" in shown.text
    again = shops.post("/import", text=text, store="all", count="3")
    assert "Nothing new." in shops.facilitator.get(again.location).text
    assert counts(shops)["it"] == 3


def test_a_respondent_is_known_by_name_wherever_the_line_stands(shops):
    shops.post("/import", text=HEADER + "it,,A-01 A-02 A-03,,ann,,\n", store="all", count="1")
    moved = HEADER + GOOD + "it,,A-01 A-02 A-03,,ann,,\n"
    assert shops.post("/import", text=moved, store="all", count="2").location.endswith("stored=1&known=1")
    changed = shops.post("/import", text=HEADER + "it,,A-09 A-02 A-03,,ann,,\n")
    assert faults(changed.text)[0][1].startswith("This respondent’s ballot was imported before with other answers")
    assert counts(shops)["it"] == 2


def test_a_respondent_does_not_come_again_as_another_kind_of_customer(shops):
    line = HEADER + "customers,,A-01 A-02 A-03,Shops,ann,,\n"
    shops.post("/import", text=line, store="all", count="1")
    changed = shops.post("/import", text=line.replace("Shops", "Bank"))
    assert faults(changed.text)[0][1].startswith("This respondent’s ballot was imported before with other answers")
    assert shops.post("/import", text=line, store="all", count="1").location.endswith("stored=0&known=1")


def test_ballots_of_a_locked_group_are_refused_whenever_the_lock_comes(shops):
    text = HEADER + GOOD
    shops.post("/lock/it")
    assert "IT’s prediction is locked. Open it again" in faults(shops.post("/import", text=text).text)[0][1]
    assert shops.post("/import", text=text, store="all", count="1").status_code == 422
    assert counts(shops)["it"] == 0


def test_semicolons_tabs_and_exported_ballots_are_read(app):
    room = open_room(app, picks="3", **{"segment-1": "=Shops", "segment-2": "Bank"})
    assert (
        room.post("/import", text="Group;Ranking\r\nIT;A-01 A-02 A-03\r\n", store="all", count="1").status_code == 303
    )
    assert room.post("/import", text="group\tranking\nit\tA-01 A-02 A-04\n", store="all", count="1").status_code == 303
    exported = "group,kind,round,segment,ranking,basis\r\ncustomers,own,1,'=Shops,A-01 A-02 A-03,\r\n"
    exported += "it,prediction,1,,A-01 A-02 A-05,'- know\r\n"
    assert room.post("/import", text=exported, store="all", count="2").status_code == 303
    assert counts(room) == {"it": 3, "customers": 1}


def test_a_workshop_without_segments_takes_none(room):
    answer = room.post("/import", text=HEADER + "customers,,A-01 A-02 A-03,Shops,,,\n")
    assert faults(answer.text) == [
        ("Line 2", "This workshop has no kinds of customers. Leave the column “segment” empty.")
    ]


def test_what_is_typed_is_shown_as_text(shops):
    page = shops.post("/import", text="group,ranking\n<script>alert(1)</script>,A-01\n").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_empty_table_fits_the_workshop_and_is_read_again(room, shops):
    assert room.get("/import/template.csv").data.decode() == "\ufeffgroup,ranking,basis,respondent\r\n"
    header = shops.get("/import/template.csv").data.decode()
    assert header == "\ufeffgroup,ranking,segment,basis,respondent\r\n"
    assert upload(shops, header + "customers,A-01 A-02 A-03,Bank,,\r\n").status_code == 200


def test_up_to_a_mebibyte_is_taken_and_more_is_refused(shops):
    line = f"it,,{'A-01 A-02 A-03':>40},,,,\n"
    large = HEADER + line * ((1024 * 1024 - len(HEADER)) // len(line))
    assert upload(shops, large).status_code == 200
    assert "larger than 1 MiB" in faults(upload(shops, large + line).text)[0][1]
    refused = upload(shops, large * 2)
    assert refused.status_code == 413
    assert "That is too large to be taken. Nothing was stored." in refused.text
    assert counts(shops)["it"] == 0


def test_thirty_thousand_ballots_are_taken_at_once_and_no_more(room):
    lines = "group,ranking\n" + "it,A-01 A-02 A-03\n" * 30_000
    assert "30,000 ballots" in room.post("/import", text=lines).text
    refused = room.post("/import", text=lines + "it,A-01 A-02 A-03\n")
    assert faults(refused.text) == [("Line 1", "The file has more than 30,000 ballots. Divide it into two files.")]


def test_after_the_lock_of_both_the_page_says_what_to_do(room):
    assert "bring them in" in room.get("").text
    for group in ("it", "customers"):
        room.post(f"/lock/{group}")
    assert "Both sides are locked." in room.get("/import").text
    assert "bring them in" not in room.get("").text


def test_second_orders_come_in_where_they_are_asked_and_belong_to_the_same_person(app):
    from sqlalchemy import select

    from cardsort.store.engine import reading
    from cardsort.store.models import BallotRow

    room = open_room(app, picks="5", second_it="yes", second_customers="yes", **SEGMENTS)
    lines = (
        "it,prediction,A-01 A-02 A-03,,ann,know,\nit,own,A-04 A-02 A-03,,ann,,\n"
        "customers,own,A-01 A-02 A-03,Shops,bob,,\ncustomers,prediction,B-01 B-02 B-03,,bob,,\n"
    )
    with_basis = upload(room, HEADER + "it,own,A-01 A-02 A-03,,ann,know,\n").text
    assert "Line 2" in faults(with_basis)[0][0]
    assert "with IT’s prediction only" in faults(with_basis)[0][1]
    stored = room.post("/import", text=HEADER + lines, store="all", count="4")
    assert stored.status_code == 303, stored.text
    with app.app_context(), reading() as session:
        rows = session.scalars(select(BallotRow).where(BallotRow.workshop_id != NEIGHBOUR)).all()
    assert sorted((row.group, row.kind, row.segment) for row in rows) == [
        ("customers", "own", 1),
        ("customers", "prediction", None),
        ("it", "own", None),
        ("it", "prediction", None),
    ]
    assert len({(row.group, row.respondent_id) for row in rows}) == 2
    assert counts(room) == {"it": 1, "customers": 1}


def test_a_workbook_is_checked_and_then_stored_as_the_lines_it_holds(shops):
    rows = [line.split(",") for line in (HEADER + GOOD).splitlines()]
    page = upload(shops, workbook(rows)).text
    carried = html.unescape(re.search(r"<textarea[^>]*hidden[^>]*>(.*?)</textarea>", page, re.DOTALL)[1])
    assert shops.post("/import", text=carried, store="all", count="1").location.endswith("stored=1&known=0")
    assert upload(shops, HEADER + GOOD, store="all", count="1").location.endswith("stored=0&known=1")
    [(where, said)] = faults(upload(shops, workbook([*rows, [], ["it", "", "Z-99"]])).text)
    assert (where, "“Z-99” is not in the deck" in said) == (f"Line {len(rows) + 2}", True)
