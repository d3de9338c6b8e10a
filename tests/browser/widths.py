"""The widths at which every page is looked at, from a small phone to a laptop."""

from tests.browser.axe import violations

WIDTHS = (320, 820, 1366)
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"

# Words that run out of their cell, over those of the next.
SPILLS = """() => [...document.querySelectorAll("th, td")].filter((cell) => cell.scrollWidth > cell.clientWidth + 1)
  .map((cell) => cell.textContent.trim())"""


def faults_at_each_width(page):
    """What axe finds on the present page at each width, and whether it scrolls sideways there."""
    found = []
    narrow = page.viewport_size["width"] == WIDTHS[0]
    for width in WIDTHS if narrow else reversed(WIDTHS):  # to lay out a long page anew takes long
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{fault} at {width}" for fault in violations(page)]
        if page.evaluate(SIDEWAYS):
            found.append(f"scrolls sideways at {width}")
        found += [f"{words} runs out of its cell at {width}" for words in page.evaluate(SPILLS)]
    return found
