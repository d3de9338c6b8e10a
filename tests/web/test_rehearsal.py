"""A rehearsal: the reveal of invented ballots, marked everywhere, stored nowhere, the same whatever was sent."""

import html
import re

import pytest
from pypdfium2 import PdfDocument

from cardsort import language
from cardsort.domain.ballots import Group
from cardsort.language import _
from cardsort.store.models import Base, db
from cardsort.usecases.rehearsal import SAID, SERVES
from tests.web.conftest import open_room
from tests.web.test_decks import use

MARK = "Rehearsal: invented ballots"
PAGES = ("", "?step=9&light=1", "/result", "/report.pdf", "/report.pdf?paper=letter")
TOP, OTHERS = ["A-01", "A-02", "A-03"], ["S-13", "S-12", "S-11"]
TEAMS = [f"Team {number}" for number in range(1, 7)]
KINDS = [f"Kind {number}" for number in range(1, 7)]
WORKSHOPS = {  # what was set up, how many cards of its own, and how many people would answer: IT, customers
    "nothing but a name": ({}, 0, (12, 24)),
    "four cards": ({"picks": "3"}, 4, (12, 24)),
    "four cards, all ranked": ({"picks": "4"}, 4, (12, 24)),
    "120 cards": ({}, 120, (12, 24)),
    "120 cards, all ranked": ({"picks": "120", "second_it": "yes", "second_customers": "yes"}, 120, (12, 24)),
    "as many as are expected": ({"expected_it": "9", "expected_customers": "31"}, 0, (9, 31)),
    "so few that nothing would be shown": ({"expected_it": "1", "expected_customers": "2"}, 0, (3, 3)),
    "a million": ({"expected_it": "1000000", "expected_customers": "1000000"}, 0, (120, 120)),
    "two kinds": ({"segments": 2}, 0, (12, 24)),
    "six kinds": ({"segments": 6, "expected_customers": "7"}, 0, (12, 18)),
    "three teams": ({"teams": 3, "expected_it": "14"}, 0, (12, 24)),
    "six teams and six kinds": ({"teams": 6, "segments": 6}, 0, (18, 24)),
    "fifty as the smallest group": ({"segments": 6, "threshold": "50"}, 0, (50, 300)),
    "everybody in IT": ({"census": "yes", "second_it": "yes"}, 0, (12, 24)),
}


def named(segments, teams=0):
    """Kinds of customers and teams in IT, as they are typed in."""
    kinds = {f"segment-{number}": name for number, name in enumerate(KINDS[:segments], start=1)}
    return kinds | {f"it-segment-{number}": name for number, name in enumerate(TEAMS[:teams], start=1)}


def room_of(app, *, segments=0, teams=0, cards=0, **settings):
    kinds = named(segments, teams)
    picks = settings.pop("picks", "10") if cards else None
    room = open_room(app, **settings, **kinds)
    if cards:
        assert (
            use(room, "title\n" + "".join(f"Practice {number}\n" for number in range(1, cards + 1))).status_code == 303
        )
        page = room.get("/edit").text
        fields = dict(re.findall(r'<input[^>]* name="([\w-]+)"[^>]* value="([^"]*)"', page))
        fields |= {"question_it": "Which?", "question_customers": "Which?", "picks": picks, **settings, **kinds}
        answer = room.post("/edit", **fields)
        assert answer.status_code == 303, answer.text
    return room


def last(room):
    return int(re.search(r'data-step="(\d+)"', room.get("/rehearsal?step=999").text)[1])


def slides(room):
    return [room.get(f"/rehearsal?step={step}").text for step in range(last(room) + 1)]


def sheets(room, path="/rehearsal/report.pdf"):
    answer = room.get(path)
    assert answer.status_code == 200, answer.text
    return PdfDocument(answer.data)


def said(page):
    """What can be read on a page."""
    inside = page.split("<body", 1)[-1].split("</body>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", inside)).replace("\u00a0", " ").split())


def everything(room):
    """Every slide, the page and the report, without the workshop's own address."""
    files = [room.get(f"/rehearsal{path}").data for path in PAGES]
    return [body.replace(room.desk.encode(), b"/desk") for body in (*files, *(one.encode() for one in slides(room)))]


