"""Waiting for what a page's own state says: Playwright's own way is a string that the pages' policy lets nobody run."""

import time


def until(page, function, *given, seconds=30):
    """Until the JavaScript function of `given` is true in the page."""
    end = time.monotonic() + seconds
    while not page.evaluate(f"given => ({function})(...given)", list(given)):
        assert time.monotonic() < end, f"never came true: {function}"
        page.wait_for_timeout(30)
