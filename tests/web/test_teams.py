"""Teams in IT: named by the facilitator, said with the prediction, told from three people on and never as a ranking."""

import json
import re
from html import unescape

import pytest
from sqlalchemy import select

from cardsort.domain.settings import SERVES_QUESTION
from cardsort.store.engine import reading
from cardsort.store.models import BallotRow
from tests.neighbour import NEIGHBOUR
from tests.web.conftest import open_room
from tests.web.test_archives import archive_of, restored, result_of
from tests.web.test_downloads import DOCS, sheets_of, table
from tests.web.test_foresight import hidden

TOP, OTHER, THIRD = ["A-01", "A-02", "A-03"], ["B-01", "B-02", "B-03"], ["A-01", "A-02", "C-03"]
NAMES = ("Helpdesk", "Networks", "Payments")
TEAMS = {f"it-segment-{row}": name for row, name in enumerate(NAMES, start=1)} | {"picks": "3"}
CHAIN = {"it-chain-1": "service_desk", "it-chain-2": "infrastructure"}
ORDERS = (TOP, OTHER, THIRD)


@pytest.fixture
def room(app):
    return open_room(app, **TEAMS, **CHAIN)


def send(room, *sizes, said=""):
    """So many people of each team, each team of one mind."""
    for team, size in enumerate(sizes, start=1):
        for place in range(size):
            number = 100 * team + place
            more = {"segment": team, "serves": said.format(number) if said else ""}
            assert room.cast(room.it, ORDERS[team - 1], number, **more).status_code == 201


def ask_customers(room, count=6):
    for number in range(count):
        assert room.cast(room.customers, TOP, 1000 + number).status_code == 201


def told(room):
    """Name, people and hits of each team of the result."""
    teams = json.loads(room.get("/result.json").text)["teams"]
    return teams and [(team["name"], team["n"], team["hits"]) for team in teams["by_team"]]


def words_of(room, path="/result"):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", room.get(path).text)).split())


def test_everybody_in_it_says_their_team_and_nothing_else_will_do(app, room):
    for segment in (None, 0, 4, "1"):
        assert room.cast(room.it, TOP, 1, segment=segment).status_code == 422
    assert "Say first which team is yours" in room.cast(room.it, TOP, 1).json["message"]
    assert "This team in IT is not among the choices." in room.cast(room.it, TOP, 1, segment=4).json["message"]
    tablet = room.stranger()
    assert "Which team is yours?" in tablet.get(f"{room.it}/ballot").text
    body = {"id": f"{7:032x}", "kind": "prediction", "ranking": TOP, "segment": 2}
    assert tablet.post(f"{room.it}/ballots", json=body).status_code == 201
    assert tablet.get(f"{room.it}/state").json["sent"]["segment"] == 2
    assert room.cast(room.customers, TOP, 9).status_code == 201
    with app.app_context(), reading() as session:
        query = select(BallotRow.group, BallotRow.segment).where(BallotRow.workshop_id != NEIGHBOUR)
        assert {tuple(row) for row in session.execute(query)} == {("it", 2), ("customers", None)}


def test_customers_are_not_asked_for_a_team_nor_it_for_a_kind(app, room):
    both = open_room(app, **TEAMS, **{"segment-1": "Branches", "segment-2": "Citizens"})
    pages = [both.stranger().get(f"{link}/ballot").text for link in (both.it, both.customers)]
    assert [name in page for page in pages for name in ("Networks", "Citizens")] == [True, False, False, True]
    assert room.cast(room.customers, TOP, 1, segment=1).status_code == 422
    assert "team" not in room.stranger().get(f"{room.customers}/anonymous").text
    assert "Which team in IT is yours, as you say it." in room.stranger().get(f"{room.it}/anonymous").text


def test_it_has_one_link_whatever_the_teams(room):
    page = room.get("").text
    assert len(re.findall(r'id="door-it"', page)) == 1
    assert "A link for each kind" not in page
    assert room.post("/link/it/1").status_code == 404


@pytest.mark.parametrize("path", ["/form", "/paper"])
def test_the_plain_form_and_paper_ask_for_the_team(room, path):
    person = room.facilitator if path == "/paper" else room.stranger()
    page = person.get(room.it + path).text
    assert unescape(re.search(r"<legend[^>]*>(Which team[^<]*)", page)[1]).strip() == (
        "Which team is this person’s?" if path == "/paper" else "Which team is yours?"
    )
    form = {"id": f"{5:032x}", "codes": " ".join(TOP)}
    assert "Say first which team is yours" in person.post(room.it + path, data=form).text
    assert person.post(room.it + path, data=form | {"segment": "3"}).status_code == 303
    assert re.findall(r'data-kind="(\d)">(\d)', room.get("/status").text) == [("1", "0"), ("2", "0"), ("3", "1")]


