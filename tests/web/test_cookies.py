"""Every cookie, wherever one is given, replaced or taken away: unreadable for scripts, for this site's own pages, and
where the server is reached by https never sent without it and never set by a neighbour of its name.
"""

import re

import pytest

from cardsort.store.links import Purpose
from cardsort.usecases.workshops import facilitator_token, voting_access
from cardsort.web.app import create_app
from tests.conftest import SECRET, client_of, close
from tests.web.conftest import ID

CODE = "rain on the harbour"
KEPT = "HttpOnly; Max-Age=63072000; Path=/; SameSite=Lax"
ENDED = "HttpOnly; Max-Age=0; Path=/; SameSite=Lax"
BY = {"http": ("", ""), "https": ("__Host-", "; Secure")}


class Visitor:
    """A browser, and the cookies that answers have set in it: name with WORKSHOP for the id, and attributes."""

    def __init__(self, app, scheme):
        self.client, self.base = client_of(app), f"{scheme}://cards.test"

    def ask(self, method, path, **more):
        self.answer = self.client.open(path, method=method, base_url=self.base, **more)
        assert self.answer.status_code < 400, self.answer.text
        return sorted(map(_shape, self.answer.headers.getlist("Set-Cookie")))


def _shape(header):
    name, *attributes = header.split("; ")
    name = re.sub(r"-[A-Za-z0-9]{16}$", "-WORKSHOP", name.split("=")[0])
    return "; ".join([name, *sorted(part for part in attributes if not part.startswith("Expires="))])


@pytest.fixture(params=BY)
def site(request, make_config):
    made = create_app(make_config(public_url=f"{request.param}://cards.test", start_code=CODE))
    yield made, request.param
    close(made)


def test_each_cookie_given_and_taken_away_has_every_guard_that_its_scheme_allows(site):
    app, scheme = site
    begin, end = BY[scheme]
    start, desk, key = (f"{begin}{name}; {KEPT}{end}" for name in ("start", "desk-WORKSHOP", "key-WORKSHOP"))
    facilitator = Visitor(app, scheme)
    assert facilitator.ask("POST", "/start-code", data={"code": CODE, "to": "new"}) == [start]
    assert facilitator.ask("POST", "/new", data={"name": "Autumn"}) == [desk]
    at = facilitator.answer.location.rsplit("/", 1)[0]
    with app.app_context():
        links = voting_access(at.split("/")[2], secret=SECRET)
        entrance = facilitator_token(at.split("/")[2], secret=SECRET)
    other, link = Visitor(app, scheme), f"/v/{links[Purpose.IT].token}"
    assert other.ask("GET", f"/f/{entrance}") == [desk]
    assert facilitator.ask("POST", f"{at}/new-link") == [desk]
    assert facilitator.ask("GET", at) == []

    tablet = Visitor(app, scheme)
    assert tablet.ask("GET", link) == []
    assert tablet.ask("GET", f"{link}/ballot") == [key]
    assert tablet.ask("GET", f"{link}/ballot") == []
    assert tablet.ask("PUT", f"{link}/draft", json={"draft": {}}) == []
    assert tablet.ask("POST", f"{link}/elsewhere") == []
    code = re.search(r"data-code>([A-Z2-9]{4}-[A-Z2-9]{4})<", tablet.answer.text)[1]
    assert Visitor(app, scheme).ask("POST", f"{link}/elsewhere/{code}") == [key]
    assert tablet.ask("POST", f"{link}/next") == [key]
    ballot = {"id": ID, "kind": "prediction", "ranking": ["A-01", "A-02", "A-03"]}
    assert Visitor(app, scheme).ask("PUT", f"{link}/draft", json={"draft": {}}) == [key]
    assert Visitor(app, scheme).ask("POST", f"{link}/ballots", json=ballot) == [key]
    form = {"id": "f" * 32, "codes": "a1 a2 a3", "round": "1"}
    assert Visitor(app, scheme).ask("POST", f"{link}/form", data=form) == [key]

    assert facilitator.ask("POST", f"{at}/delete", data={"name": "Autumn"}) == [f"{begin}desk-WORKSHOP; {ENDED}{end}"]
