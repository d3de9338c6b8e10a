"""Every page in a made-up language, each message accented and a third longer: no word of English is left on a page, and
nothing runs out of its place at any width.
"""

import sys

import pytest

from tests import madeup
from tests.browser.live import Server
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
    return make_stages(abroad, said=madeup.accented, language=madeup.CODE)


def test_no_page_has_a_word_of_english_and_all_fits_at_each_width(abroad, stages, device):
    context, faults = device("desktop", locale=madeup.CODE), {}
    for workshop in stages.values():
        context.add_cookies([{"name": one.name, "value": one.value, "url": abroad.url} for one in workshop.jar])
    page = context.new_page()
    for stage, path in places(stages):
        page.goto(abroad.url + path)
        page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
        found = [said for said in page.evaluate(VISIBLE, ATTRIBUTES) if madeup.unmarked(said)]
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found += [f"{width}: scrolls sideways"] if page.evaluate(SIDEWAYS) else []
            found += [f"{width}: {spilled}" for spilled in page.evaluate(SPILLS)]
        if found:
            faults[stage, path] = found
    assert faults == {}