def test_the_desk_counts_each_team_and_says_which_are_too_few(app):
    room = open_room(app, **TEAMS, **{"it-expected-1": "4"})
    send(room, 3, 1)
    page = words_of(room, "/status")
    assert "3 of 4 Helpdesk" in page
    assert "1 Networks too few to be shown" in page
    assert "0 Payments nobody yet" in page
    assert "A team is shown by itself from 3 people on. Fewer count for IT’s list all the same." in page


def test_teams_can_be_changed_until_the_first_ballot_and_their_numbers_after_it(room):
    form = {"name": "Autumn", "question_it": "Which?", "picks": "3", "it-segment-1": "Desk", "it-segment-2": "Networks"}
    assert room.post("/edit", **form).status_code == 303
    assert re.findall(r'name="it-segment-\d" .*?value="([^"]*)"', room.get("/edit").text, re.DOTALL)[:3] == [
        "Desk",
        "Networks",
        "",
    ]
    assert room.cast(room.it, TOP, 1, segment=1, edition=1).status_code == 201
    page = room.get("/edit").text
    assert "How many of each team in IT?" in page
    assert 'name="it-segment-1"' not in page
    assert room.post("/edit", **{"name": "Autumn", "it-expected-2": "5"}).status_code == 303
    assert 'name="it-expected-2" min="1" inputmode="numeric" value="5"' in " ".join(room.get("/edit").text.split())
    refused = room.post("/edit", **form | {"it-segment-2": "Clouds"})
    assert refused.status_code == 409
    assert "the kinds of customers and the teams stay as they are" in refused.text


@pytest.mark.parametrize(
    ("teams", "sentence"),
    [
        ({"it-segment-1": "Networks"}, "One team in IT alone divides nothing."),
        ({"it-segment-1": "Networks", "it-segment-2": "networks"}, "Each team in IT needs a name of its own"),
        ({"it-segment-1": "x" * 121, "it-segment-2": "y"}, "The name of a team in IT has 121 characters."),
    ],
)
def test_teams_that_divide_nothing_are_refused_with_a_sentence(room, teams, sentence):
    answer = room.stranger().post("/new", data={"name": "Autumn", **teams})
    assert answer.status_code == 422
    assert sentence in answer.text


def test_the_places_of_the_chain_are_those_of_the_group(app):
    room = open_room(app, **TEAMS, **{"it-chain-1": "paying", "it-chain-2": "infrastructure"})
    chosen = re.findall(r'<option value="([a-z_]+)" selected', room.get("/edit").text)
    assert chosen == ["infrastructure"]


def test_another_workshop_like_this_one_has_its_teams(room):
    page = room.facilitator.get(f"/new?from={room.desk.split('/')[2]}").text
    assert re.findall(r'name="it-segment-[123]" .*?value="([^"]*)"', page, re.DOTALL) == list(NAMES)


def test_the_result_tells_teams_along_the_chain_each_beside_as_many_customers(room):
    send(room, 3, 4, 3)
    ask_customers(room, 8)
    room.reveal()
    assert told(room) == [("Networks", 4, 0.0), ("Helpdesk", 3, 3.0), ("Payments", 3, 2.0)]
    page = words_of(room)
    assert (
        "The teams stand in the order of the chain, from infrastructure to the service desk: it is no ranking." in page
    )
    assert "The last column is what as many customers would have named." in page
    part = room.get("/result").text.split('id="teams"')[1].split("</section>")[0]
    assert re.findall("|".join(NAMES), part) == ["Networks", "Helpdesk", "Payments"]


def test_few_people_in_teams_are_not_told_apart(room):
    send(room, 3, 0, 3)
    ask_customers(room)
    room.reveal()
    assert told(room) == [("Helpdesk", 3, 3.0), ("Payments", 3, 2.0)]
    assert re.search(r"Too few people to tell the teams apart: .* in \d+ of 100 cases\.", words_of(room))


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [((4, 3, 2), None), ((4, 4, 3), list(NAMES)), ((5, 3, 3), list(NAMES)), ((4, 5, 1), None), ((1, 1, 1), None)],
)
def test_a_team_below_three_is_told_nowhere_nor_one_from_which_it_could_be_computed(app, sizes, shown):
    room = open_room(app, **TEAMS)
    send(room, *sizes, said="Those of number {}.")
    ask_customers(room)
    foretold = {said.split(":")[0] for said in hidden(room.get("/lock/it").text)}
    room.reveal()
    teams = told(room)
    assert (teams and [name for name, *_ in teams]) == shown
    rows = room.get("/ballots.csv").text
    assert {name for name in NAMES if f",{name}," in rows} == set(NAMES) - foretold
    seen = room.get("/result").text + room.get("/result.json").text + json.dumps(archive_of(room)["ballots"])
    assert [name for name in NAMES if name in seen] == (shown or [])


