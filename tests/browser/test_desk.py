"""The desk while people vote: the poll takes nobody's focus away and says politely what it changed; refused forms."""

import pytest
from playwright.sync_api import expect

from tests.browser.live import Facilitator
from tests.browser.test_editing import at_the_desk
from tests.browser.voting import cast
from tests.browser.widths import faults_at_each_width

TOP = ["A-01", "A-02", "A-03"]
POLL, REST = 6000, 10_000  # milliseconds from one question of the desk to the next, and until counts are at rest


@pytest.fixture
def desk(server, device, facilitator):
    """Its time is the test's to let pass."""
    page = at_the_desk(device, server, facilitator)
    page.clock.install()
    page.reload()
    return page


def arrived(page, group, count):
    page.clock.fast_forward(POLL)
    expect(page.locator(f"[data-count={group}]")).to_have_text(str(count))


def test_a_poll_that_brings_ballots_leaves_the_focus_where_it_is(desk, facilitator):
    closing = desk.locator("#count-customers ~ p a", has_text="Set a closing time")
    closing.focus()
    cast(facilitator.link("it"), TOP)
    arrived(desk, "it", 1)
    expect(closing).to_be_focused()
    lock = desk.get_by_role("link", name="Lock … IT", exact=True)
    lock.focus()
    cast(facilitator.link("customers"), TOP)
    arrived(desk, "customers", 1)
    expect(lock).to_be_focused()
    step = desk.locator(".next .button-main")
    step.focus()
    facilitator.lock("it")
    desk.clock.fast_forward(POLL)
    expect(step).to_have_text("Lock the customers’ ballots …")
    expect(step).to_be_focused()


def test_what_a_poll_changes_is_said_politely_the_step_at_once_and_the_counts_at_rest(desk, facilitator):
    told = desk.locator("[data-told]")
    expect(told).to_have_attribute("role", "status")
    expect(told).to_have_text("")
    cast(facilitator.link("it"), TOP)
    arrived(desk, "it", 1)
    expect(told).to_have_text(
        "Now: Collecting. When everybody in IT has sent, lock their prediction. From then on it stays as it is."
    )
    desk.clock.fast_forward(REST)
    expect(told).to_have_text("IT: 1 ballot, Customers: 0 ballots")
    desk.evaluate("""() => {
      window.said = [];
      new MutationObserver(() => said.push(document.querySelector("[data-told]").textContent))
        .observe(document.querySelector("[data-told]"), { childList: true });
    }""")
    for sent in (2, 3, 4):
        cast(facilitator.link("it"), TOP)
        arrived(desk, "it", sent)
    desk.clock.fast_forward(REST)
    expect(told).to_have_text("IT: 4 ballots, Customers: 0 ballots")
    assert desk.evaluate("said") == ["IT: 4 ballots, Customers: 0 ballots"]


@pytest.mark.parametrize("path", ["", "/show"])
def test_counts_that_cannot_be_asked_for_are_said_to_be_from_before_until_they_go_on(server, device, facilitator, path):
    page = at_the_desk(device, server, facilitator, hurried=True)
    page.goto(f"{server.url}{facilitator.desk}{path}")
    alert = page.get_by_role("alert")
    page.context.set_offline(True)
    expect(alert).to_have_text(
        "No connection at the moment. The counts stay as they were; they go on as soon as the server answers."
    )
    page.context.set_offline(False)
    expect(alert).to_be_empty()
    facilitator.request(f"{facilitator.desk}/new-link", {})  # on another device, so this one's is over
    expect(page.get_by_role("heading", name="Nothing to see here")).to_be_visible()


def test_a_link_is_copied_at_one_click(desk, facilitator):
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    door = desk.get_by_role("region", name="For customers")
    door.get_by_role("button", name="Copy link").first.click()
    expect(door.get_by_text("Copied.")).to_be_visible()
    assert desk.evaluate("navigator.clipboard.readText()") == facilitator.link("customers")


def test_whether_it_is_anonymous_is_one_link_away_in_the_words_that_people_read(desk):
    desk.get_by_role("region", name="For customers").get_by_role("link", name="Is it anonymous?").click()
    expect(desk.get_by_role("heading", name="Is it anonymous?")).to_be_visible()


def test_a_refused_form_has_the_focus_on_its_sentence_which_leads_to_the_marked_field(server, device, facilitator):
    page = at_the_desk(device, server, facilitator, bypass_csp=True)
    page.get_by_role("link", name="Rename").click()
    name, threshold = page.get_by_label("Name of the workshop"), page.get_by_label("Show nothing of fewer than")
    expect(name).to_be_focused()
    page.locator("form:has([name=threshold])").first.evaluate("form => { form.noValidate = true; }")
    threshold.fill("2")
    page.get_by_role("button", name="Save the changes").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page).to_have_title("To mend: Change · Autumn")
    assert faults_at_each_width(page) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(threshold).to_be_focused()
    expect(threshold).to_have_attribute("aria-invalid", "true")
    threshold.fill("4")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Rename")).to_be_visible()


def test_the_fields_of_three_kinds_stand_in_line_before_the_first_ballot_and_after_it(server, device):
    kinds = {"segment-1": "Branches", "segment-2": "Citizens", "segment-3": "Finance and control of the whole group"}
    workshop = Facilitator(server).start(**kinds)
    page = at_the_desk(device, server, workshop, bypass_csp=True)
    page.goto(f"{server.url}{workshop.desk}/edit")
    apart = """row => { const tops = [...row.querySelectorAll("input, select")].map(
      one => one.getBoundingClientRect().top); return Math.max(...tops) - Math.min(...tops); }"""
    rows = page.locator(".segment:visible")
    expect(rows).to_have_count(3)
    assert max(row.evaluate(apart) for row in rows.all()) < 8
    cast(workshop.link("it"), TOP)
    page.reload()
    beside = """row => { const [words, field] = [row.firstElementChild, row.lastElementChild].map(
      one => one.getBoundingClientRect()); return field.left >= words.right && field.top < words.bottom; }"""
    assert [row.evaluate(beside) for row in page.locator("label.expected").all()] == [True, True, True]
    assert faults_at_each_width(page) == []


def test_the_answer_that_is_not_ready_keeps_its_bullets_within_its_frame(server, device):
    workshop = Facilitator(server).start(picks="3")
    workshop.lock("it")
    workshop.lock("customers")
    workshop.reveal()
    workshop.request(f"{workshop.desk}/agenda", {"code": "A-02"})
    was = {"was": '{"decision": ""}', "decision": "no"}
    workshop.request(f"{workshop.desk}/agenda/1/A-02", was)
    page = at_the_desk(device, server, workshop)
    page.goto(f"{server.url}{workshop.desk}/agenda/answer")
    inside = "list => list.getBoundingClientRect().left + parseFloat(getComputedStyle(list).paddingLeft)"
    note = page.locator(".note-caution")
    assert note.locator("ul").evaluate(inside) - note.evaluate("note => note.getBoundingClientRect().left") >= 36


def test_the_file_button_of_the_print_page_looks_like_a_button(server, device):
    workshop = Facilitator(server).start(picks="3")
    for _ in range(3):
        cast(workshop.link("customers"), TOP)
    workshop.lock("it")
    workshop.lock("customers")
    workshop.reveal()
    page = at_the_desk(device, server, workshop)
    page.goto(f"{server.url}{workshop.desk}/print")
    style = "field => getComputedStyle(field, '::file-selector-button').minHeight"
    assert page.get_by_label("Your logo").evaluate(style) == "44px"
