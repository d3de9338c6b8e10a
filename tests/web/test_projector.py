"""The reveal on the projector: one slide at a time, the same on every device, and nothing before its step."""

import re
from html import unescape

import pytest

from tests.conftest import client_of
from tests.web.conftest import open_room

TOP, CHOSEN = ["A-01", "A-02", "A-03"], ["A-02", "S-05", "A-01"]
CARDS = ("A-01", "A-02", "A-03", "S-05")


@pytest.fixture
def revealed(app):
    room = open_room(app, picks="3", expected_it="4")
    for number in range(3):
        assert room.cast(room.it, TOP, number).status_code == 201
        assert room.cast(room.customers, CHOSEN, 100 + number).status_code == 201
    room.reveal()
    return room


def shown(room):
    return int(re.search(r'data-step="(\d+)"', room.get("/projector").text)[1])


def goes_on(room):
    return 'data-more="1"' in room.get("/projector").text


def every_slide(room):
    """The pages of the whole reveal, one press after the other."""
    step, pages = 0, [room.get("/projector").text]
    while goes_on(room):
        room.post("/projector", seen=step, to=step + 1)
        step += 1
        pages.append(room.get("/projector").text)
    return pages


def named(page, deck):
    return {code for code in deck.codes if code in page or deck[code].title in page or deck[code].question in page}


def test_no_card_is_in_the_page_before_its_step_at_every_step(revealed, deck):
    """A-03, A-02, A-01 turn over for IT; then A-01, S-05, A-02 for the customers; then all of them are known."""
    found = [named(page, deck) for page in every_slide(revealed)]
    it = {"A-01", "A-02", "A-03"}
    assert found[:9] == [set(), {"A-03"}, {"A-02", "A-03"}, it, it, it, it | {"S-05"}, it | {"S-05"}, it | {"S-05"}]
    assert found[9:11] == [set(), set()]  # guessing, then the hits
    assert set().union(*found) == set(CARDS)


def test_what_comes_is_told_by_no_number_and_no_name_of_what_there_is_to_jump_to(revealed):
    """However many clear gaps there are to come, the first slides are the same but for what they show."""
    page = revealed.get("/projector").text
    places = re.findall(r'name="to" value="([^"]+)"', page)
    assert places == ["questions", "it", "customers", "marks", "gaps", "shared", "room", "agree", "-1", "faster", "1"]
    assert not re.search(r"\bof \d", re.sub(r"<[^>]*>", "", page.split('class="bar"')[1]))


@pytest.mark.parametrize(("to", "step"), [("customers", 4), ("agree", 16), ("faster", 3), ("questions", 0)])
def test_a_part_can_be_jumped_to_and_a_block_turned_at_once(revealed, to, step):
    assert revealed.post("/projector", seen=0, to=to).status_code == 303
    assert shown(revealed) == step
    revealed.post("/projector", seen=step, to="faster")
    assert shown(revealed) == {0: 3, 3: 8, 4: 8, 16: 16}[step]


def test_the_last_slide_opens_the_agenda(revealed):
    revealed.post("/projector", seen=0, to="agree")
    page = revealed.get("/projector").text
    assert f'href="{revealed.desk}/agenda">Open the agenda' in page
    assert not goes_on(revealed)


def test_a_reveal_opens_the_projector_and_the_desk_offers_both(revealed):
    answer = revealed.post("/reveal")
    assert (answer.status_code, answer.location) == (303, f"{revealed.desk}/projector")
    desk = revealed.get("").text
    assert f'href="{revealed.desk}/projector">Show it step by step' in desk
    assert f'href="{revealed.desk}/result">Read the comparison' in desk


def test_every_device_sees_the_slide_that_one_of_them_turned_to(revealed, app):
    token = revealed.get("/keep").text.split("http://cards.test/f/")[1].split("<")[0]
    tablet = client_of(app)
    tablet.get(f"/f/{token}")
    answer = tablet.post(f"{revealed.desk}/projector", data={"seen": 0, "to": 1})
    assert (answer.status_code, answer.location) == (303, f"{revealed.desk}/projector")
    assert shown(revealed) == 1
    revealed.post("/projector", seen=0, to=1)  # late: this one saw the slide before
    assert shown(revealed) == 1
    revealed.post("/projector", seen=1, to=0)
    assert shown(revealed) == 0


