"""Whose language a request speaks: the device's choice, the link's, the browser's, the workshop's; and the switch."""

import io
import re

import pytest
from pypdf import PdfReader

from cardsort import language, resources
from cardsort.usecases.comparing import compare
from tests.conftest import client_of
from tests.languages import write_catalogue
from tests.web.conftest import open_room
from tests.web.test_foresight import KINDS, fill, merge

ASKED = "Which of these most need solving in how IT serves you?"
SAID = "Wat vraagt hier het eerst om een oplossing?"
NOBODY, NIEMAND = "No people in IT said what customers would choose.", "Niemand bij IT heeft voorspeld."


@pytest.fixture(autouse=True)
def spoken(monkeypatch, tmp_path):
    folder = tmp_path / "translations"
    for code in ("de", "fr"):
        write_catalogue(folder, code)
    write_catalogue(folder, "nl", **{ASKED: SAID, NOBODY: NIEMAND})
    monkeypatch.setattr(resources, "TRANSLATIONS", folder)


def lang(answer):
    return re.search(r'<html lang="([^"]+)"', answer.text)[1]


def choose(client, code, back="/"):
    return client.post("/language", data={"language": code, "back": back})


def test_without_a_workshop_the_switch_then_the_browser_then_english(client):
    assert lang(client.get("/")) == "en"
    assert lang(client.get("/", headers={"Accept-Language": "es"})) == "en"
    assert lang(client.get("/", headers={"Accept-Language": "*"})) == "en"
    german = {"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"}
    assert lang(client.get("/", headers=german)) == "de"
    choose(client, "nl")
    assert lang(client.get("/", headers=german)) == "nl"
    assert lang(client.get("/?language=fr", headers=german)) == "fr"


def test_error_pages_speak_it_too(client):
    german = {"Accept-Language": "de"}
    assert [lang(client.get(path, headers=german)) for path in ("/nowhere", "/v/" + "x" * 24)] == ["de", "de"]
    foreign = client.post("/join", headers=german | {"Sec-Fetch-Site": "cross-site"})
    assert (foreign.status_code, lang(foreign)) == (403, "de")


def test_no_request_leaves_its_language_to_the_next_one_in_its_thread(client):
    client.get("/", headers={"Accept-Language": "de"})
    assert language.present() == "en"
    with language.speaking("fr"):
        client.get("/nowhere", headers={"Accept-Language": "de"})
        assert language.present() == "fr"
    assert lang(client.get("/")) == "en"


@pytest.mark.parametrize(
    "back",
    ["https://evil.test/a", "//evil.test", "/\\evil.test", "\\\\evil.test", "evil", "", "http:evil", "/a\r\nb", "///a"],
)
def test_the_switch_leads_nowhere_but_to_this_site(client, back):
    answer = choose(client, "nl", back)
    assert (answer.status_code, answer.headers["Location"].startswith(("/", "http://cards.test/"))) == (303, True)
    assert answer.headers["Location"].removeprefix("http://cards.test") in {"/", "/a", "/ab"}


def test_the_switch_comes_back_to_the_page_and_its_query(client):
    page = client.get("/deck?by=lens&language=de&offline=1").text
    back = re.search(r'name="back" value="([^"]+)"', page)[1]
    assert back == "/deck?by=lens"
    answer = choose(client, "nl", back)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/deck?by=lens")
    assert "language=nl; " in answer.headers["Set-Cookie"]


def test_a_language_that_is_not_offered_is_refused(client):
    answer = choose(client, "tlh")
    assert (answer.status_code, answer.headers.get("Set-Cookie")) == (422, None)


def test_the_switch_names_each_language_in_itself_and_is_not_there_for_one(client, monkeypatch, tmp_path):
    page = client.get("/").text
    names = re.findall(r'name="language" value="(\w+)" lang="\1"[^>]*>([^<]+)<', page)
    assert names == [("en", "English"), ("de", "Deutsch"), ("fr", "Français"), ("nl", "Nederlands")]
    monkeypatch.setattr(resources, "TRANSLATIONS", tmp_path / "none")
    assert 'action="/language"' not in client.get("/").text


