"""Waiting for what a page's own state says: Playwright's own way is a string that the pages' policy lets nobody run."""

import time
from contextlib import contextmanager

# For pages that ask now and then, where a test is not about how often: what waits for some seconds waits for a tenth.
HURRIED = """for (const name of ["setTimeout", "setInterval"]) {
  const wait = window[name].bind(window);
  const shorter = (pause) => (pause >= 1500 && pause <= 30_000 ? pause / 10 : pause);
  window[name] = (act, pause, ...given) => wait(act, shorter(pause), ...given);
}"""


def until(page, function, *given, seconds=30):
    """Until the JavaScript function of `given` is true in the page."""
    end = time.monotonic() + seconds
    while not page.evaluate(f"given => ({function})(...given)", list(given)):
        assert time.monotonic() < end, f"never came true: {function}"
        page.wait_for_timeout(30)


@contextmanager
def late(page, script):
    """A page's script comes only after the body of the `with`, as over a bad network."""
    held = []

    def hold(route):
        held.append(route)

    page.route(f"**/js/{script}.js*", hold)
    yield
    end = time.monotonic() + 30
    while not held:
        assert time.monotonic() < end, f"{script}.js was never asked for"
        page.wait_for_timeout(30)
    for route in held:
        route.continue_()
    page.unroute(f"**/js/{script}.js*", hold)