def rows(app):
    with app.app_context(), db.engine.connect() as connection:
        return {table.name: connection.execute(table.select()).all() for table in Base.metadata.sorted_tables}


def vote(room, ranking, of_round=1):
    for number in range(5):
        for offset, link in enumerate((room.it, room.customers)):
            body = {"reasons": [{"words": "Nine days."}], "segment": 1} if offset else {"reasons": [{"basis": "know"}]}
            answer = room.cast(link, ranking, 100 * of_round + 2 * number + offset, round=of_round, **body)
            assert answer.status_code == 201, answer.text


def test_a_rehearsal_is_the_same_whatever_was_sent_and_locked_in_any_round(app):
    one, other = room_of(app, segments=3, second_it="yes"), room_of(app, segments=3, second_it="yes")
    silent = everything(one)
    assert everything(other) == silent
    for room, ranking in ((one, TOP), (other, OTHERS)):
        vote(room, ranking)
        room.post("/lock/it")
    assert everything(one) == everything(other) == silent
    for room, ranking in ((one, TOP), (other, OTHERS)):
        room.post("/lock/customers")
        room.post("/reveal")
        room.post("/next-round", round="1", people="same")
        vote(room, ranking[::-1], of_round=2)
    assert everything(one) == everything(other) != silent


def test_a_rehearsal_stores_nothing(app):
    room = room_of(app, segments=2)
    vote(room, TOP)
    before = rows(app)
    everything(room)
    assert room.post("/rehearsal", seen="0", to="3").status_code == 303
    assert rows(app) == before
    room.reveal()
    assert 'data-step="0"' in room.get("/projector").text


@pytest.mark.parametrize("name", WORKSHOPS)
def test_every_slide_the_page_and_every_sheet_of_any_workshop_is_marked(app, name):
    settings, cards, people = WORKSHOPS[name]
    room = room_of(app, cards=cards, **settings)
    shown = slides(room)
    assert [said(slide).count(MARK) for slide in shown] == [1] * len(shown)
    assert all("<title>Rehearsal · " in slide for slide in shown)
    page = room.get("/rehearsal/result").text
    assert said(page).count(MARK) == 1
    assert "A rehearsal: all ballots below are invented." in said(page)
    assert "<title>Rehearsal · Autumn</title>" in page
    told = sheets(room)
    assert len(told) >= 3
    assert [MARK in sheet.get_textpage().get_text_bounded() for sheet in told] == [True] * len(told)
    assert told.get_metadata_value("Title") == "Rehearsal: Autumn"
    answered = [f"{count} people answered" for count in people]
    assert all(re.search(rf"(?<!\d){count}( of [\d,]+)? people answered", said(shown[0])) for count in people), answered


def test_the_file_says_in_its_name_that_it_is_a_rehearsal(app):
    for organisation, whose in (("Harbour & Sons", "harbour-sons"), ("", "autumn")):
        room = open_room(app, organisation=organisation)
        name = room.get("/rehearsal/report.pdf").headers["Content-Disposition"]
        assert name == f'attachment; filename="rehearsal-{whose}-round-1.pdf"'


def test_it_is_told_in_the_workshops_own_cards_questions_kinds_and_teams(app):
    asked = {"question_it": "What do the branches miss?", "question_customers": "What do you miss?"}
    room = room_of(app, cards=12, picks="3", segments=3, teams=2)
    assert room.post("/edit", name="Autumn", picks="3", **asked, **named(3, 2)).status_code == 303
    page = said(room.get("/rehearsal/result").text)
    assert "What do the branches miss?" in said(slides(room)[0])
    for words in (*asked.values(), *KINDS[:3], *TEAMS[:2], *(f"Practice {number}" for number in range(1, 13))):
        assert words in page
    assert "A-01" not in page
    assert "IT knows too little of what matters to us" not in page


def test_whatever_somebody_is_quoted_with_says_that_it_is_invented(app):
    room = room_of(app, segments=2)
    voices = room.get("/rehearsal/result").text.split('id="voices"')[1].split("</section>")[0]
    quoted = re.findall(r'<em dir="auto">“(.*?)”</em>', voices)
    assert len(quoted) > 5
    assert all(words.startswith("Invented: ") for words in quoted)


