"""From the start page to a code on the screen, a change before the first ballot, a phone with a link for its kind."""

import json
import secrets
import time
import urllib.request

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.ballot_page import BallotPage
from tests.browser.live import Facilitator

CHAIN = {"segment-1": "Branches", "expected-1": "12", "segment-2": "Citizens", "chain-2": "paying"}


def at_the_desk(device, server, facilitator, **more):
    context = device("desktop", **more)
    context.add_cookies([{"name": c.name, "value": c.value, "url": server.url} for c in facilitator.jar])
    page = context.new_page()
    page.goto(server.url + facilitator.desk)
    return page


def send(link, **body):
    body = {"id": secrets.token_hex(16), "kind": "own", "ranking": ["A-01", "A-02", "A-03"], **body}
    request = urllib.request.Request(f"{link}/ballots", data=json.dumps(body).encode(), method="POST")
    request.add_header("Content-Type", "application/json")
    request.add_header("Sec-Fetch-Site", "same-origin")
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert answer.status == 201


def test_from_the_start_page_to_a_code_on_the_screen_in_four_clicks(server, device, record_property):
    page, clicks = device("desktop").new_page(), 0
    began = time.monotonic()
    page.goto(server.url)
    for step in ("Start a workshop", "Start the workshop", "to the desk", "Show IT’s code"):
        if step == "Start the workshop":
            page.get_by_label("Name of the workshop").press_sequentially("Service desk, autumn", delay=20)
        page.get_by_role("link" if step != "Start the workshop" else "button", name=step).click()
        clicks += 1
    expect(page.get_by_role("img", name="QR code of the link for IT")).to_be_visible()
    took = time.monotonic() - began
    print(f"{clicks} clicks, {took:.1f} s")
    record_property("seconds", took)
    assert clicks == 4
    assert took < 120


def test_the_time_of_a_lock_is_told_on_the_clock_of_the_device_after_each_poll_too(device, server, facilitator):
    facilitator.request(f"{facilitator.desk}/lock/it", {})
    page = at_the_desk(device, server, facilitator, timezone_id="Asia/Kathmandu", hurried=True)
    time = page.locator("time[data-clock]")
    there = page.evaluate(
        "at => new Date(new Date(at).valueOf() + 345 * 60000).toISOString().slice(11, 16)",
        time.get_attribute("datetime"),
    )
    expect(time).to_have_text(there)
    send(facilitator.link("customers"))
    expect(page.locator("[data-count=customers]")).to_have_text("1")
    expect(time).to_have_text(there)


def test_a_facilitator_sees_the_questions_as_they_will_be_read_and_changes_them(server, device):
    page = device("desktop", hurried=True).new_page()
    page.goto(f"{server.url}/new")
    page.get_by_label("Name of the workshop").fill("Autumn")
    page.get_by_text("The two questions, and how many cards").click()
    preview = page.locator("figure", has_text="So customers read it")
    expect(preview).to_contain_text("Which of these most need solving in how IT serves you?")
    page.get_by_label("Customers are asked").fill("What hurts <b>most</b>?")
    expect(preview).to_contain_text("What hurts <b>most</b>?")
    expect(preview).to_contain_text("Autumn")
    page.get_by_label("Customers are asked").fill("")
    expect(preview).to_contain_text("Which of these most need solving in how IT serves you?")
    page.get_by_role("button", name="Start the workshop").click()
    page.get_by_role("link", name="to the desk").click()
    page.get_by_text("What was set up").click()
    page.get_by_role("link", name="Change it").click()
    assert violations(page) == []
    page.get_by_label("Customers are asked").fill("What hurts most?")
    page.get_by_label("Who asks?").fill("Maria Lindt")
    page.get_by_label("Name of kind 1").fill("Branches")
    page.get_by_label("Name of kind 2").fill("Citizens")
    page.get_by_label("How many people of kind 2").fill("30")
    page.get_by_role("button", name="Save the changes").click()
    expect(page.locator(".count-segments")).to_contain_text("0 of 30")
    page.get_by_text("A link for each kind").click()
    address = page.get_by_role("listitem").filter(has_text="Citizens").locator(".door-address a").get_attribute("href")

    phone = device("phone")
    ballot = BallotPage(phone).open(address)
    assert ballot.step == "sort"
    expect(ballot.page.locator(".steps")).not_to_contain_text("You")
    ballot.choose(ballot.sort_some(3)).send()
    ballot.reload().receipt()
    expect(page.locator(".count-segments")).to_contain_text("1 of 30 Citizens")
    page.goto(page.url.split("#")[0] + "/edit")
    expect(page.get_by_text("Since the first ballot the questions")).to_be_visible()
    assert page.get_by_label("Customers are asked").count() == 0


def test_an_order_begun_before_the_question_changed_is_kept_and_sent_after_a_reload(device, facilitator):
    ballot = BallotPage(device("phone")).open(facilitator.link("customers"))
    codes = ballot.sort_some(3)
    ballot.choose(codes)
    form = {"name": "Autumn", "question_it": "What will they say?", "question_customers": "What hurts?", "picks": "10"}
    assert facilitator.request(f"{facilitator.desk}/edit", form)[0] == 200
    ballot.go("Say why").wait_for("why").press_send()
    section = ballot.section("send")
    expect(section).to_contain_text("What is asked was changed after this page was opened")
    assert facilitator.counts()["customers"] == 0
    ballot.reload()
    ballot.go("Say why").wait_for("why").press_send()
    ballot.receipt()
    assert facilitator.counts()["customers"] == 1


@pytest.fixture
def chain(server):
    return Facilitator(server).start(**CHAIN)


def test_the_desk_follows_each_kind_costs_nothing_while_nothing_happens_and_rests_after_the_reveal(
    server, device, chain
):
    page, polls = at_the_desk(device, server, chain, hurried=True), []  # it asks every 0.6 seconds
    network = page.context.new_cdp_session(page)  # the page itself is shown the browser's own copy as a 200
    network.send("Network.enable")
    network.on("Network.responseReceivedExtraInfo", lambda answer: polls.append(answer["statusCode"]))
    expect(page.locator("[data-kind='1']")).to_have_text("0 of 12")
    link = chain.link("customers")
    send(link, segment=1)
    expect(page.locator("[data-kind='1']")).to_have_text("1 of 12")
    polls.clear()
    while len(polls) < 3:
        page.wait_for_timeout(100)
    assert set(polls) == {304}
    send(link, segment=2)
    expect(page.locator("[data-kind='2']")).to_have_text("1")
    chain.lock("it")
    chain.lock("customers")
    chain.reveal()
    expect(page.get_by_role("link", name="Read the comparison")).to_be_visible()
    polls.clear()
    page.wait_for_timeout(1500)
    assert polls == []
