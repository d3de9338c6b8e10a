"""The lists on participants' own devices: nothing before the projector has turned them over and the facilitator shows
them, never more than its slides have, and nothing once they are hidden again.
"""

import csv
import io
import json
import re
from html import unescape

import pytest

from tests.web.conftest import open_room

TOP, CHOSEN = ["A-01", "A-02", "A-03"], ["A-02", "S-05", "A-01"]
NOT_HERE = "There is no result here just now."
NOT_TURNED = "Not everything of the lists has been turned over yet, so participants are shown nothing."
SHOWN, HIDDEN = {"show": "yes"}, {"show": "no"}


@pytest.fixture
def revealed(app):
    return reveal(app)


def reveal(app, it=3, customers=3, **settings):
    room = open_room(app, picks="3", **settings)
    for number in range(it):
        assert room.cast(room.it, TOP, number).status_code == 201
    for number in range(customers):
        assert room.cast(room.customers, CHOSEN, 100 + number).status_code == 201
    room.reveal()
    return room


def turn(room, to="agree"):
    """The projector goes there; past both lists by default."""
    seen = re.search(r'data-step="(\d+)"', room.get("/projector").text)[1]
    assert room.post("/projector", seen=seen, to=to).status_code == 303


def show(room):
    turn(room)
    assert room.post("/devices", **SHOWN).status_code == 303


def links(room):
    return room.it, room.customers


def listed(page, side):
    """The rows of a list as they are read out."""
    found = re.search(rf'data-list="{side}">.*?<ol[^>]*>(.*?)</ol>', page.text, re.DOTALL)
    rows = re.sub(r"<span[^>]*data-yours.*?</span></span>", "", found[1], flags=re.DOTALL) if found else ""
    return [flat(row) for row in re.findall(r"<li.*?</li>", rows, re.DOTALL)]


def words(page):
    return flat(page.text.split("<main")[1])


def flat(markup):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def named(text, deck):
    return {code for code in deck.codes if code in text or deck[code].title in text}


def test_both_links_show_both_lists_once_the_facilitator_does_and_nothing_before_or_after(revealed, deck):
    person = revealed.stranger()
    for link in links(revealed):
        assert (person.get(f"{link}/result").status_code, person.get(f"{link}/state").json["shown"]) == (404, False)
    before = [person.get(link).text for link in links(revealed)]
    show(revealed)
    it = [f"Place {place} {deck[code].title}" for place, code in enumerate(TOP, start=1)]
    customers = [f"Place {place} {deck[code].title}" for place, code in enumerate(CHOSEN, start=1)]
    for link in links(revealed):
        page = person.get(f"{link}/result")
        assert (listed(page, "it"), listed(page, "customers")) == (it, customers)
        assert person.get(f"{link}/state").json["shown"] is True
        assert f'href="{link}/result">See the result beside your list</a>' in person.get(link).text
    revealed.post("/devices", **HIDDEN)
    for link in links(revealed):
        refused = person.get(f"{link}/result")
        assert (refused.status_code, NOT_HERE in refused.text, named(refused.text, deck)) == (404, True, set())
    assert [person.get(link).text for link in links(revealed)] == before


def test_before_the_reveal_nothing_can_be_shown_and_the_refusal_is_the_same_as_after_it(room, deck):
    for number in range(3):
        room.cast(room.it, TOP, number)
    refused = room.post("/devices", **SHOWN)
    assert (refused.status_code, named(refused.text, deck)) == (409, set())
    early = room.stranger().get(f"{room.it}/result")
    for number in range(3):
        room.cast(room.customers, CHOSEN, 100 + number)
    room.reveal()
    late = room.stranger().get(f"{room.it}/result")
    assert (early.status_code, early.data) == (late.status_code, late.data)


def test_participants_are_shown_nothing_that_the_projector_has_not_turned_over(revealed):
    """Slides 1 to 3 turn IT's list, 4 to 7 the customers', 8 lays both side by side."""
    for step in range(8):
        assert "Show on devices" not in revealed.get("/projector").text
        refused = revealed.post("/devices", **SHOWN)
        assert (refused.status_code, NOT_TURNED in refused.text) == (409, True)
        assert revealed.stranger().get(f"{revealed.it}/result").status_code == 404
        revealed.post("/projector", seen=step, to=step + 1)
    assert "Show on devices" in revealed.get("/projector").text
    before = revealed.get("/projector/step").text
    assert revealed.post("/devices", **SHOWN).status_code == 303
    assert revealed.get("/projector/step").text == f"{before} shown"  # other devices with the desk follow
    turn(revealed, to="questions")  # going back takes nothing away that was shown
    assert "Hide on devices" in revealed.get("/projector").text
    assert revealed.stranger().get(f"{revealed.it}/result").status_code == 200


