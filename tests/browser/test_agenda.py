"""The agenda before the room: saved as one types, through a dead network and a reload; published; read on a phone."""

from datetime import date

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from tests.browser.desk_page import item, press, put, saved
from tests.browser.live import Facilitator
from tests.browser.voting import cast
from tests.browser.waiting import late, until


@pytest.fixture
def revealed(server):
    facilitator = Facilitator(server).start(picks="3")
    for _ in range(3):
        cast(facilitator.link("it"), ["A-01", "A-02", "A-03"])
        cast(facilitator.link("customers"), ["A-02", "S-05", "A-01"])
    facilitator.lock("it")
    facilitator.lock("customers")
    facilitator.reveal()
    return facilitator


def at_desk(device, workshop, kind="desktop", **more):
    context = device(kind, **more)
    url = workshop.server.url
    context.add_cookies([{"name": cookie.name, "value": cookie.value, "url": url} for cookie in workshop.jar])
    page = context.new_page()
    page.goto(f"{url}{workshop.desk}/agenda")
    return page


def test_an_agenda_is_agreed_published_and_read_on_a_phone(revealed, device, deck):
    page = at_desk(device, revealed)
    put(page, deck["A-02"].title)
    put(page, deck["S-05"].title)
    first = item(page, "A-02")
    first.locator("summary").first.click()
    expect(item(page, "S-05").locator(".item-in")).to_be_hidden()  # one card open at a time
    expect(first.get_by_label("What will be done")).to_be_hidden()  # until it is decided
    first.get_by_label("What does it cost?").press_sequentially("A day a week")
    first.get_by_role("group", name="From whom?").get_by_label("The team").check()
    first.get_by_label("We do it").check()
    first.get_by_label("What will be done").press_sequentially("Ask every branch")
    saved(first)
    first.get_by_label("By when").fill("2031-03-01")
    expect(first.locator("[data-state]")).to_have_text("We do it · by 1 March 2031")

    with page.expect_download() as loading:
        page.get_by_role("link", name="the days for a calendar (ICS)").click()
    (entry,) = Calendar.from_ical(loading.value.path().read_bytes()).walk("VEVENT")
    assert (str(entry["summary"]), entry["dtstart"].dt) == ("Ask every branch", date(2031, 3, 1))

    page.reload()  # the same card is open, with everything in it
    expect(first.get_by_label("What will be done")).to_have_value("Ask every branch")
    expect(first.get_by_label("What does it cost?")).to_have_value("A day a week")
    expect(first.get_by_role("group", name="From whom?").get_by_label("The team")).to_be_checked()

    second = item(page, "S-05")
    second.locator("summary").first.click()
    second.get_by_role("group", name="What becomes of it?").get_by_label("No", exact=True).check()
    second.get_by_label("Why not, or why later").fill("No money")
    saved(second)
    expect(second.locator("[data-state]")).to_have_text("No, still without what there is instead")
    page.get_by_role("link", name="Look at the answer, then publish it").click()
    expect(page.get_by_text("Not ready to publish.")).to_be_visible()
    page.get_by_role("link", name="S-05").click()
    second.get_by_label("What there is instead").fill("A shared list")
    saved(second)
    page.get_by_role("link", name="Look at the answer, then publish it").click()
    page.get_by_role("button", name="Publish it").click()
    expect(page.get_by_text("Customers and IT read it")).to_be_visible()

    phone = device("phone").new_page()
    phone.goto(revealed.link("customers"))
    phone.get_by_role("link", name="Read what will be done").tap()
    expect(phone.locator("h1")).to_have_text("You said, we did")
    answers = phone.locator(".answered")
    expect(answers).to_have_count(2)
    expect(answers.nth(0)).to_contain_text("Ask every branch")
    expect(answers.nth(1)).to_contain_text("A shared list")
    expect(phone.locator(".answers-open li")).to_have_count(1)
    assert "A day a week" not in phone.locator("main").inner_text()


