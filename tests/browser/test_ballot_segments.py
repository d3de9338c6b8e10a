"""Several kinds of customers, and ballots that come on paper or without script."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.ballot_page import BallotPage
from tests.browser.live import Facilitator
from tests.browser.test_ballot_access import check
from tests.browser.weak_network import hold

CHAIN = {"segment-1": "Colleagues in the branches", "chain-1": "internal", "segment-2": "Citizens", "chain-2": "paying"}
TEAMS = {"it-segment-1": "Networks", "it-segment-2": "Payments and cards", "it-segment-3": "Helpdesk"}


@pytest.fixture
def facilitator(server):
    return Facilitator(server).start(**CHAIN)


def test_customers_say_first_which_kind_they_are_and_can_change_it_until_sent(device, facilitator):
    ballot = BallotPage(device("phone")).open(facilitator.link("customers"))
    assert ballot.step == "who"
    ballot.page.get_by_role("link", name="Cards", exact=True).dispatch_event("click")
    expect(ballot.notice("missing")).to_have_text("Say first which describes you best.")
    assert ballot.step == "who"
    expect(ballot.section("who").get_by_role("button", name="Go on")).to_be_disabled()
    check(ballot, "which kind of customer")
    ballot.say_who("Citizens")
    codes = ballot.sort_some(3)
    ballot.go("You").wait_for("who")
    expect(ballot.section("who").get_by_label("Citizens")).to_be_checked()
    ballot.reload().say_who("Colleagues in the branches")
    bodies = []
    ballot.page.on("request", lambda request: request.method == "POST" and bodies.append(request.post_data_json))
    with ballot.saving(lambda draft: draft["segment"] == 1 and draft["ranking"] == codes):
        ballot.go("Choose").choose(codes).send()
    assert [body["segment"] for body in bodies] == [1]
    ballot.page.evaluate("() => localStorage.clear()")  # the server alone knows it now
    ballot.reload().receipt()
    ballot.go("You")
    expect(ballot.section("who").get_by_label("Colleagues in the branches")).to_be_checked()
    ballot.press(ballot.section("who").get_by_text("Citizens"))
    ballot.go("Say why").wait_for("why").press_send()
    ballot.press(ballot.section("send").get_by_role("button", name="Replace it"))
    ballot.receipt()
    assert bodies[-1]["segment"] == 2
    assert facilitator.counts()["customers"] == 1


def test_it_is_not_asked_which_kind_of_customer_it_is(device, facilitator):
    ballot = BallotPage(device("tablet")).open(facilitator.link("it"))
    assert ballot.step == "sort"
    ballot.choose(ballot.sort_some(3)).send()
    assert facilitator.counts()["it"] == 1


def test_people_in_it_say_their_team_on_a_phone_and_can_change_it_until_sent(device, server):
    facilitator = Facilitator(server).start(**TEAMS)
    ballot = BallotPage(device("phone")).open(facilitator.link("it"))
    assert ballot.step == "who"
    expect(ballot.section("who").get_by_role("heading", level=1)).to_have_text("Which team is yours?")
    ballot.page.get_by_role("link", name="Cards", exact=True).dispatch_event("click")
    expect(ballot.notice("missing")).to_have_text("Say first which team is yours.")
    check(ballot, "which team")
    assert ballot.page.evaluate("document.documentElement.scrollWidth > innerWidth") is False
    ballot.say_who("Payments and cards")
    codes = ballot.sort_some(3)
    ballot.go("You").wait_for("who")
    expect(ballot.section("who").get_by_label("Payments and cards")).to_be_checked()
    bodies = []
    ballot.page.on("request", lambda request: request.method == "POST" and bodies.append(request.post_data_json))
    ballot.say_who("Networks").go("Choose").choose(codes).send()
    ballot.receipt()
    ballot.page.evaluate("() => localStorage.clear()")  # the server alone knows it now
    ballot.reload().receipt()
    ballot.go("You")
    expect(ballot.section("who").get_by_label("Networks")).to_be_checked()
    assert [body["segment"] for body in bodies] == [1]
    assert facilitator.counts()["it"] == 1


def test_on_a_shared_tablet_each_says_their_own_team(device, server):
    facilitator = Facilitator(server).start(**TEAMS)
    ballot = BallotPage(device("tablet")).open(f"{facilitator.link('it')}?kiosk=1")
    ballot.say_who("Networks").choose(ballot.sort_some(3)).send()
    ballot.receipt()
    ballot.press(ballot.page.locator("[data-next]:visible").last)
    ballot.press(ballot.page.locator(".go .way-cards, .go > a").first)
    ballot.wait_for_script()
    assert ballot.step == "who"
    expect(ballot.section("who").get_by_role("radio", checked=True)).to_have_count(0)
    ballot.say_who("Helpdesk").choose(ballot.sort_some(3)).send()
    ballot.receipt()
    page = facilitator.request(f"{facilitator.desk}/status")[1].decode()
    assert re.findall(r'data-kind="(\d)">(\d)', page) == [("1", "1"), ("2", "0"), ("3", "1")]


def test_a_team_chosen_without_network_goes_with_the_ballot_once_it_is_back(device, server):
    facilitator = Facilitator(server).start(**TEAMS)
    ballot = BallotPage(device("phone")).open(facilitator.link("it"))
    ballot.page.context.set_offline(True)
    ballot.say_who("Helpdesk").choose(ballot.sort_some(3)).press_send()
    expect(ballot.heading).to_have_text("Not sent yet")
    ballot.page.context.set_offline(False)
    ballot.receipt()
    page = facilitator.request(f"{facilitator.desk}/status")[1].decode()
    assert re.findall(r'data-kind="3">(\d)', page) == ["1"]


def test_ballots_from_paper_are_typed_in_one_after_the_other(device, server, facilitator):
    context = device("desktop")
    context.add_cookies([{"name": c.name, "value": c.value, "url": server.url} for c in facilitator.jar])
    page = context.new_page()
    page.goto(f"{facilitator.link('customers')}/paper")
    assert violations(page) == []
    codes = page.get_by_label("The codes in order")
    expect(codes).to_be_focused()
    codes.fill("a7 S-02, b5")
    page.get_by_role("button", name="Send").first.click()
    expect(page.get_by_role("alert")).to_contain_text("Say first which kind of customer describes you best")
    expect(codes).to_have_value("a7 S-02, b5")
    page.get_by_label("Citizens").check()
    page.get_by_role("group", name="Place 1").get_by_label("Time").check()
    page.get_by_role("button", name="Send").first.click()
    expect(page.get_by_role("status")).to_contain_text("A-07 S-02 B-05")
    page.get_by_label("Colleagues").check()
    codes.fill("c1 c2 c3 c4")
    page.get_by_role("button", name="Send").first.click()
    expect(page.get_by_role("status")).to_contain_text("C-01 C-02 C-03 C-04")
    assert facilitator.counts()["customers"] == 2
    for width in (320, 820, 1366):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth > innerWidth") is False


def test_without_javascript_everything_can_be_said(device, facilitator):
    page = device("phone", java_script_enabled=False).new_page()
    page.goto(facilitator.link("customers"))
    page.get_by_role("link", name="One card at a time").click()
    form = page.locator("form.plain")
    form.get_by_label("Citizens").check()
    for place, code in enumerate(("A-07", "S-02", "B-05"), start=1):
        form.get_by_label(code).fill(str(place))
    second = form.get_by_role("group", name="Place 2")
    second.get_by_label("Money").check()
    second.get_by_label("In your own words").fill("Twice the licence.")
    form.get_by_label("How are things just now?").select_option("busy")
    form.get_by_role("button", name="Send").click()
    expect(page.get_by_text("You have sent your order.")).to_be_visible()
    assert facilitator.counts()["customers"] == 1


def test_what_is_ticked_before_the_script_has_come_stays_ticked(device, facilitator):
    page = device("phone").new_page()
    held = hold(page, "**/js/ballot*.js*")
    page.goto(f"{facilitator.link('customers')}/ballot", wait_until="commit")
    page.get_by_text("Citizens").tap()
    held[0].continue_()
    page.get_by_role("button", name="Go on").tap()
    expect(page.locator("[data-step='sort']")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Citizens")).to_be_checked()
