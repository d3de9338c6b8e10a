"""The accessibility checker axe, run on the present page."""

from pathlib import Path

SOURCE = (Path(__file__).parents[2] / "static/vendor/test/axe.min.js").read_text(encoding="utf-8")
LEVELS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
OF_COLOURS = ("color-contrast", "link-in-text-block")
OF_PLACES = ("target-size", "scrollable-region-focusable")
RUN = """async (only) => (await axe.run({
  runOnly: only,
  resultTypes: ["violations"],  // describing each element that passes would take most of the time
})).violations.map(found => `${found.id}: ${found.nodes.map(node => node.target).slice(0, 3)}`)"""


def violations(page, only=LEVELS):
    """What breaks WCAG 2.2 A or AA on the page, or only these of its rules, a line each."""
    if not page.evaluate("() => 'axe' in window"):  # half a megabyte
        page.evaluate(SOURCE)
    return page.evaluate(RUN, only)


def violations_in_each_scheme(page):
    """The same in the dark, and what colours can change in daylight; a page says by its one attribute which it has."""
    found = []
    for scheme, only in (("dark", LEVELS), ("", OF_COLOURS)):
        page.evaluate("scheme => { document.documentElement.dataset.scheme = scheme; }", scheme)
        found += [f"{fault} {scheme or 'in daylight'}" for fault in violations(page, only)]
    return found
