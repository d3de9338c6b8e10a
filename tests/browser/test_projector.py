"""The reveal in a real browser: a clicker turns the slides, a second device follows, and nothing skips or scrolls."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations_in_each_scheme
from tests.browser.desk_page import expect_step, press, turn
from tests.browser.live import Facilitator
from tests.browser.voting import cast
from tests.browser.waiting import until
from tests.browser.weak_network import hold, lose_patience

SCREENS = [(1920, 1080), (1366, 768), (1024, 768)]
LONGEST = ["A-05", "C-08", "A-03", "A-04", "C-04", "S-13", "A-01", "B-02", "C-01", "S-01"]  # titles of 44, 43 … letters
TOO_TALL = """() => [
  document.documentElement.scrollHeight > innerHeight && "scrolls",
  document.documentElement.scrollWidth > innerWidth && "scrolls sideways",
  ...[...document.querySelectorAll(".row-title, .card")].filter((part) => part.scrollHeight > part.clientHeight + 4)
    .map((part) => `cut: ${part.textContent.trim()}`),
].filter(Boolean)"""


@pytest.fixture
def example(server):
    """The example workshop, revealed."""
    made = Facilitator(server)
    made.request("/example", {})
    made.desk = made.path
    return made


@pytest.fixture
def open_projector(server, device):
    def open_it(workshop, kind="desktop", path="", **more):
        context = device(kind, **more)
        context.add_cookies([{"name": c.name, "value": c.value, "url": server.url} for c in workshop.jar])
        page = context.new_page()
        page.goto(f"{server.url}{workshop.desk}/projector{path}")
        return page

    return open_it


def step(page):
    return int(page.locator("[data-stage]").get_attribute("data-step"))


def goes_on(page):
    return page.locator("[data-stage]").get_attribute("data-more") == "1"


def test_the_keyboard_goes_through_the_whole_reveal_while_a_second_device_follows(example, open_projector):
    wall, tablet = open_projector(example), open_projector(example, "tablet")
    number = 0
    while goes_on(wall):
        number += 1
        turn(wall, ("ArrowRight", "PageDown", "Space", "ArrowDown")[number % 4], number)
        if number % 8 == 0 or not goes_on(wall):
            expect_step(tablet, number, seconds=3)
            assert tablet.locator("h1").inner_text() == wall.locator("h1").inner_text()
    assert number == 30
    wall.keyboard.press("ArrowRight")  # there is nothing after the last slide
    for key, to in (("PageUp", number - 1), ("ArrowLeft", number - 2), ("Home", 0), ("End", number)):
        turn(wall, key, to)
    expect_step(tablet, number, seconds=3)


def test_a_clicker_turns_also_a_slide_that_is_longer_than_its_screen(example, open_projector):
    wall = open_projector(example)
    wall.set_viewport_size({"width": 700, "height": 200})
    assert wall.evaluate("document.documentElement.scrollHeight > innerHeight")
    turn(wall, "PageDown", 1)
    turn(wall, "PageUp", 0)


def test_faster_turns_whole_blocks_and_needs_fourteen_presses(example, open_projector):
    wall, presses = open_projector(example), 0
    while goes_on(wall):
        before = step(wall)
        wall.keyboard.press("f")
        until(wall, "before => Number(document.querySelector('[data-stage]').dataset.step) > before", before)
        presses += 1
    assert (presses, step(wall)) == (14, 30)


def test_the_list_of_parts_leads_to_each_by_keys_alone(example, open_projector):
    wall = open_projector(example)
    opener = wall.locator(".jump > summary")
    for name, kind in (("What do we agree?", "agree"), ("What was found", "marks"), ("The questions", "question")):
        opener.focus()
        wall.keyboard.press("Enter")
        button = wall.get_by_role("button", name=name)
        expect(button).to_be_visible()
        button.focus()
        wall.keyboard.press("Enter")
        expect(wall.locator(f".slide-{kind}")).to_be_visible()
        expect(button).to_be_hidden()
        expect(opener).to_be_focused()


def test_the_climax_goes_to_its_place_and_lies_there(example, open_projector):
    wall = open_projector(example)
    wall.get_by_text("Go to").click()
    wall.get_by_role("button", name="What was found").click()
    expect(wall.locator(".mark")).to_have_count(2)  # guessing, and what IT had expected
    expect(wall.locator(".mark-it, .mark-customers")).to_have_count(0)
    assert wall.locator("h1").inner_text() == "How many of the customers’ top\u00a010 did IT name?"
    wall.keyboard.press("ArrowRight")
    expect(wall.locator(".mark-it.mark-new")).to_have_count(1)
    assert "grow" in wall.locator(".mark-it .mark-way").evaluate("way => getComputedStyle(way).animationName")
    wall.keyboard.press("ArrowRight")
    expect(wall.locator(".mark")).to_have_count(4)
    expect(wall.get_by_role("img", name="by IT 5")).to_be_visible()


def test_reload_and_back_keep_the_step_and_going_there_turns_nothing(example, open_projector, server):
    wall = open_projector(example)
    for number in (1, 2, 3):
        turn(wall, "ArrowRight", number)
    wall.reload()
    assert step(wall) == 3
    wall.get_by_role("link", name="Desk").click()
    wall.wait_for_url("**/desk/*")
    wall.go_back()
    expect_step(wall, 3)
    for _ in range(3):  # as a browser does that fetches links before somebody follows them
        wall.evaluate("path => fetch(path, {headers: {Purpose: 'prefetch'}})", f"{server.url}{example.desk}/projector")
    wall.reload()
    assert step(wall) == 3


def test_a_click_before_the_script_has_come_turns_the_slide(example, open_projector, server):
    wall = open_projector(example)
    script = "**/js/projector*.js*"
    hold(wall, script)
    wall.goto(f"{server.url}{example.desk}/projector", wait_until="commit")
    expect(wall.get_by_role("button", name="Next")).to_be_visible()
    wall.unroute(script)  # what waits goes on waiting
    wall.get_by_role("button", name="Next").click()
    expect_step(wall, 1)
    wall.wait_for_load_state()
    turn(wall, "ArrowRight", 2)


def test_two_presses_at_once_turn_one_slide(example, open_projector):
    wall, tablet = open_projector(example), open_projector(example, "tablet")
    wall.evaluate("""() => {
      const press = () => document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "PageDown", bubbles: true}));
      for (const _ of "abc") press();
    }""")
    expect_step(wall, 1)
    expect_step(tablet, 1, seconds=3)
    pages = (wall, tablet)
    wall.context.set_offline(True)  # this one does not hear that the other goes on
    turn(tablet, "ArrowRight", 2)
    wall.keyboard.press("ArrowRight")
    expect(wall.get_by_role("alert")).to_contain_text("No connection at the moment.")
    wall.context.set_offline(False)
    for page in pages:
        expect_step(page, 2)
    expect(wall.get_by_role("alert")).to_be_empty()


def test_a_network_that_swallows_requests_is_said_and_keys_turn_again_once_it_is_back(example, open_projector):
    wall = open_projector(example)
    lose_patience(wall)
    for keys in ([], ["ArrowRight"]):
        hold(wall, "**/projector{,/step}")
        for key in keys:
            wall.keyboard.press(key)
        expect(wall.get_by_role("alert")).to_contain_text("No connection at the moment.")
        wall.unroute("**/projector{,/step}")
        expect(wall.get_by_role("alert")).to_be_empty()
    turn(wall, "ArrowRight", 1)


def test_taps_and_buttons_turn_too_and_the_focus_stays_on_the_button(example, open_projector):
    wall = open_projector(example, "tablet")
    width, height = wall.viewport_size["width"], wall.viewport_size["height"]
    wall.touchscreen.tap(width * 0.8, height * 0.2)
    expect_step(wall, 1)
    wall.touchscreen.tap(width * 0.2, height * 0.2)
    expect_step(wall, 0)
    button = wall.get_by_role("button", name="Next")
    button.focus()
    turn(wall, "Enter", 1)
    expect(button).to_be_focused()
    turn(wall, "Space", 2)
    wall.get_by_role("button", name="Back").click()
    expect_step(wall, 1)
    wall.get_by_text("Go to").click()
    wall.get_by_role("button", name="The questions").click()
    expect_step(wall, 0)


def test_a_turned_place_is_announced_once(example, open_projector):
    wall = open_projector(example)
    for number in range(1, 5):
        turn(wall, "ArrowRight", number)
    said = wall.locator("[data-live]")
    title = wall.locator(".row-new .row-title").inner_text()
    expect(said).to_contain_text("Place 3")
    expect(said).to_contain_text(title)
    wall.evaluate("document.querySelector('[data-live]').textContent = ''")
    wall.wait_for_timeout(1500)  # the looks at the step meanwhile say nothing
    expect(said).to_be_empty()


def test_nothing_moves_where_motion_is_unwanted(example, open_projector):
    wall = open_projector(example, reduced_motion="reduce")
    for number in range(1, 5):
        turn(wall, "ArrowRight", number)
    assert wall.locator(".row-new").evaluate("row => getComputedStyle(row).animationDuration") == "0s"


def test_signs_lines_and_numbers_are_seen_in_forced_colours(example, open_projector):
    wall = open_projector(example, forced_colors="active")
    seen = """() => {
      const { color, backgroundColor } = getComputedStyle(document.body);
      const parts = [...document.querySelectorAll("[data-slide] svg :is(line, rect, circle, text)")].map((part) =>
        getComputedStyle(part)).flatMap(({ fill, stroke }) => [fill, stroke]);
      const dots = [...document.querySelectorAll("[data-slide] .sign-customers")].map((part) =>
        getComputedStyle(part, "::before").backgroundColor);
      return { dots: dots.filter((dot) => dot !== color), n: parts.length + dots.length,
        parts: parts.filter((colour) => ![color, backgroundColor, "none"].includes(colour)) };
    }"""
    kinds = {}
    while goes_on(wall):
        turn(wall, "ArrowRight", step(wall) + 1)
        found = wall.evaluate(seen)
        kind = wall.locator("[data-slide]").get_attribute("class").split()[-1]
        kinds[kind] = kinds.get(kind, 0) + found.pop("n")
        assert found == {"dots": [], "parts": []}, kind
    assert {kind for kind, n in kinds.items() if n} >= {"slide-tops", "slide-marks", "slide-gap", "slide-shared"}


def test_the_reveal_works_without_script(example, open_projector):
    wall = open_projector(example, java_script_enabled=False)
    for number in range(1, 5):
        press(wall, "Next")
        assert step(wall) == number
    assert wall.locator(".row-new").count() == 1
    wall.get_by_role("button", name="Back").click()
    wall.get_by_role("link", name="Light").click()
    wall.get_by_role("button", name="Faster").click()
    assert step(wall) == 6
    assert wall.url.endswith("/projector?light=1")


@pytest.fixture
def longest(server):
    """Workshops whose tops, ten or three, are the longest titles, with a question as long as it may be."""

    def make(picks, chosen, people=5, words=""):
        made = Facilitator(server).start(
            picks=picks, name="Autumn " * 17, question_it=("Which do you expect? " * 12)[:240]
        )
        for _ in range(people):
            cast(made.link("it"), LONGEST[: len(chosen)])
            cast(made.link("customers"), chosen, words=words)
        for group in ("it", "customers"):
            made.lock(group)
        made.reveal()
        return made

    apart = ["C-07", *(f"B-{number:02}" for number in range(3, 12))]  # clear gaps, and words as long as they may be
    return (
        make("10", [*LONGEST[5:], *LONGEST[:5]]),
        make("3", [LONGEST[2], *LONGEST[4:6]]),
        make("10", apart, people=9, words=("Nobody told us when it would come back, so we waited. " * 6)[:280]),
    )


def faults_of_slide(wall):
    """What does not fit on a screen, and what axe finds in either colours."""
    found = []
    for width, height in SCREENS:
        wall.set_viewport_size({"width": width, "height": height})
        found += [f"{part} at {width}" for part in wall.evaluate(TOO_TALL)]
    return found + violations_in_each_scheme(wall)


def test_every_slide_fits_the_screen_and_is_accessible_in_the_dark_and_in_daylight(example, longest, open_projector):
    faults = {}
    for name, workshop in zip(("example", "ten", "three", "apart"), (example, *longest), strict=True):
        wall = open_projector(workshop, bypass_csp=True, reduced_motion="reduce")
        faults[name, 0] = faults_of_slide(wall)
        while goes_on(wall):
            number = step(wall) + 1
            turn(wall, "PageDown", number)
            faults[name, number] = faults_of_slide(wall)
        wall.get_by_role("link", name="Light").click()
        expect(wall.locator("html[data-scheme]")).to_have_count(0)
        faults[name, "daylight"] = faults_of_slide(wall)
    assert not any(faults.values()), "\n".join(map(str, faults.items()))


def test_the_join_screen_counts_by_itself_and_fits_the_screen(facilitator, server, device):
    context = device("desktop", hurried=True)
    context.add_cookies([{"name": c.name, "value": c.value, "url": server.url} for c in facilitator.jar])
    page = context.new_page()
    page.goto(f"{server.url}{facilitator.desk}/show")
    cast(facilitator.link("it"), LONGEST)
    expect(page.locator(".join-count").first).to_have_text("1 has sent")
    for path in ("/show", "/show/it", "/show/customers?light=1"):
        page.goto(f"{server.url}{facilitator.desk}{path}")
        for width, height in SCREENS:
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate(TOO_TALL) == []
