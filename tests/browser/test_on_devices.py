"""The result on everybody's own device: beside it one's own list, which leaves the device in no request, and of which
nothing is left where a shared tablet goes on.
"""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.ballot_page import BallotPage
from tests.browser.voting import cast
from tests.browser.widths import faults_at_each_width

IT, CUSTOMERS = ["A-01", "A-02", "A-03", "A-04"], ["A-03", "C-01", "A-05", "A-02"]
OWN = ["S-13", "C-01", "A-02", "B-05"]  # S-13 and B-05 are in neither list
# With OWN the sums of places are C-01 7 to 10, A-02 13 to 16, A-03 31.5, A-05 37.5: unlisted cards have 28.5 each.
CHOSEN = ["C-01", "A-02", "A-03", "A-05"]
KEYS_OF = "() => Object.keys(localStorage).filter((key) => key.startsWith('cardsort:'))"


@pytest.fixture
def workshop(facilitator):
    """Three of IT and three customers have sent; so many cards are chosen as are sent here."""
    facilitator.start(picks="4", second_customers="yes")
    for _ in range(3):
        cast(facilitator.link("it"), IT)
        cast(facilitator.link("customers"), CUSTOMERS)
    return facilitator


@pytest.fixture
def voter(workshop, device):
    """Somebody who has sent their order: voter("phone"), voter("tablet", "?kiosk=1")."""

    def make(kind="phone", query="", **more):
        person = BallotPage(device(kind, hurried=True, **more), touch=kind != "desktop")
        person.open(f"{workshop.link('customers')}{query}", "list").mark(OWN)
        person.press(person.section("list").locator("[data-on]"))
        person.wait_for("rank").send()
        return person

    return make


def reveal(workshop):
    for group in ("it", "customers"):
        workshop.lock(group)
    workshop.reveal()


def show(workshop, shown="yes"):
    if shown == "yes":
        workshop.request(f"{workshop.desk}/projector", {"seen": 0, "to": "marks"})
    assert workshop.request(f"{workshop.desk}/devices", {"show": shown})[0] == 200


def hear(person):
    """The open page asks how things stand, as it does by itself every few seconds, or when the network comes back."""
    with person.page.expect_response("**/state*"):
        person.page.evaluate("dispatchEvent(new Event('online'))")


def read(locator):
    return [" ".join(text.split()) for text in locator.all_inner_texts()]


def own_rows(page):
    return read(page.locator("[data-own]:visible [data-rows] > li"))


def list_rows(page, side):
    return read(page.locator(f"[data-list={side}] .list-rows > li"))


def order_sent(person):
    """The order as the device keeps it."""
    kept = person.page.evaluate(f"localStorage.getItem(({KEYS_OF})()[0])")
    return json.loads(kept)["sent"]["ranking"]


def titled(deck, codes):
    return [deck[code].title for code in codes]


def test_one_s_own_list_stands_beside_both_lists_its_hits_in_words_and_no_request_has_it(voter, workshop, deck):
    person = voter()
    mine, page, sent = order_sent(person), person.page, []
    assert sorted(mine) == sorted(OWN)
    reveal(workshop)
    hear(person)
    expect(page.get_by_text("Your order was counted; it can no longer be changed.")).to_be_visible()
    show(workshop)
    way = page.get_by_role("link", name="See it beside your list")
    expect(way).to_be_visible()  # the receipt learns it by itself
    expect(page.locator("[data-live]")).to_have_text("The result can be seen on this device now.")
    page.on("request", lambda one: sent.append(f"{one.method} {one.url} {one.post_data or ''}"))
    way.tap()
    expect(page.get_by_role("heading", name="Your list")).to_be_visible()
    places = {"C-01": "Customers: place 1", "A-02": "IT: place 2 Customers: place 2"}
    said = [f"Place {at} {deck[code].title} {places.get(code, '')}".strip() for at, code in enumerate(mine, start=1)]
    assert own_rows(page) == said
    yours = {code: f"yours: place {mine.index(code) + 1}" for code in OWN}
    for side, codes in (("it", IT), ("customers", CHOSEN)):
        rows = [
            f"Place {at} {deck[code].title} {yours.get(code, '')}".strip() for at, code in enumerate(codes, start=1)
        ]
        assert list_rows(page, side) == rows
    assert read(page.locator("[data-hits]")) == [
        "1 of your 4 cards is in this list.",
        "2 of your 4 cards are in this list.",
    ]
    expect(
        page.get_by_text("Your own list beside it comes from this device, and this page sends it nowhere.")
    ).to_be_visible()
    page.reload()
    assert own_rows(page) == said
    assert len(sent) > 3
    assert not [
        one for one in sent if not one.startswith("GET ") or any(code in one for code in (*OWN, *titled(deck, OWN)))
    ]


def test_where_the_device_no_longer_has_it_both_lists_stand_alone_and_it_is_said(voter, workshop, device):
    person = voter()
    reveal(workshop)
    show(workshop)
    page, address = person.page, f"{workshop.link('customers')}/result"
    page.goto(address)
    assert len(own_rows(page)) == 4
    page.evaluate("localStorage.clear()")
    page.reload()
    expect(page.get_by_text("this browser did not keep it, so it cannot stand beside it here.")).to_be_visible()
    assert (own_rows(page), len(list_rows(page, "it"))) == ([], 4)
    other = device("phone").new_page()
    other.goto(address)
    expect(other.get_by_text("No order was sent from this browser")).to_be_visible()
    plain = device("phone", java_script_enabled=False).new_page()
    plain.goto(address)
    assert list_rows(plain, "customers")[0].startswith("Place 1 ")
    expect(plain.locator("[data-hits]").first).to_be_hidden()