def test_the_projector_and_the_desk_stay_where_one_was(revealed):
    assert "once these are turned over on the projector" in words(revealed.get(""))
    turn(revealed)
    assert "Show participants the result" in words(revealed.get(""))
    on_wall = revealed.post("/devices?from=projector&light=1", **SHOWN)
    assert on_wall.location == f"{revealed.desk}/projector?light=1"
    assert "Hide it again" in words(revealed.get(""))
    assert "Hide on devices" in revealed.get("/presenter").text
    assert revealed.post("/devices?from=presenter", **SHOWN).location == f"{revealed.desk}/presenter"
    assert revealed.post("/devices?from=elsewhere", **SHOWN).location == f"{revealed.desk}#devices"
    assert revealed.post("/devices", **HIDDEN).location == f"{revealed.desk}#devices"
    assert "Show on devices" in revealed.get("/projector").text


def test_only_the_rows_of_the_slide_are_sent_and_no_number_of_people(app, deck):
    """Whoever votes on their own takes a card to the customers' list that is not in its top."""
    room = open_room(app, picks="3")
    for number in range(3):
        room.cast(room.it, TOP, number)
        room.cast(room.customers, CHOSEN, 100 + number)
    room.cast(room.customers, ["C-07", "A-02", "S-05"], 200)
    room.reveal()
    show(room)
    page = room.stranger().get(f"{room.it}/result")
    assert named(page.text, deck) == {"A-01", "A-02", "A-03", "S-05"}
    assert not re.search(r"\d+ (people|ballots|of IT|customers)|%", words(page))


def test_a_list_of_too_few_people_is_missing_with_the_words_of_the_slide(app, deck):
    room = open_room(app, picks="3")
    for number in range(3):
        room.cast(room.it, TOP, number)
    for number in range(2):
        room.cast(room.customers, ["S-05", "S-06", "S-07"], 100 + number)
    room.reveal()
    show(room)
    page = room.stranger().get(f"{room.customers}/result")
    turn(room, to="customers")
    slide = re.search(r'<h1 data-say>(.*?)</h1>\s*<p class="said" data-say>(.*?)</p>', room.get("/projector").text)
    assert slide[1] in page.text
    assert slide[2] in page.text
    assert (named(page.text, deck), len(listed(page, "it")), listed(page, "customers")) == (set(TOP), 3, [])


@pytest.mark.parametrize(("alone", "ranking"), [("customers", CHOSEN), ("it", TOP)])
def test_a_workshop_of_one_group_shows_its_one_list(app, deck, alone, ranking):
    room = open_room(app, picks="3")
    assert room.post("/groups", alone=alone).status_code == 303
    link = room.it if alone == "it" else room.customers
    for number in range(3):
        assert room.cast(link, ranking, number).status_code == 201
    assert room.post(f"/lock/{alone}").status_code == 303
    assert room.post("/reveal").status_code == 303
    show(room)
    page = room.stranger().get(f"{link}/result")
    assert re.findall(r'data-list="(\w+)"', page.text) == [alone]
    assert listed(page, alone) == [f"Place {place} {deck[code].title}" for place, code in enumerate(ranking, start=1)]


def test_a_list_that_may_no_longer_be_shown_is_gone_at_once(revealed, deck):
    show(revealed)
    assert revealed.post("/edit", threshold="4").status_code == 303
    page = revealed.stranger().get(f"{revealed.it}/result")
    assert (page.status_code, named(page.text, deck)) == (200, set())


def test_another_workshop_s_links_and_the_next_round_show_nothing(app, revealed):
    show(revealed)
    other = reveal(app, name="Another")
    for link in links(other):
        assert revealed.stranger().get(f"{link}/result").status_code == 404
    assert other.facilitator.post(f"{revealed.desk}/devices", data=HIDDEN).status_code == 404
    revealed.post("/next-round", round="1", people="same")
    for link in links(revealed):
        assert revealed.stranger().get(f"{link}/result").status_code == 404
    assert revealed.post("/devices", **SHOWN).status_code == 409


def test_the_page_says_which_ballots_it_belongs_to_and_never_what_is_in_them(app, deck):
    """The order itself comes from the device; the server sends only the ids of those that this browser sent."""
    room = open_room(app, picks="3", second_it="yes")
    person, own = room.stranger(), ["C-07", "S-11", "B-02"]
    for number, kind in ((1, "prediction"), (2, "own")):
        body = {"id": f"{number:032x}", "kind": kind, "ranking": own}
        asked = "?kind=own" if kind == "own" else ""
        assert person.post(f"{room.it}/ballots{asked}", json=body).status_code == 201
    for number in range(3, 6):
        room.cast(room.it, TOP, number)
        room.cast(room.customers, CHOSEN, 100 + number)
    room.reveal()
    show(room)
    page = person.get(f"{room.it}/result").text
    workshop = room.desk.split("/")[2]
    assert re.findall(r'data-own="([^"]+)" data-sent="([^"]+)"( data-core)?', page) == [
        (f"cardsort:{workshop}:1:it:prediction", f"{1:032x}", " data-core"),
        (f"cardsort:{workshop}:1:it:own", f"{2:032x}", ""),
    ]
    found = re.search(r'id="titles">(.*?)</script>', page)
    assert json.loads(found[1]) == {card.code: card.title for card in deck.cards}  # of the whole deck, as on the ballot
    assert not any(code in page.replace(found[0], "") for code in own)
    stranger = room.stranger().get(f"{room.it}/result").text
    assert "No order was sent from this browser" in stranger
    assert "data-own" not in stranger