def test_a_workshop_speaks_what_its_facilitator_spoke_and_its_links_what_they_are_set_to(app):
    facilitator = client_of(app)
    facilitator.environ_base["HTTP_ACCEPT_LANGUAGE"] = "nl"
    desk = facilitator.post("/new", data={"name": "Herfst"}).location.rsplit("/", 1)[0]
    page = facilitator.get(desk).text
    customers = re.search(r'id="door-customers".*?href="http://cards.test(/v/[^"]+)"', page, re.DOTALL)[1]
    someone = client_of(app)
    assert lang(someone.get(customers)) == "nl"
    assert lang(someone.get(customers, headers={"Accept-Language": "fr"})) == "fr"
    answer = facilitator.post(f"{desk}/link-language/customers", data={"language": "de"})
    assert answer.status_code == 303
    nowhere = facilitator.post(f"{desk}/link-language/customers?kind=1", data={"language": "en"})
    assert nowhere.status_code == 404  # there are no kinds
    assert lang(someone.get(customers, headers={"Accept-Language": "fr"})) == "de"
    assert lang(someone.get(customers + "/answer", headers={"Accept-Language": "fr"})) == "de"
    choose(someone, "en")
    assert lang(someone.get(customers)) == "en"
    assert lang(facilitator.get(desk, headers={"Accept-Language": "es"})) == "nl"


def test_the_cards_come_in_the_language_of_the_reader_and_by_an_address_of_their_own(room):
    reader = room.stranger()
    found = {}
    for code, title in (("en", "IT knows too little"), ("nl", "IT weet te weinig van wat voor ons telt")):
        page = reader.get(room.customers + "/ballot", headers={"Accept-Language": code}).text
        assert f'data-language="{code}"' in page
        found[code] = re.search(r'href="(/v/[^"]+/cards/[^"]+)"', page)[1]
        worker = reader.get(room.customers + "/worker.js", headers={"Accept-Language": code}).text
        assert found[code] in worker
        assert f"offline=1&language={code}" in worker.replace("\\u0026", "&")
        cards = reader.get(found[code], headers={"Accept-Language": "fr"}).text
        assert title in cards
        assert cards.count("data-card=") == 52
    assert found["en"] != found["nl"]


def test_ballots_of_three_languages_merge_and_the_report_is_in_the_fourth(room):
    for number, code in enumerate(("nl", "de", "en", "nl", "de", "en"), start=1):
        link, kind = (room.it, "prediction") if number > 3 else (room.customers, "own")
        person = room.stranger()
        body = {"id": f"{number:032x}", "kind": kind, "ranking": ["A-01", "B-02", "C-03"]}
        assert person.post(f"{link}/ballots", json=body, headers={"Accept-Language": code}).status_code == 201
    room.reveal()
    room.facilitator.environ_base["HTTP_ACCEPT_LANGUAGE"] = "nl"
    answer = room.post("/report.pdf", language="fr", paper="a4")
    assert answer.status_code == 200
    report = PdfReader(io.BytesIO(answer.data))
    told = " ".join(" ".join(page.extract_text() for page in report.pages).split())
    assert ("L’informatique connaît mal nos priorités" in told, "IT weet te weinig" in told) == (True, False)
    assert report.root_object["/Lang"] == "fr"


def test_why_a_value_is_missing_is_said_in_each_reader_s_language_and_to_each_workshop_its_own(app, room):
    def why(one, code):
        answer = one.facilitator.get(one.desk + "/result.json", headers={"Accept-Language": code})
        return answer.json["reasons"]["/comparison"]

    few = open_room(app, name="Two of IT")
    for number in range(2):
        few.cast(few.it, ["A-01", "B-02", "C-03"], number)
    for one, number in ((room, 100), (few, 101)):
        one.cast(one.customers, ["A-01", "B-02", "C-03"], number)
        one.reveal()
    said = [(why(room, code), why(few, code)) for code in ("en", "nl", "de", "en")]
    few_said = "Fewer than 3\xa0people answered. To keep everybody anonymous, nothing is shown of so few."
    assert said == [(NOBODY, few_said), (NIEMAND, few_said), (NOBODY, few_said), (NOBODY, few_said)]