def test_looking_turns_nothing_and_an_unchanged_step_costs_a_304(revealed):
    for method in ("GET", "HEAD", "OPTIONS"):
        for path in ("/projector", "/projector?seen=0&to=3", "/projector/step"):
            revealed.facilitator.open(revealed.desk + path, method=method)
    first = revealed.get("/projector/step")
    assert (first.text, first.headers["Cache-Control"]) == ("0", "private, no-cache")
    again = revealed.facilitator.get(
        f"{revealed.desk}/projector/step", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")
    revealed.post("/projector", seen=0, to=2)
    moved = revealed.facilitator.get(
        f"{revealed.desk}/projector/step", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert (moved.status_code, moved.text) == (200, "2")
    assert revealed.get("/projector").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"seen": "0", "to": "99"}, "There is no slide 100: they go from 1 to "),
        ({"seen": "0", "to": "gap"}, "The slide to show is “gap”. Type a whole number"),
        ({"seen": "0", "to": "-1"}, "The slide to show is “-1”. Type a whole number"),
        ({"seen": "1.5", "to": "2"}, "The slide on the screen is “1.5”."),
        ({"seen": "0"}, "It is not said from which slide to which. Use the buttons on the page."),
        ({}, "It is not said from which slide to which."),
        ({"seen": "9" * 30, "to": "1"}, "The slide on the screen is “"),
    ],
)
def test_a_slide_that_does_not_exist_is_refused_with_a_sentence_and_nothing_turns(revealed, form, sentence):
    revealed.post("/projector", seen=0, to=3)
    answer = revealed.post("/projector", **form)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert shown(revealed) == 3


def test_before_the_reveal_the_projector_says_so_and_names_no_card(room, deck):
    for number in range(3):
        room.cast(room.it, TOP, number)
    answer = room.get("/projector")
    assert answer.status_code == 409
    assert "There is no result to see before the reveal." in answer.text
    assert named(answer.text, deck) == set()
    assert room.post("/projector", seen=0, to=1).status_code == 409


def test_daylight_is_in_the_address_alone_and_stays_while_slides_turn(revealed):
    assert 'data-scheme="dark"' in revealed.get("/projector").text
    light = revealed.get("/projector?light=1")
    assert "data-scheme" not in light.text
    assert f'action="{revealed.desk}/projector?light=1"' in light.text
    answer = revealed.post("/projector?light=1", seen=0, to=1)
    assert answer.location == f"{revealed.desk}/projector?light=1"
    assert "Set-Cookie" not in light.headers
    assert "Set-Cookie" not in answer.headers


def test_of_a_group_that_is_too_small_no_slide_names_a_card(app, deck):
    room = open_room(app, picks="3")
    for number in range(3):
        room.cast(room.it, TOP, number)
    for number in range(2):
        room.cast(room.customers, ["S-05", "S-06", "S-07"], 100 + number)
    room.reveal()
    pages = every_slide(room)
    assert set().union(*(named(page, deck) for page in pages)) == set(TOP)
    assert any("what customers chose cannot be shown" in page for page in pages)
    assert not any("2\u00a0people answered" in page for page in pages)


@pytest.mark.parametrize("path", ["/show", "/show/it", "/show/customers"])
def test_the_join_screen_shows_codes_and_counts_and_nothing_to_press(app, path):
    room = open_room(app, picks="3", expected_it="4")
    room.cast(room.it, TOP, 1)
    page = room.get(path).text
    assert ('<strong class="num">1</strong> of 4 has sent' in page) == (path != "/show/customers")
    assert ('<strong class="num">0</strong> have sent' in page) == (path != "/show/it")
    assert page.count('class="join-code"') == (2 if path == "/show" else 1)
    assert "open <strong>cards.test</strong> and type the code" in page
    for unwanted in ("<form", "<button", "/f/", "/keep", "/reveal", "/lock", "/result", "/projector"):
        assert unwanted not in page, unwanted


@pytest.mark.parametrize(
    "path", ["/show", "/show/it", "/show/customers", "/show/customers?kind=1", "/show/customers?kind=2"]
)
def test_the_join_screen_shows_the_same_codes_in_the_other_light(app, path):
    room = open_room(app, **{"segment-1": "Branches", "segment-2": "Citizens"})
    dark = room.get(path).text
    light = room.facilitator.get(unescape(re.findall(r'href="([^"]+)"', dark)[-1])).text
    code = re.compile(r">([A-Z2-9]{4}-[A-Z2-9]{4})<")
    assert ('data-scheme="dark"' in dark, 'data-scheme="dark"' in light) == (True, False)
    assert code.findall(light) == code.findall(dark) != []


def test_the_count_of_the_join_screen_costs_a_304_until_somebody_sends(room):
    first = room.get("/sent/it")
    unchanged = {"If-None-Match": first.headers["ETag"]}
    assert room.facilitator.get(f"{room.desk}/sent/it", headers=unchanged).status_code == 304
    room.cast(room.it, TOP, 1)
    more = room.facilitator.get(f"{room.desk}/sent/it", headers=unchanged)
    assert (more.status_code, " ".join(more.text.split())) == (
        200,
        '<p class="join-count"><strong class="num">1</strong> has sent</p>',
    )
    room.post("/lock/it")
    assert "Locked: no more are taken." in room.get("/sent/it").text
    assert room.get("/sent/nobody").status_code == 404
