"""What holds for every request and answer."""

import gzip
import re

import brotli
import pytest
from limits import parse_many
from sqlalchemy import event

from cardsort.store.models import db
from cardsort.web.kit import limits
from cardsort.web.kit.errors import SENTENCES
from tests.neighbour import rows_of
from tests.web.conftest import open_room

PAGES = [
    "/",
    "/new",
    "/deck",
    "/guide",
    "/accessibility",
    "/nothing",
    "/static/old/css/base.css",
    "/static/old/nothing.css",
    "/f/nothing",
    "/v/nothing",
]


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_the_strict_headers(client, path):
    with client.get(path) as answer:
        headers = answer.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in headers  # plain http in the room


def test_what_is_behind_links_is_for_no_search_engine_and_the_public_pages_are_for_all(room):
    behind = [room.it, f"{room.customers}/ballot", "/v/nothing", "/f/nothing", room.desk, f"{room.desk}/print"]
    for path, told in [(path, "noindex") for path in behind] + [
        (path, None) for path in ("/", "/deck", "/guide", "/nothing")
    ]:
        assert room.facilitator.get(path).headers.get("X-Robots-Tag") == told, path


def test_private_pages_are_never_kept_and_versioned_files_always(client, room):
    assert room.get("").headers["Cache-Control"] == "no-store"
    assert client.get(room.it).headers["Cache-Control"] == "no-store"
    style = client.get("/").text.split('rel="stylesheet" href="')[1].split('"')[0]
    with client.get(style) as answer:
        assert "max-age=31536000" in answer.headers["Cache-Control"]
    with client.get("/static/before-the-upgrade/css/base.css") as answer:
        assert answer.status_code == 200
        assert "max-age=31536000" not in answer.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/deck", "/static/v/vendor/htmx.min.js"])
@pytest.mark.parametrize(
    ("taken", "name"),
    [("deflate, gzip", "gzip"), ("gzip, deflate, br", "br"), ("gzip, br;q=0", "gzip"), ("br, gzip;q=0", "br")],
)
def test_texts_travel_compressed_where_the_browser_takes_it(client, path, taken, name):
    unpack = {"gzip": gzip.decompress, "br": brotli.decompress}[name]
    with client.get(path) as plain, client.get(path, headers={"Accept-Encoding": taken}) as packed:
        assert "Content-Encoding" not in plain.headers
        assert packed.headers["Content-Encoding"] == name
        assert unpack(packed.data) == plain.data
        assert len(packed.data) < 0.4 * len(plain.data)
        assert "Accept-Encoding" in packed.headers["Vary"]


