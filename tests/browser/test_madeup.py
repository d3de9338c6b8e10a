"""Every page in a made-up language, each message accented and a third longer: no word of English is left on a page, and
nothing runs out of its place at any width.
"""

import sys

import pytest

from tests import madeup
from tests.browser.ballot_page import BallotPage
from tests.browser.live import Facilitator, Server
from tests.browser.test_pages import make_stages, places

WIDTHS = (320, 390, 820, 1366)
ATTRIBUTES = ["aria-label", "title", "alt", "placeholder", "aria-description", "aria-valuetext", "aria-roledescription"]
VISIBLE = """(attributes) => {
  const said = [document.title];
  const shown = (one) => one.checkVisibility({ visibilityProperty: true }) || one.closest(".visually-hidden");
  const aside = "script, template, noscript, style, textarea, [data-typed]";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement: parent, data } = walker.currentNode;
    if (data.trim() && !parent.closest(aside) && shown(parent)) said.push(data.trim());
  }
  for (const name of attributes)
    for (const one of document.querySelectorAll(`[${name}]`)) said.push(one.getAttribute(name));
  return said; }"""
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
SPILLS = """() => [...document.querySelectorAll("a, button, th, td, label, legend, summary, h1, h2, h3, p, li, dt, dd")]
  .filter((one) => {
    const { display, overflowX } = getComputedStyle(one);
    return one.checkVisibility() && !one.closest(".visually-hidden") && display !== "inline" && overflowX === "visible"
      && one.scrollWidth > one.clientWidth + 1; })
  .map((one) => `${one.tagName}: ${one.textContent.trim().slice(0, 80)}`)"""


class MadeUpServer(Server):
    """A server whose only other language is the made-up one."""

    def __init__(self, data, folder):
        super().__init__(data)
        self.folder = folder

    def command(self):
        return [sys.executable, "-m", "tests.madeup", str(self.folder), *super().command()[3:]]


@pytest.fixture(scope="module")
def abroad(tmp_path_factory):
    folder = madeup.write(tmp_path_factory.mktemp("languages"))
    server = MadeUpServer(tmp_path_factory.mktemp("abroad"), folder).start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def stages(abroad):
    return make_stages(abroad, madeup.accented, madeup.CODE)


def faults_of(page):
    """What on the present page is still English, and what runs out of its place, at each width."""
    found = [said for said in page.evaluate(VISIBLE, ATTRIBUTES) if madeup.unmarked(said)]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width}: scrolls sideways"] if page.evaluate(SIDEWAYS) else []
        found += [f"{width}: {spilled}" for spilled in page.evaluate(SPILLS)]
    return found


def told(faults):
    return "\n".join(f"{place}: {one}" for place, some in faults.items() for one in some)


def test_no_page_has_a_word_of_english_and_all_fits_at_each_width(abroad, stages, device):
    context, faults = device("desktop", locale=madeup.CODE), {}
    for workshop in stages.values():
        context.add_cookies([{"name": one.name, "value": one.value, "url": abroad.url} for one in workshop.jar])
    page = context.new_page()
    for stage, path in places(stages):
        page.goto(abroad.url + path)
        page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
        faults[stage, path] = faults_of(page)
    assert not any(faults.values()), told(faults)


@pytest.mark.parametrize("group", ["it", "customers"])
def test_no_step_of_a_ballot_says_a_word_of_english_to_eye_or_ear(abroad, device, group):
    typed = {"name": "Autumn", "organisation": "Harbour", "segment-1": "Branches", "segment-2": "Citizens"}
    accented = {name: madeup.accented(words) for name, words in typed.items()}
    facilitator = Facilitator(abroad, madeup.CODE).start(language=madeup.CODE, picks="4", **accented)
    ballot = BallotPage(device("phone", locale=madeup.CODE))
    ballot.page.goto(facilitator.link(group))
    faults = {"welcome": faults_of(ballot.page)}
    ballot.open(facilitator.link(group))
    ballot.listen()
    if group == "customers":
        faults["who"] = faults_of(ballot.page)
        ballot.page.set_viewport_size({"width": 390, "height": 844})
        ballot.press(ballot.section("who").locator("label").first)
        ballot.press(ballot.section("who").locator("[data-on]"))
        ballot.wait_for("sort")
    faults["sort"] = faults_of(ballot.page)
    ballot.page.set_viewport_size({"width": 390, "height": 844})
    ballot.section("sort").locator("h1").focus()
    codes = []
    for key in "11112230":
        codes.append(ballot.present_card())
        ballot.page.keyboard.press(key)
    for step in ("list", "choose"):
        ballot.page.evaluate("step => { location.hash = step; }", step)
        ballot.wait_for(step)
        faults[step] = faults_of(ballot.page)
    ballot.page.set_viewport_size({"width": 390, "height": 844})
    ballot.choose(codes[:4])
    ballot.tap_move(codes[2], "up", "top", "down", place=3)
    ballot.key_move(codes[0], "ArrowDown")
    faults["rank"] = faults_of(ballot.page)
    ballot.page.set_viewport_size({"width": 390, "height": 844})
    ballot.reasons({"words": madeup.accented("Nine days.")} if group == "customers" else {})
    faults["why"] = faults_of(ballot.page)
    ballot.page.set_viewport_size({"width": 390, "height": 844})
    ballot.press(ballot.section("why").locator("[data-on]"))
    ballot.section("send").locator("[data-receipt]").wait_for()
    faults["send"] = faults_of(ballot.page)
    heard = ballot.said()
    faults["heard"] = [said for said in heard if madeup.unmarked(said)]
    assert len(heard) > 6
    assert not any(faults.values()), told(faults)