def test_typed_ballots_make_no_team_shown(room):
    send(room, 3, 2, 3)
    form = {"id": f"{5:032x}", "codes": " ".join(OTHER), "segment": "2"}
    assert room.facilitator.post(f"{room.it}/paper", data=form).status_code == 303
    ask_customers(room)
    assert "Networks: 3 ballots. Fewer than 3 people by a link." in hidden(room.get("/lock/it").text)
    room.reveal()
    assert told(room) is None
    assert "2 teams in IT are not shown" in words_of(room)


def test_small_teams_are_told_together_at_the_lock_and_apart_again(room):
    send(room, 4, 2, 2)
    ask_customers(room)
    assert hidden(room.get("/lock/it").text) == [
        "Networks: 2 ballots. Fewer than 3 people by a link.",
        "Payments: 2 ballots. Fewer than 3 people by a link.",
    ]
    both = {"one": "3", "with": "2", "group": "it"}
    assert room.post("/kinds/together", **both, **{"from": "lock"}).location == f"{room.desk}/lock/it"
    assert "All teams in IT would be shown." in room.get("/lock/it").text
    assert room.post("/kinds/apart", kind="2", group="it").status_code == 303
    assert len(hidden(room.get("/lock/it").text)) == 2
    room.post("/kinds/together", **both)
    refused = room.post("/kinds/together", one="1", group="it", **{"with": "2"})
    assert (refused.status_code, "Together all of IT would be one team" in refused.text) == (422, True)
    room.reveal()
    assert told(room) == [("Helpdesk", 4, 3.0), ("Networks and Payments", 4, 1.5)]  # two of each mind
    refused = room.post("/kinds/apart", kind="2", group="it")
    assert (refused.status_code, "A result tells of these teams in IT already" in refused.text) == (409, True)


def test_teams_told_together_leave_the_kinds_of_customers_as_they_are(app):
    room = open_room(app, **TEAMS, **{"segment-1": "Branches", "segment-2": "Citizens", "segment-3": "Farms"})
    room.post("/kinds/together", one="3", group="it", **{"with": "2"})
    page = room.get("/lock/it").text, room.get("/lock/customers").text
    assert ["Told together" in one for one in page] == [True, False]


def voices_of(room):
    """What IT wrote, by what stands over it."""
    part = room.get("/result").text.split('id="voices"')[1].split("</section>")[0]
    told = re.findall(r"<h3[^>]*>(.*?)</h3>|<em[^>]*>“(.*?)”</em>", part, re.DOTALL)
    found, over = {}, ""
    for title, words in told:
        if title:
            over = " ".join(re.sub("<[^>]+>", " ", title).split())
        else:
            found.setdefault(over, []).append(words)
    return found


def test_whom_each_team_works_for_is_told_by_team_where_enough_wrote(room):
    send(room, 4, 3, 4, said="Those of number {}.")
    ask_customers(room)
    room.reveal()
    assert SERVES_QUESTION in words_of(room)
    assert {over: len(said) for over, said in voices_of(room).items()} == {
        "Networks": 3,
        "Helpdesk": 4,
        "Payments": 4,
    }
    assert voices_of(room)["Networks"] == [f"Those of number {number}." for number in (200, 201, 202)]


def test_the_words_of_a_team_of_which_few_wrote_stand_without_it_and_not_alone(room):
    """Two of Networks wrote: with no other words beside them it would be known whose they are."""
    send(room, 4, 1, 3, said="Those of number {}.")
    for number, said in ((201, "Those of number 201."), (202, ""), (203, " ")):
        assert room.cast(room.it, OTHER, number, segment=2, serves=said).status_code == 201
    ask_customers(room)
    room.reveal()
    assert {over: len(said) for over, said in voices_of(room).items()} == {"Helpdesk": 4, "Others in IT": 5}


def test_words_that_are_withheld_are_told_of_no_team(room):
    send(room, 3, 3, said="Those of number {}.")
    ask_customers(room)
    room.post("/lock/it")
    mark = re.search(r'name="mark" value="([0-9a-f]+)"', room.get("/words").text)[1]
    assert room.post("/words", mark=mark).status_code == 303
    assert "team or ballot" in words_of(room, "/words")
    room.reveal()
    assert sum(map(len, voices_of(room).values())) == 5
    assert "1 withheld by the facilitator." in words_of(room)