def test_what_is_typed_without_network_is_sent_when_it_is_back(revealed, device, deck):
    page = at_desk(device, revealed, "tablet")
    put(page, deck["A-02"].title)
    context, form = page.context, item(page, "A-02")
    context.set_offline(True)
    form.get_by_label("What does it cost?").press_sequentially("Goodwill")
    expect(form.locator("[data-save-state]")).to_have_text("Not saved yet. It tries again.")
    context.set_offline(False)
    saved(form)
    page.reload()
    expect(form.get_by_label("What does it cost?")).to_have_value("Goodwill")


def test_what_is_typed_before_the_script_has_come_is_saved_once_it_has(revealed, device, deck):
    page = at_desk(device, revealed, "tablet", service_workers="block")
    put(page, deck["A-02"].title)
    with late(page, "agenda"):
        page.reload(wait_until="commit")
        item(page, "A-02").get_by_label("What does it cost?").press_sequentially("Goodwill")
        item(page, "A-02").get_by_role("group", name="From whom?").get_by_label("The team").check()
    expect(item(page, "A-02").locator("[data-save-state]")).to_have_text("Saved")
    stored = revealed.request(f"{revealed.desk}/agenda")[1].decode()
    assert ">Goodwill</textarea>" in stored
    assert 'value="team" checked' in stored


def test_what_is_typed_while_a_slow_network_saves_is_saved_afterwards(revealed, device, deck):
    page, held = at_desk(device, revealed, "tablet", service_workers="block"), []
    put(page, deck["A-02"].title)
    page.route("**/agenda/1/A-02", lambda route: route.continue_() if held else held.append(route))
    page.clock.install()
    field = item(page, "A-02").get_by_label("What does it cost?")
    with page.expect_request("**/agenda/1/A-02"):
        field.press_sequentially("Good")
    field.press_sequentially("will")
    page.clock.fast_forward("00:02")  # the next save is due, and meets the one that is under way
    with page.expect_response(lambda answer: "Goodwill" in (answer.request.post_data or "")):
        held[0].continue_()
    assert "Goodwill" in revealed.request(f"{revealed.desk}/agenda")[1].decode()


def test_what_never_reached_the_server_is_there_after_the_page_was_lost(own_server, device):
    workshop = Facilitator(own_server).start(picks="3")
    workshop.lock("it")
    workshop.lock("customers")
    workshop.reveal()
    workshop.request(f"{workshop.desk}/agenda", {"code": "A-02"})
    page = at_desk(device, workshop)
    form, address = item(page, "A-02"), page.url
    own_server.stop()
    form.get_by_label("Who looks after it").fill("Ada")
    expect(form.locator("[data-save-state]")).to_have_text("Not saved yet. It tries again.")
    context = page.context
    page.close()
    own_server.start()
    page = context.new_page()
    page.goto(address)
    expect(item(page, "A-02").get_by_label("Who looks after it")).to_have_value("Ada")
    saved(item(page, "A-02"))
    assert 'value="Ada"' in workshop.request(f"{workshop.desk}/agenda")[1].decode()


def test_saving_is_told_once_a_field_is_left_and_what_is_wrong_at_once(revealed, device, deck):
    page = at_desk(device, revealed)
    put(page, deck["A-02"].title)
    form = item(page, "A-02")
    told = form.locator("[data-save-state]")
    told.evaluate("""told => {
      window.heard = [];
      new MutationObserver(() => heard.push(told.textContent)).observe(told, { childList: true });
    }""")
    with page.expect_response(lambda answer: answer.request.method == "PUT"):
        form.get_by_label("What does it cost?").press_sequentially("Goodwill")
    until(page, "() => !localStorage.length")  # it is saved, and somebody may go on typing
    with page.expect_response(lambda answer: answer.request.method == "PUT"):
        form.get_by_label("What does it cost?").press_sequentially(", and time")
    until(page, "() => !localStorage.length")
    assert page.evaluate("heard") == []
    form.get_by_label("What does it cost?").press("Tab")
    expect(told).to_have_text("Saved")
    assert page.evaluate("heard") == ["Saved"]
    form.get_by_text("Two more questions").click()
    form.get_by_role("group", name="Would we accept this from our own supplier?").get_by_label("Not sure").check()
    expect(told).to_have_text("Saved")
    form.get_by_label("Whom does it touch?").press_sequentially("New colleagues")
    expect(told).to_be_empty()
    saved(form)
    assert page.evaluate("heard") == ["Saved", "", "Saved", "", "Saved"]
    form.get_by_label("We do it").check()
    expect(told).to_have_text("Saved")
    page.route("**/agenda/1/A-02", lambda route: route.fulfill(status=422, json={"message": "Too long."}))
    form.get_by_label("What will be done").press_sequentially("Ask")
    expect(told).to_have_text("Not saved. Too long.")  # while the field is not left
    page.unroute("**/agenda/1/A-02")
    form.get_by_label("What will be done").press_sequentially(" all")
    expect(told).to_have_text("Saved")  # what was wrong is not any more, and that is told at once too
    page.reload()
    expect(form.get_by_label("Whom does it touch?")).to_have_value("New colleagues")
    expect(form.get_by_role("group", name="Would we accept this").get_by_label("Not sure")).to_be_checked()


