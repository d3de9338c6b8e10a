"""Cards of one's own, from the upload on the desk to the ballot on a phone."""

import pytest

from tests.browser.ballot_page import BallotPage
from tests.browser.widths import faults_at_each_width

TITLES = ["Nobody answers", "Changes surprise", "Forms ask twice", "Reports pile up", "Costs are secret"]
TABLE = "title;suit;lens;seen\r\n" + "".join(f"{title};Tools;cost;Every Monday.\r\n" for title in TITLES)
FAULTY = TABLE.replace("cost", "speed").replace("Costs are secret", "")


@pytest.fixture
def desk(server, facilitator, device):
    """The facilitator's own browser."""

    def open_desk(kind="desktop", **more):
        context = device(kind, **more)
        context.add_cookies([{"name": c.name, "value": c.value, "url": server.url} for c in facilitator.jar])
        page = context.new_page()
        page.goto(f"{server.url}{facilitator.desk}/deck")
        return page

    return open_desk


def look_at(page, text):
    page.get_by_label("Your table").set_input_files(
        {"name": "Ours.csv", "mimeType": "text/csv", "buffer": text.encode("utf-8-sig")}
    )
    page.get_by_role("button", name="Look at the cards").click()


def use(page, text=TABLE):
    look_at(page, text)
    page.get_by_role("button", name="Use these cards").click()
    assert page.get_by_role("status").inner_text().startswith("These cards are in use now.")


def test_own_cards_are_uploaded_looked_at_used_and_voted_on_with_a_phone(facilitator, desk, device):
    page = desk(java_script_enabled=False)
    look_at(page, FAULTY)
    assert "Card T-05 has no title" in page.get_by_role("alert").inner_text()
    use(page)
    phone = BallotPage(device("phone"))
    phone.page.goto(facilitator.link("customers"))
    phone.page.get_by_role("link", name="Look through all the cards first").click()
    assert phone.page.locator(".card-face .card-title").all_inner_texts() == TITLES
    phone.open(facilitator.link("customers"))
    phone.sort_all({"T-01": "often", "T-03": "often", "T-05": "often"})
    phone.page.get_by_role("button", name="Put in order").wait_for()
    for box in phone.section("choose").locator("input[type=checkbox]:visible").all():
        box.set_checked(True)
    phone.press(phone.page.get_by_role("button", name="Put in order"))
    phone.wait_for("rank")
    phone.press(phone.section("rank").locator("[data-on]"))
    phone.wait_for("why")
    phone.press(phone.section("why").locator("[data-on]"))
    phone.page.get_by_text("Thank you. Your order will count.", exact=True).wait_for()
    page.reload()
    assert "as somebody has sent a ballot by now" in page.locator(".note:not(.note-good)").inner_text()


def test_an_open_ballot_is_told_that_the_cards_were_exchanged(facilitator, desk, device):
    phone = BallotPage(device("phone")).open(facilitator.link("it"))
    phone.sort_one("often")
    use(desk())
    phone.sort_one("often")
    notice = phone.page.locator("[data-notice='exchanged']")
    notice.wait_for()
    phone.press(notice.get_by_role("link", name="Lay out the new cards"))
    phone.page.get_by_text("These are other cards than before.").wait_for()
    assert phone.present_card().startswith("T-0")
    assert phone.section("sort").locator("[data-progress]").inner_text().endswith("of 5")


def test_the_pages_of_a_deck_are_accessible_and_fit_their_width(facilitator, desk):
    page = desk(bypass_csp=True)
    faults = []

    def check(name):
        page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
        faults.extend((name, found) for found in faults_at_each_width(page))

    check("shipped")
    look_at(page, FAULTY)
    check("faults")
    look_at(page, TABLE)
    check("preview")
    page.get_by_role("button", name="Use these cards").click()
    check("used")
    page.goto(f"{page.url.split('?')[0]}?by=lens")
    check("by lens")
    page.goto(f"{facilitator.link('it')}/deck")
    check("voting")
    assert faults == []
