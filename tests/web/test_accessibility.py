"""The accessibility statement: reached from every page's foot, true, and with whom to write to."""

from datetime import date

import pytest

from cardsort.web.app import create_app
from cardsort.web.everybody.accessibility import LOOKED_AT
from cardsort.web.kit.config import read_config
from tests.browser.axe import LEVELS
from tests.browser.test_projector import SCREENS
from tests.browser.widths import WIDTHS
from tests.conftest import client_of, close
from tests.web.conftest import open_room

ASK = "Ask whoever sent you the link."


def statement(app):
    page = client_of(app).get("/accessibility")
    assert page.status_code == 200
    return " ".join(page.text.split())


def test_the_foot_of_every_page_leads_to_it(app):
    room = open_room(app)
    pages = [room.stranger().get(path).text for path in ("/", "/new", "/deck", "/guide", room.it, "/nothing")]
    pages += [room.get(path).text for path in ("", "/edit", "/print")]
    assert [page.count('<a href="/accessibility">Accessibility</a>') for page in pages] == [1] * len(pages)


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        ("cards@example.org", '<a href="mailto:cards@example.org" dir="auto">cards@example.org</a>'),
        ("https://example.org/help", '<a href="https://example.org/help" dir="auto">https://example.org/help</a>'),
        ("Maria, room 2 <b>", "<bdi>Maria, room 2 &lt;b&gt;</bdi>"),
        ("javascript:alert(1)", "<bdi>javascript:alert(1)</bdi>"),
    ],
)
def test_the_operators_contact_stands_there(make_config, contact, shown):
    app = create_app(make_config(contact=contact))
    said = statement(app)
    close(app)
    assert f"Write to {shown}. Say which page it was" in said
    assert ASK not in said


def test_without_a_contact_it_says_to_ask_whoever_sent_the_link(app):
    assert ASK in statement(app)


def test_the_contact_is_one_line(tmp_path):
    assert read_config({"CARDSORT_DATA": str(tmp_path), "CONTACT": " Maria,\n room 2 "}).contact == "Maria, room 2"


def test_it_says_with_what_pages_are_tested(app):
    said = statement(app)
    assert f"at widths of {WIDTHS[0]}, {WIDTHS[1]} and {WIDTHS[2]} pixels" in said
    assert "wcag22aa" in LEVELS
    assert f"{min(width for width, _ in SCREENS)} pixels wide and more" in said


def test_it_says_when_it_was_last_looked_at(app):
    assert date(2026, 11, 1) <= LOOKED_AT <= date.today()  # noqa: DTZ011  a day that has come everywhere
    assert f"Last looked at on {LOOKED_AT:%-d %B %Y}." in statement(app)
