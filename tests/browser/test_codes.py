"""One-time codes on phones: from the slip to the receipt, and what happens when a code comes twice."""

import csv
import io

from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.ballot_page import BallotPage
from tests.browser.weak_network import hold, lose_patience


def make(facilitator, count):
    assert facilitator.request(f"{facilitator.desk}/codes", {"count": count})[0] == 200
    rows = csv.DictReader(io.StringIO(facilitator.request(f"{facilitator.desk}/codes.csv")[1].decode()))
    return [(row["code"], row["link"]) for row in rows]


def begin(ballot, link):
    """Opens the slip's link and goes on; the ballot at its first step."""
    ballot.page.goto(link)
    ballot.press(ballot.page.get_by_role("button", name="One card at a time"))
    ballot.wait_for_script()
    return ballot


def order(ballot):
    return ballot.choose(ballot.sort_some(3))


def test_a_code_counts_once_and_who_comes_second_keeps_the_order_and_types_another(device, server, facilitator):
    (first, link), (second, _), *_ = make(facilitator, 3)
    one, two = BallotPage(device("phone")), BallotPage(device("phone"))
    sent = []
    for ballot in (one, two):
        ballot.page.on("request", lambda request: sent.append((request.url, request.method, request.post_data or "")))
    begin(one, link)
    begin(two, link)
    assert first.replace("-", "") not in one.page.url.replace("-", "")
    order(one).send()
    order(two)
    mine = two.order()
    two.press_send()
    asked = two.section("send")
    expect(asked.locator("[data-phase='code']")).to_contain_text("An order was sent with this code already")
    assert violations(two.page) == []
    expect(asked.get_by_role("list")).to_contain_text(mine[0])
    two.reload()
    assert two.go("Order").wait_for("rank").order() == mine
    two.press_send()
    asked.get_by_label("Your code").fill(second.lower())
    two.press(asked.get_by_role("button", name="Send"))
    two.receipt()
    assert facilitator.counts()["customers"] == 2
    assert two.page.evaluate("Object.keys(localStorage).filter(key => key.includes(':code:'))") == []
    with_code = [url for url, _method, body in sent if any(code.lower() in body.lower() for code in (first, second))]
    assert {url.rsplit("/", 1)[1] for url in with_code} == {"code", "ballots"}
    log = (server.data / "server.log").read_text()
    assert not any(code in log or code.replace("-", "") in log for code in (first, second))


def test_a_typing_error_is_told_before_the_work_and_the_slip_leaves_the_address_bar(device, facilitator):
    (code, link), *_ = make(facilitator, 1)
    page = device("phone").new_page()
    page.goto(facilitator.link("customers"))
    assert violations(page) == []
    field = page.get_by_label("Your code")
    field.fill("K7Q2-M9XT")
    page.get_by_role("button", name="One card at a time").tap()
    expect(page.get_by_role("alert")).to_contain_text("This code is not one of this round’s")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    assert violations(page) == []
    page.goto("about:blank")
    page.goto(link)
    expect(field).to_have_value(code)
    assert page.evaluate("location.hash") == ""
    page.reload()
    expect(field).to_have_value(code)
    page.get_by_role("button", name="One card at a time").tap()
    expect(page.locator("[data-ballot]")).to_be_visible()


def test_a_code_that_a_network_swallows_is_said_not_to_be_checked(device, facilitator):
    make(facilitator, 1)
    page = device("phone").new_page()
    page.goto(facilitator.link("customers"))
    lose_patience(page)
    hold(page, "**/code")
    page.get_by_label("Your code").fill("K7Q2-M9XT")
    page.get_by_role("button", name="One card at a time").tap()
    expect(page.get_by_role("alert")).to_contain_text("The server cannot be reached, so the code could not be checked.")


def test_next_person_takes_the_code_off_the_device(device, facilitator):
    (_, link), *_ = make(facilitator, 1)
    ballot = begin(BallotPage(device("tablet")), link)
    order(ballot)
    ballot.page.goto(f"{facilitator.link('customers')}/ballot?kiosk=1")
    ballot.press(ballot.page.locator(".shared-bar [data-next]"))
    ballot.press(ballot.page.locator("[data-hand-on]"))
    expect(ballot.page.get_by_label("Your code")).to_have_value("")


def test_without_script_the_code_is_typed_once(device, facilitator):
    (code, _), *_ = make(facilitator, 1)
    page = device("phone", java_script_enabled=False).new_page()
    page.goto(facilitator.link("customers"))
    page.get_by_label("Your code").fill(code)
    page.get_by_role("button", name="One card at a time").click()
    form = page.locator("form.plain")
    expect(form.get_by_label("Your code")).to_have_value(code)
    form.get_by_label("The codes in order").fill("a1 a2 a3")
    form.get_by_role("button", name="Send").click()
    expect(page.get_by_text("You have sent your order.")).to_be_visible()


def test_while_slips_are_made_the_page_says_so(device, server, facilitator):
    make(facilitator, 501)
    context = device("desktop")
    for cookie in facilitator.jar:
        context.add_cookies([{"name": cookie.name, "value": cookie.value, "url": server.url}])
    page, asked = context.new_page(), []
    held = hold(page, "**/codes.pdf*")
    page.on("request", lambda request: asked.append(request.url) if "codes.pdf" in request.url else None)
    page.goto(f"{server.url}{facilitator.desk}/codes")
    link, state = page.get_by_role("link", name="A4: slips"), page.locator("[data-making-state]")
    link.click()
    expect(state).to_have_text("Making the slips… This can take ten seconds.")
    expect(link).to_have_attribute("aria-disabled", "true")
    link.click(force=True)  # once more, as an impatient person does
    page.get_by_role("link", name="Letter: slips").click()
    with page.expect_download() as found:
        held[0].continue_()
    assert found.value.suggested_filename == "codes.pdf"
    assert len(asked) == 1
    expect(state).to_be_empty()
    expect(link).not_to_have_attribute("aria-disabled", "true")
    page.unroute("**/codes.pdf*")
    page.context.set_offline(True)
    link.click()
    expect(state).to_have_text("The server cannot be reached at the moment. Try again.")