def invented_in(code):
    """What is written in a rehearsal in that language."""
    with language.speaking(code):
        return {_(words).replace("\u00a0", " ") for words in (*SAID, *SERVES)}


@pytest.mark.parametrize("cards", [0, 12])
def test_everybody_reads_it_in_their_own_language_whoever_read_it_before(app, cards):
    room = room_of(app, cards=cards, segments=2)
    for code in (*language.offered(), language.SOURCE):
        page = said(room.get(f"/rehearsal/result?language={code}").text)
        spoken = [one for one in language.offered() if any(words in page for words in invented_in(one))]
        assert spoken == [code]


def test_nothing_can_be_done_with_it(app):
    page = room_of(app).get("/rehearsal/result").text
    inside = page.split("<main", 1)[1].split("</main>")[0]
    assert "<form" not in inside
    assert not re.search(r'href="[^"#]*/(result\.json|ballots\.csv|agenda|archive|data\.xlsx)', inside)


def test_a_slide_stands_in_the_address_and_light_stays(app):
    room = room_of(app)
    turned = room.post("/rehearsal?light=1", seen="0", to="3")
    assert (turned.status_code, turned.location) == (303, f"{room.desk}/rehearsal?step=3&light=1")
    page = room.get("/rehearsal?step=3&light=1").text
    assert 'data-step="3"' in page
    assert f'action="{room.desk}/rehearsal?light=1"' in page
    assert f'href="{room.desk}/rehearsal?step=3"' in page  # the dark again
    assert "data-step-url" not in page  # no other device is followed
    assert 'data-step="0"' in room.get("/rehearsal").text


@pytest.mark.parametrize(
    ("typed", "status"), [("99", 200), ("-1", 422), ("1.5", 422), ("x" * 99, 422), ("9" * 30, 422)]
)
def test_a_slide_that_cannot_be_is_the_last_one_or_refused_with_a_sentence(app, typed, status):
    room = room_of(app)
    answer = room.get(f"/rehearsal?step={typed}")
    assert answer.status_code == status
    assert (f'data-step="{last(room)}"' if status == 200 else "Type a whole number") in answer.text
    assert room.post("/rehearsal").status_code == 422


def test_it_is_offered_until_the_reveal_and_gone_from_then_on_until_another_round(app):
    room = room_of(app, segments=2)
    for stage in ("preparing", "collecting", "locked"):
        if stage == "collecting":
            vote(room, TOP)
        if stage == "locked":
            room.post("/lock/it")
            room.post("/lock/customers")
            assert f'href="{room.desk}/rehearsal"' in room.get("/reveal").text
        assert f'href="{room.desk}/rehearsal">rehearse the reveal</a>' in room.get("").text
        assert all(room.get(f"/rehearsal{path}").status_code == 200 for path in PAGES)
    room.post("/reveal")
    assert "/rehearsal" not in room.get("").text
    answers = [*(room.get(f"/rehearsal{path}") for path in PAGES), room.post("/rehearsal", seen="0", to="1")]
    assert [answer.status_code for answer in answers] == [409] * 6
    assert all("there is nothing to rehearse any more" in answer.text for answer in answers)
    room.post("/next-round", round="1", people="same")
    assert "Round by round" in said(room.get("/rehearsal/result").text)


def test_the_rehearsal_of_an_example_is_called_a_rehearsal(app):
    from tests.conftest import client_of

    client = client_of(app)
    desk = client.post("/example").location
    client.post(f"{desk}/next-round", data={"round": "1", "people": "same"})
    page = said(client.get(f"{desk}/rehearsal/result").text)
    assert MARK in page
    assert "Example: all people" not in page


@pytest.mark.parametrize("group", Group)
def test_of_a_workshop_for_one_group_one_list_is_rehearsed(app, group):
    room = open_room(app)
    assert room.post("/groups", alone=group).status_code == 303
    told = " ".join(map(said, slides(room)))
    other = {Group.IT: "What customers chose", Group.CUSTOMERS: "What IT thought"}[group]
    assert MARK in told
    assert other not in told
    assert "cannot be shown" not in told
    assert len(sheets(room))