def test_a_shared_tablet_shows_nobody_s_own_list(app):
    room = open_room(app, picks="3")
    person = room.stranger()
    person.post(f"{room.it}/ballots", json={"id": f"{1:032x}", "kind": "prediction", "ranking": TOP})
    for number in range(2, 5):
        room.cast(room.it, TOP, number)
        room.cast(room.customers, CHOSEN, 100 + number)
    room.reveal()
    show(room)
    assert "data-own" in person.get(f"{room.it}/result").text
    shared = person.get(f"{room.it}/result?kiosk=1").text
    assert "On a shared device nobody’s own list is shown." in shared
    assert not re.search("data-own|data-sent|own.js|titles", shared)
    assert f'href="{room.it}/result?kiosk=1">See the result</a>' in person.get(f"{room.it}?kiosk=1").text


def test_where_the_ballot_went_on_elsewhere_its_list_is_not_shown_any_more(app):
    room = open_room(app, picks="3")
    first, second = room.stranger(), room.stranger()
    first.post(f"{room.it}/ballots", json={"id": f"{1:032x}", "kind": "prediction", "ranking": TOP})
    code = re.search(r"data-code>([^<]+)<", first.post(f"{room.it}/elsewhere").text)[1]
    assert second.post(f"{room.it}/elsewhere/{code}").status_code == 200
    for number in range(2, 5):
        room.cast(room.it, TOP, number)
        room.cast(room.customers, CHOSEN, 100 + number)
    room.reveal()
    show(room)
    assert first.get(f"{room.it}/result").status_code == 403
    assert f'data-sent="{1:032x}"' in second.get(f"{room.it}/result").text


def test_with_one_time_codes_the_link_is_read_without_one(app):
    room = open_room(app, picks="3")
    room.post("/codes", count=3)
    codes = [row["code"] for row in csv.DictReader(io.StringIO(room.get("/codes.csv").text))]
    for number, code in enumerate(codes):
        assert room.cast(room.it, TOP, number).status_code == 201
        assert room.cast(room.customers, CHOSEN, 100 + number, code=code).status_code == 201
    room.reveal()
    show(room)
    assert len(listed(room.stranger().get(f"{room.customers}/result"), "customers")) == 3


def test_a_restored_workshop_shows_participants_nothing_until_it_is_shown_there(revealed):
    show(revealed)
    archive = revealed.get("/archive").data
    assert b"on_devices" not in archive
    answer = revealed.facilitator.post("/restore", data={"file": (io.BytesIO(archive), "a.cardsort.json")})
    assert answer.status_code == 303, answer.text
    desk = answer.location.rsplit("/", 1)[0]
    page = revealed.facilitator.get(desk).text
    assert "Show participants the result" in page
    (link,) = set(re.findall(r'id="door-it".*?href="http://cards.test(/v/[^"]+)"', page, re.DOTALL))
    assert revealed.stranger().get(f"{link}/result").status_code == 404


def test_the_published_answer_leads_to_it_while_it_is_shown(revealed):
    show(revealed)
    revealed.post("/agenda", code="A-02")
    said = {"decision": "no", "reason": "No money", "alternative": "A list of costs"}
    assert revealed.facilitator.put(f"{revealed.desk}/agenda/1/A-02", json=said).status_code == 200
    assert revealed.post("/agenda/publish").status_code == 303
    person, link = revealed.stranger(), revealed.customers
    way = f'href="{link}/result">See the'
    assert way in person.get(f"{link}/answer").text
    assert f'href="{link}/answer">Read what will be done' in person.get(f"{link}/result").text
    revealed.post("/devices", **HIDDEN)
    assert way not in person.get(f"{link}/answer").text


def test_a_locked_welcome_page_asks_whether_the_result_is_shown_and_one_that_shows_it_no_more(revealed):
    person = revealed.stranger()
    asks = f'js/shown.js" type="module" data-state="{revealed.it}/state"'
    assert asks in person.get(revealed.it).text
    show(revealed)
    assert asks not in person.get(revealed.it).text
