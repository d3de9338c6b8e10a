"""Who may open what: every route for every kind of visitor. A route that is missing here fails."""

import pytest

from tests.conftest import client_of
from tests.web.conftest import open_room

OPEN = dict.fromkeys(("nobody", "other", "it", "customer", "facilitator"), 200)
DESK = {"nobody": 404, "other": 404, "it": 404, "customer": 404, "facilitator": 200}


def done(code):
    return {**DESK, "facilitator": code}


# (method, rule) -> status for each visitor, before the reveal
TABLE = {
    ("GET", "/"): OPEN,
    ("POST", "/join"): dict.fromkeys(OPEN, 404),  # with a code that does not exist
    ("POST", "/language"): dict.fromkeys(OPEN, 422),  # without a language
    ("POST", "/start-code"): dict.fromkeys(OPEN, 303),  # an empty code, where none is needed
    ("GET", "/new"): OPEN,
    ("POST", "/new"): dict.fromkeys(OPEN, 422),  # without a name
    ("POST", "/example"): dict.fromkeys(OPEN, 303),
    ("GET", "/health"): OPEN,
    ("GET", "/metrics"): OPEN,  # as all of these visit from this machine; see test_metrics.py
    ("GET", "/deck"): OPEN,
    ("GET", "/deck.pdf"): OPEN,
    ("GET", "/accessibility"): OPEN,
    ("GET", "/guide"): OPEN,
    ("GET", "/guide.pdf"): OPEN,
    ("GET", "/static/<version>/<path:filename>"): OPEN,
    ("GET", "/f/<token>"): dict.fromkeys(OPEN, 404),  # with a token that does not exist
    ("GET", "/v/<token>"): OPEN,
    ("GET", "/v/<token>/ballot"): OPEN,
    ("GET", "/v/<token>/second"): dict.fromkeys(OPEN, 404),  # in a workshop without second ballots
    ("GET", "/v/<token>/elsewhere"): OPEN,
    ("POST", "/v/<token>/elsewhere"): dict.fromkeys(OPEN, 409),  # nothing begun
    ("GET", "/v/<token>/elsewhere/<code>"): dict.fromkeys(OPEN, 404),  # with a code that does not exist
    ("POST", "/v/<token>/elsewhere/<code>"): dict.fromkeys(OPEN, 404),
    ("GET", "/v/<token>/state"): OPEN,
    ("GET", "/v/<token>/anonymous"): OPEN,
    ("GET", "/v/<token>/deck"): OPEN,
    ("GET", "/v/<token>/worker.js"): OPEN,
    ("GET", "/v/<token>/cards/<mark>"): dict.fromkeys(OPEN, 404),  # of another deck
    ("PUT", "/v/<token>/draft"): OPEN,
    ("POST", "/v/<token>/ballots"): dict.fromkeys(OPEN, 422),  # without a ballot
    ("POST", "/v/<token>/withdraw"): dict.fromkeys(OPEN, 303),  # nothing sent
    ("POST", "/v/<token>/next"): dict.fromkeys(OPEN, 303),
    ("GET", "/v/<token>/form"): OPEN,
    ("POST", "/v/<token>/form"): dict.fromkeys(OPEN, 422),  # without places
    ("GET", "/v/<token>/paper"): DESK,
    ("POST", "/v/<token>/paper"): done(422),  # without places
    ("GET", "/desk/<workshop_id>"): DESK,
    ("GET", "/desk/<workshop_id>/status"): DESK,
    ("GET", "/desk/<workshop_id>/keep"): DESK,
    ("GET", "/desk/<workshop_id>/show"): DESK,
    ("GET", "/desk/<workshop_id>/show/<group>"): DESK,
    ("GET", "/desk/<workshop_id>/sent/<group>"): DESK,
    ("GET", "/desk/<workshop_id>/sheet/<group>"): DESK,
    ("GET", "/desk/<workshop_id>/print"): DESK,
    ("GET", "/desk/<workshop_id>/invitations.pdf"): DESK,
    ("GET", "/desk/<workshop_id>/paper-ballot/<group>.pdf"): DESK,
    ("GET", "/desk/<workshop_id>/deck"): DESK,
    ("POST", "/desk/<workshop_id>/deck"): done(422),  # without a file
    ("POST", "/desk/<workshop_id>/deck/use"): done(422),  # without cards
    ("POST", "/desk/<workshop_id>/deck/shipped"): done(303),
    ("POST", "/desk/<workshop_id>/deck/cards"): done(422),  # without a card
    ("PUT", "/desk/<workshop_id>/deck/cards/<code>"): done(422),  # without a field
    ("POST", "/desk/<workshop_id>/deck/cards/<code>"): done(422),  # with a card that is not there
    ("GET", "/desk/<workshop_id>/deck.csv"): DESK,
    ("GET", "/desk/<workshop_id>/deck-template.csv"): DESK,
    ("GET", "/desk/<workshop_id>/deck.pdf"): DESK,
    ("POST", "/desk/<workshop_id>/link-language/<group>"): done(303),
    ("GET", "/desk/<workshop_id>/delete"): DESK,
    ("GET", "/desk/<workshop_id>/reveal"): done(409),
    ("POST", "/desk/<workshop_id>/reveal"): done(409),
    ("GET", "/desk/<workshop_id>/projector"): done(409),
    ("POST", "/desk/<workshop_id>/projector"): done(409),
    ("GET", "/desk/<workshop_id>/projector/step"): done(409),
    ("GET", "/desk/<workshop_id>/presenter"): DESK,  # the timer alone
    ("POST", "/desk/<workshop_id>/presenter"): done(409),
    ("PUT", "/desk/<workshop_id>/presenter/notes"): done(409),
    ("POST", "/desk/<workshop_id>/presenter/notes"): done(409),
    ("GET", "/desk/<workshop_id>/presenter/timer"): DESK,
    ("POST", "/desk/<workshop_id>/presenter/timer"): done(422),  # without minutes
    ("GET", "/desk/<workshop_id>/rehearsal"): DESK,
    ("POST", "/desk/<workshop_id>/rehearsal"): done(422),  # without a slide
    ("GET", "/desk/<workshop_id>/rehearsal/result"): DESK,
    ("GET", "/desk/<workshop_id>/rehearsal/report.pdf"): DESK,
    ("GET", "/desk/<workshop_id>/next-round"): done(409),
    ("POST", "/desk/<workshop_id>/next-round"): done(409),
    ("GET", "/desk/<workshop_id>/words"): done(409),
    ("POST", "/desk/<workshop_id>/words"): done(409),
    ("GET", "/desk/<workshop_id>/result"): done(409),
    ("GET", "/desk/<workshop_id>/report.pdf"): done(409),
    ("POST", "/desk/<workshop_id>/report.pdf"): done(409),
    ("GET", "/desk/<workshop_id>/ballots.csv"): done(409),
    ("GET", "/desk/<workshop_id>/ballots.json"): done(409),
    ("GET", "/desk/<workshop_id>/cards.csv"): done(409),
    ("GET", "/desk/<workshop_id>/data.xlsx"): done(409),
    ("GET", "/desk/<workshop_id>/slides.pptx"): done(409),
    ("GET", "/desk/<workshop_id>/archive"): done(409),
    ("GET", "/desk/<workshop_id>/agenda.ics"): done(409),
    ("GET", "/desk/<workshop_id>/agenda-jira.csv"): done(409),
    ("GET", "/desk/<workshop_id>/agenda-azure.csv"): done(409),
    ("GET", "/restore"): OPEN,
    ("POST", "/restore"): dict.fromkeys(OPEN, 422),  # without a file
    ("GET", "/desk/<workshop_id>/import"): DESK,
    ("GET", "/desk/<workshop_id>/import/template.csv"): DESK,
    ("POST", "/desk/<workshop_id>/import"): done(422),  # without a file
    ("GET", "/desk/<workshop_id>/take-out"): DESK,
    ("POST", "/desk/<workshop_id>/take-out"): done(422),  # without a receipt
    ("POST", "/desk/<workshop_id>/take-out/all"): done(422),  # without its name
    ("GET", "/desk/<workshop_id>/keep-until"): DESK,
    ("POST", "/desk/<workshop_id>/keep-until"): done(422),  # without a day
    ("GET", "/desk/<workshop_id>/result.json"): done(409),
    ("POST", "/desk/<workshop_id>/reopen/<group>"): done(303),
    ("GET", "/v/<token>/answer"): dict.fromkeys(OPEN, 404),  # until it is published
    ("GET", "/v/<token>/result"): dict.fromkeys(OPEN, 404),  # until it is shown
    ("POST", "/desk/<workshop_id>/devices"): done(303),  # hides what is not shown
    ("GET", "/desk/<workshop_id>/agenda"): done(409),
    ("POST", "/desk/<workshop_id>/agenda"): done(409),
    ("GET", "/desk/<workshop_id>/agenda/answer"): done(409),
    ("POST", "/desk/<workshop_id>/agenda/publish"): done(409),
    ("POST", "/desk/<workshop_id>/agenda/take-back"): done(303),
    ("PUT", "/desk/<workshop_id>/agenda/<int:number>/<code>"): done(422),  # without a field
    ("POST", "/desk/<workshop_id>/agenda/<int:number>/<code>"): done(404),  # with a card that is not on it
    ("POST", "/desk/<workshop_id>/agenda/<int:number>/<code>/move"): done(404),
    ("POST", "/desk/<workshop_id>/agenda/<int:number>/<code>/remove"): done(303),
    ("POST", "/desk/<workshop_id>/delete"): done(422),  # without its name
    ("GET", "/desk/<workshop_id>/lock/<group>"): DESK,
    ("POST", "/desk/<workshop_id>/kinds/together"): done(422),  # without kinds
    ("POST", "/desk/<workshop_id>/kinds/apart"): done(303),  # nothing is told together
    ("POST", "/desk/<workshop_id>/lock/<group>"): done(303),
    ("GET", "/desk/<workshop_id>/groups"): DESK,
    ("POST", "/desk/<workshop_id>/groups"): done(303),
    ("GET", "/desk/<workshop_id>/closing/<group>"): DESK,
    ("POST", "/desk/<workshop_id>/closing/<group>"): done(422),  # without a time
    ("POST", "/desk/<workshop_id>/new-link"): done(303),
    ("POST", "/v/<token>/code"): dict.fromkeys(OPEN, 422),  # without a code
    ("GET", "/desk/<workshop_id>/codes"): DESK,
    ("POST", "/desk/<workshop_id>/codes"): done(422),  # without a number
    ("POST", "/desk/<workshop_id>/codes/without"): done(303),
    ("GET", "/desk/<workshop_id>/codes.pdf"): DESK,
    ("GET", "/desk/<workshop_id>/codes.csv"): DESK,
    ("GET", "/desk/<workshop_id>/mail/<group>"): DESK,
    ("GET", "/desk/<workshop_id>/edit"): DESK,
    ("POST", "/desk/<workshop_id>/edit"): done(303),
    ("POST", "/desk/<workshop_id>/replace-link/<group>"): done(303),  # last: it ends the voting link
}


