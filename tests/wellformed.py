"""What a page's own marks must keep, whichever test asks for it: checked in each answer that a test's client gets."""

import re
from collections import Counter

from flask.testing import FlaskClient

ID = re.compile(r'\sid="([^"]*)"')
REFERENCE = re.compile(r'\s(for|form|list|aria-labelledby|aria-describedby|aria-controls)="([^"]*)"')
TIME = re.compile(r'<time datetime="([^"]*)"')
BLANK = re.compile(r"<(a|button|caption|dd|dt|h\d|label|legend|li|option|strong|summary|th|title)\b([^>]*)>\s*</\1>")
FIELD = r"name|readonly|data-[a-z-]+"  # what is neither sent, nor read, nor known to a script is of no use
NEEDS = [
    *((tag, FIELD) for tag in ("input", "select", "textarea")),
    *(("a", "href"), ("form", "method"), ("html", "lang"), ("img", "alt"), ("link", "href"), ("link", "rel")),
    *(("nav", "aria-label"), ("th", "scope")),
]
SCRIPTED = re.compile(r"<template\b.*?</template>|<form\b[^>]*\sdata-phase=.*?</form>", re.DOTALL)  # sent by a script
TAG = re.compile(r"<([a-z]+)\b([^>]*)>")
EMPTY = re.compile(r'\s(action|alt|aria-[a-z]+|for|href|id|lang|name|placeholder|src|title)=""')
CHOICE = re.compile(r'<input type="(?:checkbox|radio)" (name="[^"]*" value="[^"]*")')
PRECISE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d[+-]\d\d:\d\d)?")


def faults(page: str) -> list[str]:
    """Every id once, every reference to one of them, the focus asked for once, nothing without its words, address or
    name, each choice once, notices hidden until a script shows them, times as HTML writes them.
    """
    tags = TAG.findall(SCRIPTED.sub("", page))
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
        *(
            f"{one.group()} is blank"
            for one in BLANK.finditer(page)
            if "data-" not in one[2] and "hidden" not in one[2]
        ),
        *(
            f"<{tag}{more}> lacks {needed}"
            for tag, more in tags
            for of, needed in NEEDS
            if tag == of and not re.search(rf"\s({needed})\b", more)
        ),
        *(
            f"{choice} can be chosen {n} times"
            for form in page.split("</form>")
            for choice, n in Counter(CHOICE.findall(form)).items()
            if n > 1
        ),
        *(
            f"a notice stands there from the first: {more}"
            for _, more in tags
            if " data-notice=" in more and " hidden" not in more
        ),
        *(f"{one.group()} says nothing" for one in EMPTY.finditer(page)),
        *(f"{time} is no time of HTML" for time in TIME.findall(page) if not PRECISE.fullmatch(time)),
    ]


class Client(FlaskClient):
    """A test's client that accepts only pages without faults."""

    def open(self, *args, **kwargs):
        answer = super().open(*args, **kwargs)
        once = Counter(name for name, _ in answer.headers.items() if name != "Set-Cookie")
        assert set(once.values()) <= {1}, once
        if answer.mimetype == "text/html" and "Content-Encoding" not in answer.headers:
            page = answer.get_data(as_text=True)
            if page[:9].lower() == "<!doctype":
                found = faults(page)
                assert not found, found
        return answer