def poll(client, path, etag=None):
    """The answer to one more poll, and how many statements it took."""
    statements = []

    def note(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    with client.application.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    answer = client.get(path, headers={"If-None-Match": etag} if etag else {})
    event.remove(engine, "before_cursor_execute", note)
    return answer, len(statements)


@pytest.mark.parametrize("path", ["/status", "/sent/it", "/projector/step"])
def test_an_unchanged_answer_costs_a_304_and_no_look_into_the_database(room, path):
    if path == "/projector/step":
        for number in range(6):
            room.cast(room.it if number < 3 else room.customers, ["A-01", "A-02", "A-03"], number)
        room.reveal()
    first, looks = poll(room.facilitator, room.desk + path)
    assert (first.status_code, looks > 0) == (200, True)
    again, looks = poll(room.facilitator, room.desk + path, first.headers["ETag"])
    assert (again.status_code, again.data, looks) == (304, b"", 0)
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Cache-Control"] == "private, no-cache"
    other, looks = poll(room.facilitator, room.desk + path, '"another"')
    assert (other.status_code, other.data, looks) == (200, first.data, 0)


def test_a_new_ballot_is_in_the_next_answer(room):
    first, _ = poll(room.facilitator, f"{room.desk}/status")
    poll(room.facilitator, f"{room.desk}/status", first.headers["ETag"])
    room.cast(room.it, ["A-01", "A-02", "A-03"], 1)
    changed, _ = poll(room.facilitator, f"{room.desk}/status", first.headers["ETag"])
    assert changed.status_code == 200
    assert 'data-count="it">1<' in changed.text


def test_who_may_not_see_the_status_gets_no_304_for_knowing_it(room):
    first, _ = poll(room.facilitator, f"{room.desk}/status")
    assert poll(room.facilitator, f"{room.desk}/status", first.headers["ETag"])[0].status_code == 304
    refused, _ = poll(room.stranger(), f"{room.desk}/status", first.headers["ETag"])
    assert refused.status_code == 404
    second = room.stranger()
    second.get(re.search(r"http://cards.test(/f/[\w-]+)", room.get("/keep").text)[1])
    poll(second, f"{room.desk}/status")
    assert poll(second, f"{room.desk}/status", first.headers["ETag"])[0].status_code == 304
    assert room.post("/new-link").status_code == 303  # replaces the link that the second device came by
    refused, _ = poll(second, f"{room.desk}/status", first.headers["ETag"])
    assert refused.status_code == 404


@pytest.mark.parametrize("host", ["evil.example", "cards.test.evil.example", "10.9.8.7", "["])
def test_a_foreign_host_is_refused(client, host):
    answer = client.get("/", headers={"Host": host})
    assert answer.status_code == 400
    assert "Use http://cards.test" in answer.text
    assert host not in answer.text


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_address_is_answered_under_a_foreign_name(app, room, method):
    for path in {address_for(rule, room) for rule in app.url_map.iter_rules()}:
        answer = room.facilitator.open(path, method=method, headers={"Host": "evil.example"})
        assert (path, answer.status_code) == (path, 400)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("host", ["cards.test", "cards.test:8000", "localhost:8000", "127.0.0.1", "[::1]:8000"])
def test_own_names_are_answered(client, host):
    assert client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 422),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://cards.test"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Origin": "http://cards.test"}, 422),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "https://cards.test"}, 403),
        ({"Origin": "http://cards.test:8000"}, 403),
        ({"Origin": "http://["}, 403),
        ({"Origin": "http://cards.test@evil.example"}, 403),
        ({}, 403),
    ],
)
def test_changes_come_from_the_site_s_own_pages_only(app, headers, status):
    client = app.test_client()
    answer = client.post("/new", headers={"Host": "cards.test", **headers})
    assert answer.status_code == status


FOREIGN = [{"Sec-Fetch-Site": "cross-site", "Origin": "http://cards.test"}, {"Origin": "http://evil.example"}]


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_no_address_takes_a_change_from_another_site_with_whichever_method(app, room, method, headers):
    tablet, workshop_id = app.test_client(), room.desk.split("/")[2]
    tablet._cookies = room.facilitator._cookies
    with app.app_context():
        before = rows_of(workshop_id)
    addresses = {address_for(rule, room) for rule in app.url_map.iter_rules()}
    answers = {
        path: tablet.open(path, method=method, headers={"Host": "cards.test", **headers}, json={}) for path in addresses
    }
    assert {path: answer.status_code for path, answer in answers.items() if answer.status_code != 403} == {}
    assert {answer.json["message"] for answer in answers.values()} == {SENTENCES[403]}
    with app.app_context():
        assert rows_of(workshop_id) == before


def address_for(rule, room):
    """An address of that rule that leads to the room; what else stands in it does not matter to the guard."""
    path = rule.rule.replace("/v/<token>", room.it).replace("/desk/<workshop_id>", room.desk)
    return re.sub(r"<int:[^>]+>", "1", re.sub(r"<(?!int:)[^>]+>", "it", path))


def test_an_address_that_is_not_utf_8_is_refused_before_anything_is_done(room):
    raw = {"QUERY_STRING": b"from=\xed\xa0\x80".decode("latin-1")}  # as a server hands such bytes on
    for answer in (
        room.facilitator.get("/new", environ_overrides=raw),
        room.facilitator.post(f"{room.desk}/lock/it", environ_overrides=raw),
    ):
        assert (answer.status_code, "could not read this request" in answer.text) == (400, True)
    assert room.stranger().get(f"{room.it}/state").json["open"] is True
    assert room.facilitator.get("/new?from=%ff").status_code == 200  # spelt out it can be read, as something else


