"""With START_CODE, only who has shown it starts workshops; voting and leading go on without."""

import io

import pytest

from cardsort.usecases.workshops import list_workshops
from cardsort.web.app import create_app
from cardsort.web.kit.config import InvalidSetting, read_config
from tests.conftest import client_of, close

CODE = "rain on the harbour"
SENTENCE = "Starting one here needs a code"
STARTS = [("GET", "/new"), ("POST", "/new"), ("POST", "/example"), ("GET", "/restore"), ("POST", "/restore")]


@pytest.fixture
def coded(make_config):
    made = create_app(make_config(start_code=CODE))
    yield made
    close(made)


def send(client, code, to="new"):
    return client.post("/start-code", data={"code": code, "to": to})


def number_of_workshops(app):
    with app.app_context():
        return len(list_workshops())


@pytest.mark.parametrize(("method", "path"), STARTS)
def test_whoever_has_not_shown_the_code_is_asked_and_starts_nothing(coded, method, path):
    form = {"name": "Autumn", "file": (io.BytesIO(b"{}"), "a.json")} if method == "POST" else None
    answer = client_of(coded).open(path, method=method, data=form)
    assert (answer.status_code, "Starting a workshop needs a code" in answer.text) == (
        200 if form is None else 403,
        True,
    )
    assert number_of_workshops(coded) == 0


@pytest.mark.parametrize(("to", "place"), [("new", "/new"), ("restore", "/restore"), ("example", "/"), ("//evil", "/")])
def test_the_right_code_leads_on_and_is_asked_once(coded, to, place):
    client = client_of(coded)
    assert SENTENCE in client.get("/").text
    answer = send(client, f" {CODE} ", to)
    assert (answer.status_code, answer.location) == (303, place)
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    assert CODE not in answer.headers["Set-Cookie"]
    assert SENTENCE not in client.get("/").text
    assert client.post("/new", data={"name": "Autumn"}).status_code == 303
    assert client.post("/example").status_code == 303
    assert "archive" in client.get("/restore").text
    assert number_of_workshops(coded) == 2


@pytest.mark.parametrize("code", ["", "rain", CODE.upper(), f"{CODE}x", "ä" * 20])
def test_a_wrong_code_is_said_and_opens_nothing(coded, code):
    client = client_of(coded)
    answer = send(client, code)
    assert (answer.status_code, "This is not the code." in answer.text, 'value="new"' in answer.text) == (
        404,
        True,
        True,
    )
    assert client.post("/new", data={"name": "Autumn"}).status_code == 403


def test_guessing_is_slowed_down(coded):
    client = client_of(coded)
    assert [send(client, f"guess {number}").status_code for number in range(61)] == [404] * 60 + [429]
    assert send(client, CODE).status_code == 429


def test_another_code_ends_what_the_old_one_opened(coded, make_config):
    client = client_of(coded)
    send(client, CODE)
    cookie = client.get_cookie("start")
    changed = create_app(make_config(start_code="another code"))
    later = client_of(changed)
    later.set_cookie("start", cookie.value)
    assert later.post("/new", data={"name": "Autumn"}).status_code == 403
    close(changed)


def test_voting_and_leading_need_no_code(coded):
    client = client_of(coded)
    send(client, CODE)
    desk = client.post("/new", data={"name": "Autumn"}).location.rsplit("/", 1)[0]
    client.delete_cookie("start")
    assert client.get("/new").text.count("needs a code") == 1
    assert client.get(desk).status_code == 200
    link = client.get(desk).text.split('href="http://cards.test/v/')[1].split('"')[0]
    assert client_of(coded).get(f"/v/{link}").status_code == 200


def test_without_the_setting_nobody_is_asked(client):
    assert SENTENCE not in client.get("/").text
    assert client.post("/new", data={"name": "Autumn"}).status_code == 303


def test_a_code_that_is_short_enough_to_guess_is_refused(tmp_path):
    with pytest.raises(InvalidSetting, match="START_CODE must have 8 to 200 characters"):
        read_config({"CARDSORT_DATA": str(tmp_path), "START_CODE": "1234567"})
