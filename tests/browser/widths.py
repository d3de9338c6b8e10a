"""The widths at which every page is looked at, from a small phone to a laptop."""

from tests.browser.axe import LEVELS, OF_PLACES, violations

WIDTHS = (320, 820, 1366)
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"

# Words that run out of their cell, over those of the next.
SPILLS = """() => [...document.querySelectorAll("th, td")].filter((cell) => cell.scrollWidth > cell.clientWidth + 1)
  .map((cell) => cell.textContent.trim())"""

# Words of ours that are torn apart without a hyphen, in what is short enough to stand in one line.
TORN = r"""() => {
  const found = [];
  const short = "thead th, button, label, legend, summary, caption, h1, h2, h3, dt, nav a";
  for (const part of document.querySelectorAll(short)) {
    const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      if (text.parentElement.getBoundingClientRect().width < 3) continue; // read aloud alone
      for (const { 0: word, index } of text.data.matchAll(/[^\s\u00ad-]+/g)) {
        if (word.length > 20) continue; // typed by somebody
        const range = document.createRange();
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        const tops = [...range.getClientRects()].filter((box) => box.width).map((box) => box.top);
        if (Math.max(...tops) - Math.min(...tops) > 3) found.push(word);
      }
    }
  }
  return found; }"""

# What rules of accessibility ask of an element's style. Where none has changed from one width to the next, the parts
# have other places and sizes alone; what lies behind a text is taken for the same.
LOOK = """() => {
  const asked = ["display", "visibility", "opacity", "color", "backgroundColor", "backgroundImage", "fontSize",
    "fontWeight", "textDecorationLine", "position", "overflowX", "overflowY"];
  return [...document.querySelectorAll("body *")].map((node) => {
    const style = getComputedStyle(node);
    return asked.map((name) => style[name]);
  }).join();
}"""


def violations_of_look(page, before):
    """What axe finds; in a look that the page has had before, by the rules alone that ask where its parts lie."""
    look = page.evaluate(LOOK)
    rules = OF_PLACES if look in before else LEVELS
    before.add(look)
    return violations(page, rules)


def faults_at_each_width(page):
    """What axe finds on the present page at each width, whether it scrolls sideways there, and what does not fit."""
    found, looks = [], set()
    narrow = page.viewport_size["width"] == WIDTHS[0]
    for width in WIDTHS if narrow else reversed(WIDTHS):  # to lay out a long page anew takes long
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{fault} at {width}" for fault in violations_of_look(page, looks)]
        if page.evaluate(SIDEWAYS):
            found.append(f"scrolls sideways at {width}")
        found += [f"{words} runs out of its cell at {width}" for words in page.evaluate(SPILLS)]
        found += [f"{word} is torn at {width}" for word in page.evaluate(TORN)]
    return found