def visitor(app, room, kind):
    if kind == "facilitator":
        return room.facilitator
    if kind == "other":
        return open_room(app, name="Another").facilitator
    client = client_of(app)
    if kind != "nobody":
        client.get(f"{room.it if kind == 'it' else room.customers}/ballot")
    return client


def test_the_table_names_every_route(app):
    routes = {(method, str(rule)) for rule in app.url_map.iter_rules() for method in rule.methods - {"HEAD", "OPTIONS"}}
    assert routes == set(TABLE)


@pytest.mark.parametrize("kind", ["nobody", "other", "it", "customer", "facilitator"])
def test_every_route_answers_each_visitor_as_the_table_says(app, room, kind):
    client = visitor(app, room, kind)
    found = {}
    for method, rule in TABLE:
        voting = room.customers if kind == "customer" else room.it
        path = rule.replace("/v/<token>", voting).replace("/desk/<workshop_id>", room.desk)
        path = (
            path.replace("<group>", "it")
            .replace("<int:number>/<code>", "1/A-01")
            .replace("<token>", "nothing")
            .replace("<version>/<path:filename>", "old/css/base.css")
        )
        json = {"draft": {}} if "draft" in rule or "notes" in rule or ("ballots" in rule and method == "POST") else None
        answer = client.open(path, method=method, json=json)
        found[method, rule] = answer.status_code
        answer.close()
    assert found == {route: expected[kind] for route, expected in TABLE.items()}


