"""What a page's own marks must keep, whichever test asks for it: checked in each answer that a test's client gets."""

import re
from collections import Counter

from flask.testing import FlaskClient

ID = re.compile(r'\sid="([^"]*)"')
REFERENCE = re.compile(r'\s(for|form|list|aria-labelledby|aria-describedby|aria-controls)="([^"]*)"')
TIME = re.compile(r'<time datetime="([^"]*)"')
PRECISE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d[+-]\d\d:\d\d)?")


def faults(page: str) -> list[str]:
    """Every id once, every reference to one of them, the focus asked for once, times as HTML writes them."""
    ids = Counter(ID.findall(page))
    return [
        *(f"id {one} stands {n} times" for one, n in ids.items() if n > 1),
        *(
            f"{name}={one} leads nowhere"
            for name, all_of in REFERENCE.findall(page)
            for one in all_of.split()
            if one not in ids
        ),
        *(["the focus is asked for more than once"] if len(re.findall(r"<[^>]*\sautofocus\b", page)) > 1 else []),
        *(f"{time} is no time of HTML" for time in TIME.findall(page) if not PRECISE.fullmatch(time)),
    ]


class Client(FlaskClient):
    """A test's client that accepts only pages without faults."""

    def open(self, *args, **kwargs):
        answer = super().open(*args, **kwargs)
        if answer.mimetype == "text/html" and "Content-Encoding" not in answer.headers:
            page = answer.get_data(as_text=True)
            if page[:9].lower() == "<!doctype":
                assert faults(page) == []
        return answer
