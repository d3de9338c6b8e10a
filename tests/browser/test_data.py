"""Data in and out: ballots brought in as one table, and a workshop archived, deleted and restored."""

import json
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.desk_page import bring_in
from tests.browser.live import Facilitator
from tests.browser.voting import cast

HEADER = "group,ranking\n"
FAULTY = HEADER + "it,A-01 A-02 A-03\nit,A-01 A-02\ncustomers,S-01 A-02 C-03\nit,A-01 A-02 A-33\n"
MENDED = HEADER + "it,A-01 A-02 A-03\nit,A-01 A-02 S-05\ncustomers,S-01 A-02 C-03\nit,A-01 A-02 B-03\n"


@pytest.fixture
def desk(server, facilitator, device):
    context = device("desktop")
    for cookie in facilitator.jar:
        context.add_cookies([{"name": cookie.name, "value": cookie.value, "url": server.url}])
    page = context.new_page()
    page.goto(server.url + facilitator.desk)
    return page


def test_a_faulty_table_is_mended_confirmed_and_counted(desk, facilitator):
    bring_in(desk, FAULTY)
    faults = [
        "Line 3 Only 2 cards are ranked. Rank at least 3.",
        "Line 5 The card “A-33” is not in the deck. Its codes look like A-01; correct it.",
    ]
    expect(desk.get_by_role("listitem")).to_have_text(faults)
    expect(desk.get_by_role("button", name="Store the 2 good ones")).to_be_visible()
    assert violations(desk) == []
    assert facilitator.counts() == {"it": 0, "customers": 0}
    desk.get_by_label("Or its text, pasted").fill(MENDED)
    desk.get_by_role("button", name="Check it").click()
    assert violations(desk) == []
    assert facilitator.counts() == {"it": 0, "customers": 0}
    desk.get_by_role("button", name="Store 4 ballots").click()
    assert "4 ballots stored." in desk.get_by_role("status").inner_text()
    assert facilitator.counts() == {"it": 3, "customers": 1}
    desk.get_by_role("link", name="Look at the counts").click()
    assert desk.locator("[data-count=it]").inner_text() == "3"


@pytest.mark.parametrize("width", [320, 390, 820, 1366])
def test_every_state_of_the_import_fits_its_width(server, device, width):
    facilitator = Facilitator(server).start(**{"segment-1": "Sales and service teams", "segment-2": "Bank"})
    context = device("desktop", viewport={"width": width, "height": 800})
    for cookie in facilitator.jar:
        context.add_cookies([{"name": cookie.name, "value": cookie.value, "url": server.url}])
    page = context.new_page()
    page.goto(server.url + facilitator.desk)
    good = "customers;A-01 A-02 A-03;Sales and service teams\n"
    bring_in(page, "group;ranking;segment\n" + good + f"customers;{'x' * 300};Bank\nit;A-01 A-02 A-03;\n")
    assert "Line 3" in page.get_by_role("listitem").first.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert violations(page) == []


def test_archived_deleted_and_restored_it_says_the_same(desk, server, facilitator, tmp_path):
    for group, count in (("it", 4), ("customers", 5)):
        for _ in range(count):
            cast(facilitator.link(group), ["A-01", "A-02", "C-01"])
        facilitator.lock(group)
    facilitator.reveal()
    before, address = facilitator.result(), facilitator.desk
    desk.goto(f"{server.url}{address}/result")
    headline = desk.locator("h1").inner_text()
    desk.get_by_text("Take the data along").click()
    with desk.expect_download() as download:
        desk.get_by_role("link", name="The whole workshop").click()
    archive = tmp_path / download.value.suggested_filename
    download.value.save_as(archive)
    assert archive.name.endswith(".cardsort.json")

    desk.goto(f"{server.url}{address}/delete")
    desk.get_by_label("Type its name").fill("Autumn")
    desk.get_by_role("button", name="Delete for good").click()
    assert desk.goto(server.url + address).status == 404

    desk.goto(server.url)
    desk.get_by_role("link", name="Restore a workshop").click()
    desk.get_by_label("The archive").set_input_files(archive)
    desk.get_by_role("button", name="Restore it").click()
    assert desk.locator("h1").inner_text() == "Keep this link"
    desk.get_by_role("link", name="to the desk").click()
    assert desk.locator("[data-count=customers]").inner_text() == "5"
    answer = desk.request.get(f"{desk.url}/result.json")
    today = datetime.now(UTC).date()
    assert json.loads(answer.text()) == before | {"restored": today.isoformat()}
    expect(desk.get_by_text(f"Restored from an archive of {today.day} ")).to_be_visible()
    desk.get_by_role("link", name="Read the comparison").click()
    assert desk.locator("h1").inner_text() == headline


def test_the_day_of_deletion_is_set(desk):
    desk.get_by_text("What was set up").click()
    desk.get_by_role("link", name="another day").click()
    desk.get_by_label("Delete it on").fill(desk.get_by_label("Delete it on").get_attribute("max"))
    last = desk.locator("#day-hint").inner_text().removeprefix("From tomorrow to ").rstrip(".")
    desk.get_by_role("button", name="Keep it until then").click()
    desk.get_by_text("What was set up").click()
    expect(desk.get_by_text(f"{last}, then deleted")).to_be_visible()
