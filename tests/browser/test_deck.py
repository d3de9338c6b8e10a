"""Cards of one's own, from the upload on the desk to the ballot on a phone; some of them ticked, and words edited."""

import pytest
from playwright.sync_api import expect

from tests.browser.ballot_page import BallotPage
from tests.browser.weak_network import hold, lose_patience
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
    if not page.get_by_label("Your table").is_visible():
        page.get_by_text("Use cards of your own").click()
    page.get_by_label("Your table").set_input_files(
        {"name": "Ours.csv", "mimeType": "text/csv", "buffer": text.encode("utf-8-sig")}
    )
    page.get_by_role("button", name="Look at the cards").click()


def use(page, text=TABLE):
    look_at(page, text)
    page.get_by_role("button", name="Use these cards").click()
    in_use(page)


def in_use(page):
    expect(page.get_by_role("status").filter(has_text="These cards are in use now.")).to_be_visible()


def row(page, code):
    """The card's line among the ticks."""
    return page.locator(f"input[name=cards][value='{code}']")


def words(page, code):
    """The card's form, unfolded."""
    place = page.locator(f"li[id='{code}']")
    if not place.locator("form").is_visible():
        place.get_by_text("Edit the words").click()
    return place


def state(place):
    return place.locator("[data-save-state]")


def saved(place):
    expect(state(place)).to_have_text("Saved")


def test_own_cards_are_uploaded_looked_at_used_and_voted_on_with_a_phone(facilitator, desk, device):
    page = desk(java_script_enabled=False)
    look_at(page, FAULTY)
    assert "Card T-05 has no title" in page.get_by_role("alert").inner_text()
    use(page)
    phone = BallotPage(device("phone"))
    phone.page.goto(facilitator.link("customers"))
    phone.page.get_by_role("link", name="Look through all the cards first").click()
    expect(phone.page.locator(".card-face .card-title")).to_have_text(TITLES)
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
    words(page, "A-02").get_by_label("What it says", exact=True).fill("")
    expect(state(words(page, "A-02"))).to_contain_text("Card A-02 has no title.")
    check("a card without a title")
    words(page, "A-02").get_by_label("What it says", exact=True).fill("Nobody picks up")
    saved(words(page, "A-02"))
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


def test_twenty_of_the_52_are_ticked_with_their_number_in_sight_on_a_phone(facilitator, desk, device):
    page = desk("phone")
    page.get_by_text("Use only some of them").tap()
    page.get_by_role("button", name="Untick all").tap()
    count = page.locator("[data-ticked]")
    expect(count).to_have_text("0 of 52 ticked. A deck has at least 4.")
    for number in range(1, 6):
        row(page, f"A-{number:02}").tap()
    expect(count).to_have_text("5 of 52 ticked. Everybody then chooses up to 5 instead of 10.")
    for suit in "BCS":
        for number in range(1, 6):
            row(page, f"{suit}-{number:02}").tap()
    expect(count).to_have_text("20 of 52 ticked.")
    expect(count).to_be_in_viewport()
    page.get_by_role("button", name="Use the ticked cards").tap()
    in_use(page)
    expect(page.get_by_text("20 of Cardsort’s own 52 cards. Everybody chooses up to 10 of them.")).to_be_visible()
    phone = BallotPage(device("phone")).open(facilitator.link("customers"))
    phone.sort_one("often")
    assert phone.section("sort").locator("[data-progress]").inner_text().endswith("of 20")


def test_too_few_ticks_are_told_with_the_focus_and_nothing_else_changes(desk):
    page = desk(java_script_enabled=False)
    page.get_by_text("Use only some of them").click()
    for number in range(1, 14):
        for suit in "ABC":
            row(page, f"{suit}-{number:02}").uncheck()
    for number in range(4, 14):
        row(page, f"S-{number:02}").uncheck()
    page.get_by_role("button", name="Use the ticked cards").click()
    fault = page.get_by_text("3 cards are ticked, and a deck has at least 4. Tick 1 more.")
    expect(fault).to_be_focused()
    assert [row(page, f"S-0{number}").is_checked() for number in range(1, 5)] == [True, True, True, False]
    row(page, "S-04").check()
    page.get_by_role("button", name="Use the ticked cards").click()
    in_use(page)
    expect(page.locator(".card-face .card-title")).to_have_count(4)