def test_a_refusal_looks_like_a_page_that_does_not_exist(room):
    stranger = room.stranger()
    refused, missing = stranger.get(room.desk), stranger.get("/desk/AAAAAAAAAAAAAAAA")
    assert refused.text.replace(room.desk, "/desk/AAAAAAAAAAAAAAAA") == missing.text
    assert refused.status_code == missing.status_code == 404


def test_a_voting_link_opens_no_desk_and_a_facilitator_link_no_ballot(room):
    keep = room.get("/keep").text
    token = keep.split("http://cards.test/f/")[1].split('"')[0].split("<")[0]
    assert room.stranger().get(f"/v/{token}").status_code == 404
    assert room.stranger().get(f"/f/{room.it.split('/')[2]}").status_code == 404


def test_the_facilitator_link_becomes_a_cookie_and_a_new_one_ends_the_old(room):
    token = room.get("/keep").text.split("http://cards.test/f/")[1].split('"')[0].split("<")[0]
    laptop = room.stranger()
    moved = laptop.get(f"/f/{token}")
    assert (moved.status_code, moved.location) == (303, room.desk)
    assert "HttpOnly" in moved.headers["Set-Cookie"]
    assert laptop.get(room.desk).status_code == 200
    room.post("/new-link")
    assert room.get("").status_code == 200
    assert laptop.get(room.desk).status_code == 404
    assert room.stranger().get(f"/f/{token}").status_code == 404


