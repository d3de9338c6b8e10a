"""The whole exercise, as it happens in a room: three tablets, three phones, a facilitator, and the printed page.

What follows by hand, with five cards chosen (an unlisted card takes the mean of places 6 to 52, 29):

IT, sums of ranks: A-01 1+1+2 = 4, A-02 2+2+1 = 5, A-03 9, A-04 12, A-05 5+5+29 = 39, B-01 29+29+5 = 63, others 87.
Customers: A-03 1+1+2 = 4, C-01 2+2+1 = 5, S-01 4+3+3 = 10, S-02 5+5+4 = 14, A-01 3+4+29 = 36,
A-02 29+29+5 = 63, others 87. So the places are 1 to 6 as written, all others share 7 to 52.
"""

import re

import pytest
from playwright.sync_api import expect

from cardsort.usecases.decks import shipped_deck
from tests.browser.ballot_page import BallotPage
from tests.browser.desk_page import download, press, show_code, show_link
from tests.browser.live import Server

FIVE = ["A-01", "A-02", "A-03", "A-04", "A-05"]
PILES = dict.fromkeys([*FIVE, "B-01", "C-01", "S-01", "S-02"], "often")
ROWS = {  # code: how many customers chose it and its place, the same of IT; of three people no shares are told
    "A-03": "3 of 3 1 3 of 3 3",
    "C-01": "3 of 3 2 0 of 3 7–52",
    "S-01": "3 of 3 3 0 of 3 7–52",
    "S-02": "3 of 3 4 0 of 3 7–52",
    "A-01": "2 of 3 5 3 of 3 1",
    "A-02": "1 of 3 6 3 of 3 2",
    "A-04": "0 of 3 7–52 3 of 3 4",
    "A-05": "0 of 3 7–52 2 of 3 5",
}


@pytest.fixture
def room(tmp_path):
    """A server as a tablet in the room sees it: by name, on plain http. The other stories are on 127.0.0.1."""
    server = Server(tmp_path, host_name="cardsort.test").start()
    yield server
    server.stop()


def test_from_the_new_workshop_to_the_printed_comparison(room, device):
    desk = start_workshop(room, device("desktop", hurried=True).new_page())
    links = {group: show_link(desk, group) for group in ("it", "customers")}

    by_drags(device, links["it"], to=FIVE, chosen=["A-02", "A-05", "A-01", "A-03", "A-04"])
    expect(desk.locator("[data-count=it]")).to_have_text("1")  # without reloading
    by_drags(device, links["it"], to=FIVE, chosen=["A-05", "A-04", "A-03", "A-02", "A-01"], keys=True)
    by_taps(device, room, show_code(desk, "it"))
    expect(desk.locator("[data-count=it]")).to_have_text("3")
    desk.get_by_role("link", name="Lock IT’s prediction …").click()
    press(desk, "Lock IT’s prediction")
    expect(desk.get_by_text(re.compile(r"Locked \d\d:\d\d"))).to_be_visible()

    by_keys(device, links["customers"], ["A-03", "C-01", "A-01", "S-01", "S-02"])
    on_a_phone(device, links["customers"], ["A-03", "C-01", "S-01", "A-01", "S-02"])
    on_a_phone(device, links["customers"], ["C-01", "A-03", "S-01", "S-02", "A-02"], keys=True)
    expect(desk.locator("[data-count=customers]")).to_have_text("3")
    desk.get_by_role("link", name="Lock the customers’ ballots …").click()
    press(desk, "Lock the customers’ ballots")
    desk.get_by_role("link", name="Reveal …").click()
    press(desk, "Reveal now")
    expect(desk.locator(".asked-question").first).to_contain_text(
        "Which cards do you think your customers will put at the top"
    )
    desk.get_by_role("link", name="Desk").click()
    desk.get_by_role("link", name="Read the comparison").click()

    expect(desk.locator("h1")).to_contain_text("IT named 2 of the customers’ top 5")
    check_report(download(desk, "Report to print"))