def test_a_shared_tablet_never_shows_the_list_of_somebody_before(voter, workshop):
    """Neither by its own link, nor by the ordinary one that somebody opens on it later, nor after *Next person*."""
    person = voter("tablet", "?kiosk=1")
    reveal(workshop)
    show(workshop)
    hear(person)
    page, link = person.page, workshop.link("customers")
    way = page.get_by_role("link", name="See it", exact=True)
    expect(way).to_be_visible()
    way.tap()
    expect(page.get_by_text("On a shared device nobody’s own list is shown.")).to_be_visible()
    page.goto(f"{link}/result")
    assert (own_rows(page), len(list_rows(page, "customers"))) == ([], 4)
    page.goto(f"{link}/ballot?kiosk=1")
    person.wait_for_script()
    person.press(page.locator("[data-next]:visible").last)
    expect(page.get_by_role("link", name="See the result", exact=True)).to_be_visible()
    assert page.evaluate(KEYS_OF) == []
    page.goto(f"{link}/result")
    expect(page.get_by_text("No order was sent from this browser")).to_be_visible()
    assert own_rows(page) == []


def test_next_person_on_a_device_of_one_s_own_takes_the_list_along(voter, workshop):
    person = voter()
    person.press(person.page.locator("[data-next]:visible").last)
    expect(person.page).to_have_url(re.compile("kiosk=1"))
    reveal(workshop)
    show(workshop)
    person.page.goto(f"{workshop.link('customers')}/result")
    assert (own_rows(person.page), len(list_rows(person.page, "it"))) == ([], 4)


def test_what_was_guessed_of_it_has_a_list_of_its_own_and_marks_nothing(voter, workshop):
    person = voter()
    person.press(person.section("send").get_by_role("link", name="Go on"))
    person.wait_for("choose").choose(["A-02", "C-01", "B-05"])  # of those that were marked before
    person.press(person.section("rank").get_by_role("button", name="Send"))
    person.receipt()
    reveal(workshop)
    show(workshop)
    page = person.page
    page.goto(f"{workshop.link('customers')}/result")
    assert read(page.locator("[data-own] h2")) == ["Your list", "What you thought IT would choose"]
    assert len(own_rows(page)) == 7
    assert page.locator(".is-yours").count() == 3  # C-01, and A-02 in both lists


def test_an_open_first_page_learns_by_itself_that_the_result_is_shown_and_hidden_again_it_is_gone(voter, workshop):
    person = voter()
    reveal(workshop)
    page = person.page
    page.goto(workshop.link("customers"))
    expect(page.get_by_text("The result has been shown.")).to_be_visible()
    show(workshop)
    way = page.get_by_role("link", name="See the result beside your list")
    expect(way).to_be_visible()
    show(workshop, "no")
    way.tap()
    expect(page.get_by_text("There is no result here just now.")).to_be_visible()


def test_the_page_keeps_to_wcag_and_to_the_screen_at_every_width_and_is_reached_by_keys(voter, workshop):
    person = voter("desktop")
    reveal(workshop)
    show(workshop)
    page = person.page
    page.goto(workshop.link("customers"))
    page.get_by_role("link", name="See the result beside your list").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your list")).to_be_visible()
    assert faults_at_each_width(page) == []
    page.get_by_role("link", name="Back", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="See the result beside your list")).to_be_visible()
    assert violations(page) == []


def test_the_projector_and_the_presenter_show_and_hide_it_without_leaving_the_slide(workshop, device, server):
    reveal(workshop)
    context = device("desktop")
    context.add_cookies([{"name": c.name, "value": c.value, "url": server.url} for c in workshop.jar])
    wall, view = context.new_page(), context.new_page()
    workshop.request(f"{workshop.desk}/projector", {"seen": 0, "to": "marks"})
    for page, name in ((wall, "projector"), (view, "presenter")):
        page.goto(f"{server.url}{workshop.desk}/{name}")
    wall.evaluate("window.stayed = true")
    wall.get_by_role("button", name="Show on devices").focus()
    wall.keyboard.press("Enter")
    expect(wall.locator("[data-live]")).to_have_text("Participants see the result on their own devices.")
    expect(wall.get_by_role("button", name="Hide on devices")).to_be_focused()
    assert violations(wall) == []
    expect(view.get_by_role("button", name="Hide on devices")).to_be_visible()
    view.get_by_role("button", name="Hide on devices").click()
    expect(wall.get_by_role("button", name="Show on devices")).to_be_visible()
    assert (wall.evaluate("window.stayed"), wall.url) == (True, f"{server.url}{workshop.desk}/projector")
    assert (violations(view), view.url) == ([], f"{server.url}{workshop.desk}/presenter")
    wall.goto(f"{server.url}{workshop.desk}")
    wall.get_by_role("button", name="Show participants the result").click()
    expect(wall.get_by_role("button", name="Hide it again")).to_be_visible()
    assert violations(wall) == []