def test_an_address_with_a_nul_is_refused_on_both_databases(any_app):
    room = open_room(any_app)
    item = f"{room.desk}/agenda/1/A-01%00"
    asked = [("GET", f"{room.it}/paper?taken=%00"), ("PUT", item), ("POST", item), ("POST", f"{item}/remove")]
    answers = [room.facilitator.open(path, method=method, json={}) for method, path in asked]
    assert [(answer.status_code, answer.json["message"][:34]) for answer in answers] == [
        (400, "The server could not read this req")
    ] * 4


def test_links_are_built_from_the_public_address_not_from_the_request(room):
    page = room.facilitator.get(room.desk, headers={"Host": "localhost"}).text
    assert "http://cards.test/v/" in page
    assert "localhost" not in page


@pytest.mark.parametrize("setting", ["max_page_count = 1", "query_only = 1"])  # a full disk, and one to read only
def test_a_full_disk_is_a_sentence_stores_nothing_and_passes(app, room, setting):
    def leave_no_room(connection):
        connection.exec_driver_sql(f"PRAGMA {setting}")

    tablet = room.stranger()
    draft = {"kind": "prediction", "draft": {"words": "x" * 15_000}}
    with app.app_context():
        engine = db.engine
    event.listen(engine, "begin", leave_no_room)
    refused = tablet.put(f"{room.it}/draft", json=draft)
    assert refused.status_code == 503
    assert refused.json["message"].startswith("Not saved")
    event.remove(engine, "begin", leave_no_room)
    engine.dispose()
    assert tablet.put(f"{room.it}/draft", json=draft).json == {"saved": True, "open": True}


@pytest.mark.rebuilds_tables
def test_a_database_that_is_gone_is_a_page_without_a_traceback(app, room):
    with app.app_context():
        engine = db.engine
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE link RENAME TO lost")
    answer = room.get("")
    assert answer.status_code == 503
    assert "Not saved" in answer.text
    assert "Traceback" not in answer.text
    assert "SELECT" not in answer.text


def test_wrong_join_codes_are_slowed_down_and_right_ones_never(room, monkeypatch):
    monkeypatch.setattr(limits, "WRONG_CODES", parse_many("60/minute"))  # instead of more than a test has time for
    code = re.search(r">([A-Z2-9]{4}-[A-Z2-9]{4})<", room.get("/show/it").text)[1]
    tablet = room.stranger()
    for _ in range(60):
        assert tablet.post("/join", data={"code": code.lower().replace("-", " ")}).location == room.it
    answers = [tablet.post("/join", data={"code": "AAAA-AAA9"}).status_code for _ in range(70)]
    assert answers == [404] * 60 + [429] * 10


def test_not_yet_is_said_of_what_comes_later_and_never_of_what_is_over(room):
    for early in (room.get("/result"), room.post("/reveal"), room.get("/words"), room.post("/next-round", round="1")):
        assert (early.status_code, "<h1>Not yet</h1>" in early.text) == (409, True)
    for number in (1, 2, 3):
        room.cast(room.it, ["A-01", "A-02", "A-03"], number)
    room.reveal()
    for over in (
        room.post("/reopen/it"),
        room.get("/rehearsal"),
        room.post("/groups", alone="it"),
        room.get("/groups"),
    ):
        assert (over.status_code, "Not yet" in over.text) == (409, False)


def test_the_log_holds_no_token_and_no_ballot(room, caplog):
    room.cast(room.it, ["A-01", "A-02", "A-03"], 1)
    room.stranger().get("/v/wrong-token-in-the-address")
    assert room.it.split("/")[2] not in caplog.text
    assert "wrong-token" not in caplog.text
    assert "A-01" not in caplog.text


def test_a_fault_after_the_page_was_made_is_logged_without_its_address_or_words(app, caplog):
    words = []

    @app.after_request
    def fail_once(response):
        if words:
            raise ValueError(words.pop())
        return response

    room = open_room(app)
    words.append("Nine days for one mouse")
    assert room.stranger().get(room.it).status_code == 500
    assert "unexpected ValueError" in caplog.text
    assert room.it.split("/")[2] not in caplog.text
    assert "Nine days" not in caplog.text