def start_workshop(room, desk):
    desk.goto(room.url)
    desk.get_by_role("link", name="Start a workshop").click()
    desk.get_by_label("Name of the workshop").fill("Autumn in Łódź")
    desk.get_by_label("Organisation").fill("Καράβι & Žlutý kůň İstanbul")
    desk.get_by_text("The two questions, and how many cards").click()
    desk.get_by_label("How many cards does everybody choose?").fill("5")
    press(desk, "Start the workshop")
    expect(desk.locator("[data-address]")).to_contain_text(f"{room.url}/f/")
    desk.get_by_role("link", name="to the desk").click()
    expect(desk.locator("[data-count=it]")).to_have_text("0")
    return desk


def by_drags(device, link, *, to, chosen, keys=False):
    """A tablet: sort all 52, choose in some order, then drag each card to its place with a finger."""
    person = BallotPage(device("tablet"))
    person.open(link).sort_all(PILES, keys=keys)
    person.choose(chosen)
    for place, code in enumerate(to, start=1):
        if person.order()[place - 1] != code:
            person.drag_to(code, place)
    assert person.order() == to
    person.reload().wait_for("rank")
    assert person.order() == to
    first = {"basis": "know", "evidence": "asked"} if chosen[0] == "A-02" else {"basis": "think"}
    person.reasons(first, {"basis": "think"}, {"basis": "think"})
    receipt = person.send()
    person.reload()
    assert person.receipt() == receipt


def by_taps(device, room, code):
    """A tablet, from the join code on the screen to the receipt, by single taps alone."""
    context = device("tablet")
    page = context.new_page()
    page.goto(room.url)
    page.get_by_label("Code from the screen").fill(code)
    page.get_by_role("button", name="Join").tap()
    page.wait_for_url("**/v/*")
    link = page.url
    page.close()
    person = BallotPage(context)
    person.open(link).sort_all(PILES)
    person.choose(["A-01", "A-02", "A-03", "A-04", "B-01"])
    person.tap_move("A-02", "top")
    assert person.order() == ["A-02", "A-01", "A-03", "A-04", "B-01"]
    person.reasons({"basis": "think"}, {"basis": "think"}, {"basis": "think"})
    person.send()


def by_keys(device, link, ranking):
    """A phone with a keyboard: not one touch."""
    person = BallotPage(device("phone"), touch=False)
    page = person.page
    page.goto(link)
    page.locator(".go .way-cards, .go > a").first.focus()
    page.keyboard.press("Enter")
    person.wait_for("sort").wait_for_script().sort_all(dict.fromkeys(ranking, "often"), keys=True)
    for code in ranking:
        page.locator(f"[data-step=choose] [data-code='{code}'] input").focus()
        page.keyboard.press("Space")
    page.locator("[data-step=choose] [data-on]").focus()
    page.keyboard.press("Enter")
    person.wait_for("rank")
    for code in reversed(ranking):
        person.key_move(code, "Home")
    assert person.order() == ranking
    page.locator("[data-step=rank] [data-on]").focus()
    page.keyboard.press("Enter")
    person.wait_for("why")
    page.get_by_role("button", name="Send").focus()
    page.keyboard.press("Enter")
    assert person.receipt()


def on_a_phone(device, link, ranking, *, keys=False):
    """A customer on a phone, with words of their own."""
    person = BallotPage(device("phone"))
    person.open(link).sort_all(PILES, keys=keys)
    person.choose(ranking)
    for code in reversed(ranking):
        if person.order()[0] != code:
            person.tap_move(code, "top")
    assert person.order() == ranking
    person.reasons({"costs": ["time"], "words": "Nine days <b>each</b> time."}, moment="calm")
    person.send()


def check_report(pages):
    assert "IT named 2 of the customers’ top 5" in pages[0]
    assert "Καράβι & Žlutý kůň İstanbul" in pages[0]
    for code, said in ROWS.items():
        assert f"{code} {shipped_deck()[code].title} {said}" in pages[0]
