"""The presenter's view in a real browser: it turns the wall, keeps notes and the time, and is read by everybody."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import OF_COLOURS, violations
from tests.browser.desk_page import expect_step, press
from tests.browser.live import Facilitator
from tests.browser.waiting import late, until
from tests.browser.weak_network import hold, lose_patience

SCREENS = [(820, 1180), (390, 844), (320, 640)]
WRONG_CLOCK = "Date.now = () => 86400000; window.Date = class extends Date { static now() { return 86400000; } };"

# What the timer shows from when the server has said that so many seconds were set, until it shows a second text.
TICKS = """seconds => {
  const timer = document.querySelector("[data-timer]");
  const left = Number(timer?.dataset.left);
  if (!(left > seconds - 60 && left <= seconds)) return false;
  if (window.counted !== seconds) Object.assign(window, { counted: seconds, ticks: [] });
  const text = timer.querySelector("[data-shown]").textContent;
  if (!window.ticks.includes(text)) window.ticks.push(text);
  return window.ticks.length > 1;
}"""


@pytest.fixture
def example(server):
    """The example workshop, revealed."""
    made = Facilitator(server)
    made.request("/example", {})
    made.desk = made.path
    return made


@pytest.fixture
def open_page(server, device):
    def open_it(workshop, path, kind="tablet", script="", **more):
        context = device(kind, **more)
        context.add_cookies([{"name": c.name, "value": c.value, "url": server.url} for c in workshop.jar])
        if script:
            context.add_init_script(script)
        page = context.new_page()
        page.goto(f"{server.url}{workshop.desk}{path}")
        return page

    return open_it


def go_to(page, name):
    page.get_by_text("Go to").click()
    press(page, name)


def test_its_buttons_and_keys_turn_the_wall(example, open_page):
    view, wall = open_page(example, "/presenter"), open_page(example, "/projector", "desktop")
    press(view, "Next")
    expect_step(wall, 1)
    view.keyboard.press("PageDown")
    expect_step(wall, 2)
    press(view, "Faster")
    expect_step(wall, 6)
    press(view, "Back")
    expect_step(wall, 5)
    go_to(view, "What do we agree?")
    expect(wall.get_by_role("heading", name="What do we agree?")).to_be_visible()
    expect(view.get_by_role("button", name="Next")).to_be_disabled()
    wall.keyboard.press("Home")
    expect_step(view, 0)


def test_keys_typed_into_a_note_turn_nothing(example, open_page):
    view = open_page(example, "/presenter")
    view.get_by_label("Your notes to this slide").press_sequentially("fine words ")
    view.keyboard.press("ArrowRight")
    view.keyboard.press("End")
    expect(view.locator("[data-note-state]")).to_have_text("Saved")
    expect_step(view, 0)


def test_a_note_that_is_being_typed_outlives_the_timer_and_a_turn_by_somebody_else(example, open_page):
    view, wall = open_page(example, "/presenter"), open_page(example, "/projector", "desktop")
    other = open_page(example, "/presenter")
    note = view.get_by_label("Your notes to this slide")
    note.press_sequentially("Ask Ann ")
    press(other, "3 minutes")
    expect(view.locator("[data-shown]")).to_be_visible()
    expect(note).to_be_focused()
    view.keyboard.type("first.")
    wall.keyboard.press("ArrowRight")
    expect_step(view, 1)
    expect(note).to_have_value("")
    wall.keyboard.press("ArrowLeft")
    expect_step(view, 0)
    expect(note).to_have_value("Ask Ann first.")
    view.reload()
    expect(view.get_by_label("Your notes to this slide")).to_have_value("Ask Ann first.")


def test_a_note_that_is_typed_before_the_script_has_come_is_saved_once_it_has(example, open_page):
    view = open_page(example, "/presenter", service_workers="block")
    with late(view, "presenter"):
        view.reload(wait_until="commit")
        view.get_by_label("Your notes to this slide").press_sequentially("Ask Ada first")
    expect(view.locator("[data-note-state]")).to_have_text("Saved")
    assert ">Ask Ada first</textarea>" in example.request(f"{example.desk}/presenter")[1].decode()


def test_what_is_typed_while_a_slow_network_saves_a_note_is_saved_afterwards(example, open_page):
    view, held = open_page(example, "/presenter", service_workers="block"), []
    view.route("**/presenter/notes", lambda route: route.continue_() if held else held.append(route))
    view.clock.install()
    note = view.get_by_label("Your notes to this slide")
    with view.expect_request("**/presenter/notes"):
        note.press_sequentially("Ask Ada")
    note.press_sequentially(" first")
    view.clock.fast_forward("00:02")  # the next save is due, and meets the one that is under way
    with view.expect_response(lambda answer: "Ask Ada first" in (answer.request.post_data or "")):
        held[0].continue_()
    assert ">Ask Ada first</textarea>" in example.request(f"{example.desk}/presenter")[1].decode()


def test_a_note_waits_for_the_network_and_says_so(example, open_page):
    view = open_page(example, "/presenter")
    view.context.set_offline(True)
    view.get_by_label("Your notes to this slide").fill("Wait.")
    expect(view.locator("[data-note-state]")).to_have_text("Not saved yet. It tries again.")
    view.context.set_offline(False)
    expect(view.locator("[data-note-state]")).to_have_text("Saved", timeout=15_000)


def test_a_note_that_a_network_swallows_is_said_and_saved_once_it_is_back(example, open_page):
    view = open_page(example, "/presenter")
    lose_patience(view)
    hold(view, "**/presenter/notes")
    view.get_by_label("Your notes to this slide").fill("Wait.")
    expect(view.locator("[data-note-state]")).to_have_text("Not saved yet. It tries again.")
    view.unroute("**/presenter/notes")
    expect(view.locator("[data-note-state]")).to_have_text("Saved")


def test_both_devices_count_alike_though_the_clock_of_one_is_years_behind(example, open_page):
    view = open_page(example, "/presenter")
    wall = open_page(example, "/projector", "desktop", script=WRONG_CLOCK)
    press(view, "5 minutes")
    expect(wall.get_by_role("timer")).to_contain_text("4:5")
    expect(view.get_by_role("timer")).to_contain_text("4:5")
    shown = [page.locator("[data-shown]").inner_text() for page in (view, wall)]
    seconds = [60 * int(text.split(":")[0]) + int(text.split(":")[1]) for text in shown]
    assert abs(seconds[0] - seconds[1]) <= 2
    press(view, "End it")
    expect(wall.get_by_role("timer")).to_have_count(0)


def test_once_a_new_round_has_begun_it_keeps_the_time_for_that_and_speaks_of_no_lost_connection(example, open_page):
    view = open_page(example, "/presenter")
    example.next_round()
    expect(view.get_by_role("heading", name="Presenter’s view")).to_be_visible()
    expect(view.get_by_text("Until then it keeps the time")).to_be_visible()


def test_the_timer_stands_beside_the_codes_while_people_vote(facilitator, open_page):
    codes, view = open_page(facilitator, "/show", "desktop", hurried=True), open_page(facilitator, "/presenter")
    view.get_by_role("spinbutton", name="Minutes").fill("7")
    press(view, "Start")
    expect(codes.get_by_role("timer")).to_contain_text("6:5")


def test_a_timer_that_is_set_anew_counts_anew_wherever_it_is_shown(facilitator, open_page):
    view = open_page(facilitator, "/presenter")
    pages = [open_page(facilitator, "/show", "desktop", hurried=True), view]
    for minutes in (7, 3):
        view.get_by_role("spinbutton", name="Minutes").fill(str(minutes))
        press(view, "Start")
        for page in pages:
            until(page, TICKS, 60 * minutes)
            assert {int(text.split(":")[0]) for text in page.evaluate("() => window.ticks")} <= {minutes, minutes - 1}


def test_it_can_be_read_and_pressed_on_every_slide_also_where_a_device_wants_the_dark(example, open_page):
    view, faults = open_page(example, "/presenter", bypass_csp=True), {}
    press(view, "3 minutes")
    while True:
        step = int(view.locator("[data-stage]").get_attribute("data-step"))
        for width, height in SCREENS:
            view.set_viewport_size({"width": width, "height": height})
            if view.evaluate("document.documentElement.scrollWidth > innerWidth"):
                faults[step, width] = "scrolls sideways"
        view.emulate_media(color_scheme="dark")
        if found := violations(view, OF_COLOURS):
            faults[step, "dark"] = found
        view.emulate_media(color_scheme="light")
        if found := violations(view):
            faults[step] = found
        if view.locator("[data-stage]").get_attribute("data-more") != "1":
            break
        press(view, "Faster")
        until(view, "step => Number(document.querySelector('[data-stage]').dataset.step) > step", step)
    assert not faults


def test_it_works_without_script(example, open_page):
    view = open_page(example, "/presenter", java_script_enabled=False)
    view.get_by_label("Your notes to this slide").fill("Slowly.")
    press(view, "Save")
    assert view.get_by_label("Your notes to this slide").input_value() == "Slowly."
    press(view, "Next")
    assert view.locator("[data-stage]").get_attribute("data-step") == "1"
