"""The accessibility checker axe, run on the present page."""

from pathlib import Path

SOURCE = (Path(__file__).parents[2] / "static/vendor/test/axe.min.js").read_text(encoding="utf-8")
RUN = """async () => (await axe.run({
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
  resultTypes: ["violations"],  // describing each element that passes would take most of the time
})).violations.map(found => `${found.id}: ${found.nodes.map(node => node.target).slice(0, 3)}`)"""


def violations(page):
    """What breaks WCAG 2.2 A or AA on the page, a line each."""
    page.evaluate(f"() => {{ if (!window.axe) {{ {SOURCE} }} }}")
    return page.evaluate(RUN)