def test_two_devices_fill_in_the_same_card(revealed, device, deck):
    one = at_desk(device, revealed)
    put(one, deck["A-02"].title)
    two = at_desk(device, revealed, "tablet")
    item(one, "A-02").get_by_label("What does it cost?").fill("Goodwill")
    item(two, "A-02").get_by_label("Who looks after it").fill("Ada")
    saved(item(one, "A-02"))
    saved(item(two, "A-02"))
    one.reload()
    expect(item(one, "A-02").get_by_label("What does it cost?")).to_have_value("Goodwill")
    expect(item(one, "A-02").get_by_label("Who looks after it")).to_have_value("Ada")


def test_the_agenda_works_without_script_and_by_keyboard(revealed, device, deck):
    page = at_desk(device, revealed, java_script_enabled=False)
    page.get_by_role("button", name=f"Put on the agenda {deck['A-02'].title}").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name=f"Put on the agenda {deck['S-05'].title}").click()
    form = item(page, "S-05")
    form.get_by_label("Later", exact=True).check()
    form.get_by_label("Why not, or why later").fill("No time")
    form.get_by_role("button", name="Save").click()
    expect(form.locator("[data-state]")).to_have_text("Later")
    press(page, f"Up {deck['S-05'].title}")
    assert page.locator("[data-item]").evaluate_all("all => all.map(one => one.dataset.item)") == ["S-05", "A-02"]
    form.get_by_text("Take it off the agenda").click()
    page.get_by_role("button", name=f"Take it off {deck['S-05'].title}").click()
    expect(page.locator("[data-item]")).to_have_count(1)


def test_what_is_agreed_and_still_open_reads_on_a_phone_without_scrolling_sideways(revealed, device):
    promise = {"was": '{"decision": "", "action": "", "owner": "", "due": ""}', "decision": "do", "due": "2026-01-05"}
    promise |= {"action": "Write what a change means for the branch", "owner": "Maria Hohenstein-Ullrich"}
    assert revealed.request(f"{revealed.desk}/agenda", {"code": "A-02"})[0] == 200
    assert revealed.request(f"{revealed.desk}/agenda/1/A-02", promise)[0] == 200
    assert revealed.request(f"{revealed.desk}/agenda/publish", {})[0] == 200
    revealed.next_round()
    for _ in range(3):
        cast(revealed.link("it"), ["A-01", "A-02", "A-03"], of_round=2)
        cast(revealed.link("customers"), ["A-02", "S-05", "A-01"], of_round=2)
    revealed.lock("it")
    revealed.lock("customers")
    revealed.reveal()
    page = at_desk(device, revealed, "phone")
    page.goto(f"{revealed.server.url}{revealed.desk}/result?parts=agenda")
    tables = page.locator(".scroll:has(.agree)")
    expect(tables).to_have_count(2)
    assert tables.evaluate_all("parts => parts.map(part => part.scrollWidth - part.clientWidth)") == [0, 0]
    promised = page.get_by_role("row", name="A-02").first
    expect(promised.get_by_role("cell", name="Maria Hohenstein-Ullrich")).to_be_visible()