def test_a_table_brings_in_teams_by_their_names(room):
    lines = "group,ranking,segment\n" + "".join(f"it,{' '.join(TOP)},networks\n" for _ in range(2))
    assert "for IT: Helpdesk , Networks , Payments" in words_of(room, "/import")
    assert room.get("/import/template.csv").text.strip("\ufeff\r\n") == "group,ranking,segment,basis,respondent"
    assert "Networks" in room.post("/import", text=lines).text
    assert room.post("/import", text=lines, store="all", count="2").status_code == 303
    assert re.findall(r'data-kind="2">(\d)', room.get("/status").text) == ["2"]
    for line, sentence in (
        ("it,A-01 A-02 A-03,Clouds", "The team in IT, in the column “segment”, is “Clouds”."),
        ("it,A-01 A-02 A-03,", "The team in IT, in the column “segment”, is empty."),
        ("customers,A-01 A-02 A-03,Networks", "This workshop has no kinds of customers."),
    ):
        page = room.post("/import", text=f"group,ranking,segment\n{line}\n").text
        assert sentence in " ".join(unescape(re.sub("<[^>]+>", "", page)).split())


def test_an_archive_takes_teams_along_and_the_restored_result_is_the_same(app):
    room = open_room(app, **TEAMS, **CHAIN, second_it="yes")
    for number in range(10):
        tablet = room.stranger()
        for kind, ranking, more in (("prediction", ORDERS[number % 3], {"segment": number % 3 + 1}), ("own", TOP, {})):
            body = {"id": f"{len(kind):016x}{number:016x}", "kind": kind, "ranking": ranking, **more}
            assert tablet.post(f"{room.it}/ballots?kind={kind}", json=body).status_code == 201
    ask_customers(room)
    room.reveal()
    found = archive_of(room)
    assert [(one["group"], one["number"], one["name"], one["kind"]) for one in found["segments"]] == [
        ("it", 1, "Helpdesk", "service_desk"),
        ("it", 2, "Networks", "infrastructure"),
        ("it", 3, "Payments", None),
    ]
    pairs = {}
    for one in found["ballots"]:
        if one["group"] == "it":
            pairs.setdefault(one["person"], set()).add(one["segment"])
    assert sorted(map(len, pairs.values())) == [1] * 10  # both orders of each person, of one team
    before = result_of(room)
    assert before["projection"]["person_difference"] is not None
    assert result_of(restored(app, room)) == before


def test_a_restored_workshop_tells_no_team_of_words_as_they_stand_with_any_ballots(app, room):
    send(room, 3, 3, 3, said="Those of number {}.")
    ask_customers(room)
    room.reveal()
    again = restored(app, room)
    assert told(again) == told(room)
    assert list(voices_of(again)) == ["IT about its customers"]
    assert sum(map(len, voices_of(again).values())) == 9


def test_an_archive_whose_teams_are_not_numbered_is_refused(app, room):
    from tests.web.test_archives import restore

    send(room, 3)
    room.reveal()
    found = archive_of(room)
    found["segments"][1]["number"] = 3
    _, answer = restore(app, found)
    assert answer.status_code == 422
    assert "The teams in IT are not numbered 1, 2, 3" in answer.text


def test_a_ballot_on_paper_asks_for_the_team(room):
    import io

    import pypdf

    for group, asked in (("it", True), ("customers", False)):
        pages = pypdf.PdfReader(io.BytesIO(room.get(f"/paper-ballot/{group}.pdf").data)).pages
        text = " ".join(" ".join(page.extract_text() for page in pages).split())
        assert ("My team is (circle one) Helpdesk / Networks / Payments" in text) is asked


def test_the_workbook_has_a_sheet_of_teams_whose_columns_are_explained(room):
    send(room, 3, 4, 3)
    ask_customers(room, 8)
    room.reveal()
    sheets, docs = sheets_of(room), DOCS.read_text(encoding="utf-8")
    assert list(sheets) == ["Cards", "Comparison", "Ballots", "Teams", "Key"]
    rows = [(row["name"], row.get("kind") or "", row["n"], row["hits"]) for row in table(sheets["Teams"])]
    assert rows == [("Networks", "infrastructure", 4, 0), ("Helpdesk", "service_desk", 3, 3), ("Payments", "", 3, 2)]
    explained = [row for row in table(sheets["Key"]) if row["sheet"] == "Teams"]
    assert [row["column"] for row in explained] == list(table(sheets["Teams"])[0])
    assert [row for row in explained if f"| `{row['column']}` | {row['meaning']} |" not in docs] == []
    measures = {row["measure"]: row["value"] for row in table(sheets["Comparison"])}
    assert measures["teams_p"] == json.loads(room.get("/result.json").text)["teams"]["p"]


def test_it_alone_has_nobody_to_measure_its_teams_by_so_none_is_promised(app):
    room = open_room(app, **TEAMS)
    assert room.post("/groups", alone="it").status_code == 303
    send(room, 4, 2, 1)
    assert hidden(room.get("/lock/it").text) == []
    assert "is shown by itself" not in words_of(room, "/status")
    for step in ("/lock/it", "/reveal"):
        assert room.post(step).status_code == 303
    assert told(room) is None
    assert "Teams in IT" not in words_of(room)