def test_opening_links_as_a_mail_scanner_does_changes_nothing(app, room):
    from sqlalchemy import func, select

    from cardsort.store.engine import reading
    from cardsort.store.models import Base

    def rows():
        with app.app_context(), reading() as session:
            return {t.name: session.scalar(select(func.count()).select_from(t)) for t in Base.metadata.sorted_tables}

    before = rows()
    for method in ("GET", "HEAD", "OPTIONS"):
        for path in (room.it, f"{room.it}/ballot", f"{room.it}/state", room.customers, "/", "/new", "/deck"):
            room.stranger().open(path, method=method)
            room.facilitator.open(path, method=method)
    assert rows() == before


def test_before_the_reveal_the_desk_tells_counts_only(room, deck):
    for number in range(1, 4):
        assert room.cast(room.it, ["C-07", "S-11", "B-02"], number).status_code == 201
    paths = ("", "/status", "/show", "/show/it", "/sent/it", "/sheet/it", "/keep", "/delete", "/edit", "/mail/it")
    for path in paths:
        page = room.get(path).text
        assert not any(card.code in page or card.title in page for card in deck.cards), path
    assert 'data-count="it">3<' in room.get("/status").text


def test_each_link_says_whom_it_is_for_and_the_desk_counts_against_the_expected_number(app):
    room = open_room(app, expected_it="4", expected_customers="40")
    assert "For the people who work in IT of" in room.stranger().get(room.it).text
    assert "For the people who use the IT services of" in room.stranger().get(room.customers).text
    room.cast(room.it, ["A-01", "A-02", "A-03"], 1)
    status = room.get("/status").text
    for group, count, expected in (("it", 1, 4), ("customers", 0, 40)):
        assert f'data-count="{group}">{count}</strong> <span class="muted">of {expected} expected<' in status


def test_the_desk_calls_a_group_too_small_to_be_shown_until_it_is_as_large_as_may_be_shown(room):
    few = "Fewer than 3: nothing of this group would be shown."
    for number in range(3):
        assert room.get("/status").text.count(few) == (2 if number else 0)  # both groups; nothing before the first
        assert room.cast(room.it, ["A-01", "A-02", "A-03"], number).status_code == 201
    assert room.get("/status").text.count(few) == 1  # the customers
