"""A rehearsal in a real browser: turned like the reveal, on this device alone, and marked wherever one looks."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk_page import expect_step, turn
from tests.browser.live import Facilitator
from tests.browser.test_projector import SCREENS, faults_of_slide, goes_on, step
from tests.browser.voting import cast

MARK = "Rehearsal: invented ballots"
KINDS = {f"segment-{number}": f"Kind {number}" for number in range(1, 7)}
IN_SIGHT = """mark => {
  const box = mark.getBoundingClientRect();
  const middle = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return middle === mark && box.top >= 0 && box.bottom <= innerHeight;
}"""


@pytest.fixture(scope="module")
def workshop(server):
    """Somebody has sent already, and nothing is locked."""
    made = Facilitator(server).start(**KINDS, second_it="yes")
    cast(made.link("it"), ["S-13", "S-12", "S-11"])
    return made


@pytest.fixture
def open_page(workshop, server, device):
    def open_it(path="/rehearsal", kind="desktop", **more):
        context = device(kind, **more)
        context.add_cookies([{"name": c.name, "value": c.value, "url": server.url} for c in workshop.jar])
        page = context.new_page()
        page.goto(f"{server.url}{workshop.desk}{path}")
        return page

    return open_it


def test_keys_go_through_the_whole_rehearsal_on_this_device_alone_and_a_reload_keeps_the_slide(open_page):
    page, other = open_page(""), open_page()
    page.get_by_role("link", name="rehearse the reveal").click()
    page.wait_for_url("**/rehearsal")
    number = 0
    while goes_on(page):
        number += 1
        turn(page, ("ArrowRight", "PageDown", "Space", "ArrowDown")[number % 4], number)
        expect(page.get_by_text(MARK, exact=True)).to_have_count(1)
        assert page.url.endswith(f"/rehearsal?step={number}")
    page.keyboard.press("ArrowRight")  # there is nothing after the last slide
    page.reload()
    assert step(page) == number
    other.wait_for_timeout(1500)  # longer than a device takes that follows
    assert step(other) == 0
    page.get_by_role("link", name="The page").click()
    expect(page.get_by_text("A rehearsal: all ballots below are invented.")).to_be_visible()
    page.go_back()
    expect_step(page, number)
    page.go_back()  # the slides before are no pages of their own
    expect(page.locator("h1")).to_have_text("Autumn")


def test_the_keyboard_alone_reaches_slides_page_and_desk(open_page):
    page = open_page("")
    for name, heading in (("rehearse the reveal", "Rehearsal: Autumn"), ("look at its page", "IT named")):
        page.get_by_role("link", name=name).focus()
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_contain_text(heading)
        page.go_back()
    page = open_page("/rehearsal")
    page.get_by_role("button", name="Next").focus()
    turn(page, "Enter", 1)
    expect(page.get_by_role("button", name="Next")).to_be_focused()
    assert "Rehearsal" in page.title()


def test_a_rehearsal_works_without_script(open_page):
    page = open_page(java_script_enabled=False)
    for number in range(1, 4):
        page.get_by_role("button", name="Next").click()
        assert step(page) == number
    page.get_by_role("link", name="Light").click()
    page.get_by_role("button", name="Back").click()
    assert step(page) == 2
    assert page.url.endswith("/rehearsal?step=2&light=1")


def test_every_slide_fits_the_screen_shows_its_mark_and_is_accessible(open_page):
    page, faults = open_page(bypass_csp=True, reduced_motion="reduce"), {}

    def look(name):
        faults[name] = faults_of_slide(page)
        for width, height in SCREENS:
            page.set_viewport_size({"width": width, "height": height})
            if not page.locator(".rehearsal").evaluate(IN_SIGHT):
                faults[name].append(f"no mark at {width}")

    look(0)
    while goes_on(page):
        number = step(page) + 1
        turn(page, "PageDown", number)
        look(number)
    page.get_by_role("link", name="Light").click()
    expect(page.locator("html[data-scheme]")).to_have_count(0)
    look("daylight")
    assert not any(faults.values()), "\n".join(map(str, faults.items()))


@pytest.mark.parametrize("width", [320, 390, 820, 1366])
def test_the_mark_stays_in_sight_however_far_one_reads_and_covers_no_focus(open_page, width):
    page = open_page("/rehearsal/result")
    page.set_viewport_size({"width": width, "height": 700})
    mark, seen = page.locator(".rehearsal"), []
    height = page.evaluate("document.documentElement.scrollHeight")
    for top in range(0, height, 3000):
        page.evaluate("top => scrollTo({ top, behavior: 'instant' })", top)
        seen.append(mark.evaluate(IN_SIGHT))
    assert seen == [True] * len(seen)
    page.evaluate("top => scrollTo({ top, behavior: 'instant' })", height)
    assert (
        page.evaluate("() => document.querySelector('.foot').getBoundingClientRect().bottom")
        <= 700 - mark.bounding_box()["height"]
    )


@pytest.mark.parametrize(("locale", "mark"), [("en-GB", MARK), ("de-DE", "Probelauf: erfundene Stimmzettel")])
def test_the_browsers_own_print_says_on_each_sheet_that_it_is_a_rehearsal(open_page, locale, mark):
    from io import BytesIO

    from pypdf import PdfReader

    sheets = PdfReader(BytesIO(open_page("/rehearsal/result", locale=locale).pdf(format="A4"))).pages
    assert len(sheets) > 5
    assert [mark in sheet.extract_text() for sheet in sheets] == [True] * len(sheets)