def test_a_card_is_edited_where_it_lies_saved_as_one_types_and_looks_so_at_once(desk):
    page = desk("tablet")
    place = words(page, "A-07")
    place.get_by_label("What it says", exact=True).fill("Nobody picks up the phone")
    place.get_by_label("What it costs", exact=True).fill("A morning, each time.")
    page.keyboard.press("Tab")
    saved(place)
    expect(place.locator(".card-face .card-title")).to_have_text("Nobody picks up the phone")
    place.get_by_text("Turn over").tap()
    place.get_by_label("What better looks like", exact=True).fill("Somebody calls back.")
    page.keyboard.press("Tab")
    saved(place)
    expect(place.locator(".card-back")).to_contain_text("Somebody calls back.")
    expect(place.locator(".card-back")).to_be_visible()  # it is not turned back under the eyes of whoever reads it
    page.reload()
    place = words(page, "A-07")
    expect(place.get_by_label("What it costs", exact=True)).to_have_value("A morning, each time.")
    expect(place.locator(".card-face .card-title")).to_have_text("Nobody picks up the phone")


def test_wrong_words_are_told_at_the_card_keep_the_focus_and_outlive_a_reload(desk, deck):
    page = desk()
    place = words(page, "A-07")
    field = place.get_by_label("What it says", exact=True)
    field.fill(deck["B-05"].title)
    expect(state(place)).to_have_text(
        f"Not saved. The title “{deck['B-05'].title}” is taken already (Card B-05). Each card needs its own."
    )
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(place.locator(".card-face .card-title")).to_have_text(deck["A-07"].title)
    page.reload()
    place = words(page, "A-07")
    field = place.get_by_label("What it says", exact=True)
    expect(field).to_have_value(deck["B-05"].title)
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("Nobody picks up")
    saved(place)
    assert field.get_attribute("aria-invalid") is None


def test_words_typed_while_the_server_is_away_are_saved_when_it_is_back(desk):
    page = desk()
    place = words(page, "A-07")
    page.context.set_offline(True)
    place.get_by_label("How one notices it", exact=True).press_sequentially(" Always.")
    expect(state(place)).to_have_text("Not saved yet. It tries again.")
    page.context.set_offline(False)
    saved(place)


def test_words_that_a_network_swallows_are_said_and_saved_once_it_is_back(desk):
    page = desk()
    place = words(page, "A-07")
    lose_patience(page)
    hold(page, "**/cards/**")
    place.get_by_label("How one notices it", exact=True).press_sequentially(" Always.")
    expect(state(place)).to_have_text("Not saved yet. It tries again.")
    page.unroute("**/cards/**")
    saved(place)


def test_cards_are_ticked_and_edited_without_script_and_by_keyboard_alone(desk):
    page = desk(java_script_enabled=False)
    page.locator("summary", has_text="Use only some of them").focus()
    page.keyboard.press("Enter")
    row(page, "A-01").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Use the ticked cards").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("51 of Cardsort’s own 52 cards.")).to_be_visible()
    page.locator("summary", has_text="Edit the words").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.locator("li[id='A-02']").get_by_role("button", name="Save").focus()
    page.keyboard.press("Enter")
    field = page.locator("#title-A-02")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_text("Card A-02 has no title.")).to_be_visible()
    page.keyboard.type("Nobody picks up")
    page.locator("li[id='A-02']").get_by_role("button", name="Save").focus()
    page.keyboard.press("Enter")
    expect(page.locator("li[id='A-02'] .card-face .card-title")).to_have_text("Nobody picks up")