def pages_of(answer):
    assert answer.status_code == 200
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(answer.data)).pages]


def test_kinds_told_together_and_the_deck_are_named_in_the_language_of_each_page_and_file(app, tmp_path):
    room = open_room(app, **KINDS)
    fill(room, 5, 2, 2)
    for number in range(5):
        room.cast(room.it, ["A-01", "B-02", "C-03"], 500 + number)
    merge(room, 3, 2)
    room.reveal()
    kinds, decks = ("Citizens and Farms", "Citizens en Farms"), ("52 worst practices", "52 slechte gewoontes")
    for code, named in (("en", (True, False)), ("nl", (False, True)), ("en", (True, False))):
        page = room.get(f"/result?language={code}").text
        for names in (kinds, decks):
            assert tuple(name in page for name in names) == named, code
        ballots = tmp_path / f"{code}.csv"
        ballots.write_bytes(room.get(f"/ballots.csv?language={code}").data)
        assert tuple(name in ballots.read_text("utf-8") for name in kinds) == named
        assert f">{compare(ballots).facts.checksum}<" in page
    room.facilitator.environ_base["HTTP_ACCEPT_LANGUAGE"] = "nl"
    assert kinds[0] in room.get("/ballots.csv").text  # to be handed on: in the workshop's own


def test_an_invitation_is_in_the_language_of_its_link_unless_another_is_asked_for(room):
    room.post("/link-language/customers", language="nl")
    own, chosen = (pages_of(room.get("/invitations.pdf" + query)) for query in ("", "?language=en"))
    assert [(ASKED in page, SAID in page) for page in own] == [(False, False), (False, True)]
    assert [(ASKED in page, SAID in page) for page in chosen] == [(False, False), (True, False)]


def test_a_mail_is_in_the_language_of_its_link_on_a_page_in_that_of_its_reader(room):
    room.post("/link-language/customers", language="nl")
    page = room.get("/mail/customers")
    assert (lang(page), 'lang="nl">' in page.text) == ("en", True)
    assert (ASKED in page.text, SAID in page.text) == (False, True)
    assert "lang=" not in re.search(r"<textarea[^>]*>", room.get("/mail/it").text)[0]


def test_a_link_in_a_language_that_is_no_longer_offered_is_handed_out_in_the_reader_s(room, monkeypatch, tmp_path):
    room.post("/link-language/customers", language="nl")
    monkeypatch.setattr(resources, "TRANSLATIONS", tmp_path / "none")
    assert ASKED in room.get("/mail/customers").text
    assert any(ASKED in page for page in pages_of(room.get("/invitations.pdf")))
    assert room.get("").status_code == 200


def test_the_usual_question_is_said_in_the_reader_s_language_and_a_typed_one_as_it_was_typed(room):
    english, dutch, spanish = ({"Accept-Language": code} for code in ("en", "nl", "es"))
    assert SAID in room.stranger().get(room.customers, headers=dutch).text
    form = {"name": "Autumn", "question_it": "", "picks": "10", "threshold": "3"}
    room.facilitator.environ_base["HTTP_ACCEPT_LANGUAGE"] = "nl"
    assert room.post("/edit", **form, question_customers=SAID).status_code == 303
    assert ASKED in room.stranger().get(room.customers, headers=english).text
    assert room.post("/edit", **form, question_customers="Wat eerst?", language="nl").status_code == 303
    assert "Wat eerst?" in room.stranger().get(room.customers, headers=english).text
    assert lang(room.stranger().get(room.customers, headers=spanish)) == "nl"
