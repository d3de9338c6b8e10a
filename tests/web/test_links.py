"""What a page of the facilitator offers can be had: its links are followed in each stage, over two rounds."""

import re
from html import unescape
from urllib.parse import urljoin

from tests.web.test_rounds import FIRST, SECOND, vote

LINK = re.compile(r'<a\b[^>]*\shref="([^"#]+)')
# Prints and pictures are asked for in tests of their own; the ballot shows some of its links once they lead somewhere.
ELSEWHERE = re.compile(r"^(mailto|https?):|\.(pdf|pptx|xlsx|png)|^/v/")
NO_DAY_YET = "/agenda.ics"  # days are typed on the page that has the link, and saved meanwhile: it says so itself


def refused(room):
    """The links that lead to a refusal, and where they stand, in all pages that can be reached from the desk."""
    todo, seen, found = {room.desk: ""}, set(), {}
    while todo:
        path, page = todo.popitem()
        seen.add(path)
        answer = room.facilitator.get(path, follow_redirects=True)
        if answer.status_code >= 400 and not path.endswith(NO_DAY_YET):
            found[path] = page
        elif answer.mimetype == "text/html":
            links = (urljoin(path, unescape(link)) for link in LINK.findall(answer.text))
            todo |= {link: path for link in links if link not in seen and not ELSEWHERE.search(link)}
    assert len(seen) > 20
    return found


def test_no_page_of_the_desk_offers_what_is_refused(room):
    assert refused(room) == {}, "new"
    vote(room, FIRST, of_round=1, start=1)
    assert refused(room) == {}, "collecting"
    for group in ("it", "customers"):
        assert room.post(f"/lock/{group}").status_code == 303
    assert refused(room) == {}, "locked"
    room.reveal()
    room.post("/agenda", code="A-02")
    assert refused(room) == {}, "acting"
    assert room.post("/next-round", round="1", people="same").status_code == 303
    assert refused(room) == {}, "second round"
    vote(room, SECOND, of_round=2, start=100)
    room.reveal()
    assert refused(room) == {}, "second round revealed"
