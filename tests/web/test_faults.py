"""A refused form: the page's title says so, the wrong field is marked, and the focus is there or on the sentence."""

import re
from html import unescape

import pytest

from tests.web.conftest import open_room

LONG = "x" * 300
KINDS = {"segment-1": "Branches", "segment-2": "Citizens"}
SETTINGS = {"name": "Autumn", "question_it": "What?", "question_customers": "Which?", "picks": "10"}
MARKED = {  # address, what is sent, the field that is wrong
    "no name": ("/new", {"name": " "}, "name"),
    "a long organisation": ("/new", {"name": "Autumn", "organisation": LONG}, "organisation"),
    "a long question": ("/new", {"name": "Autumn", "question_it": LONG}, "question_it"),
    "a long second question": (
        "/new",
        {"name": "Autumn", "second_it": "yes", "question_it_own": LONG},
        "question_it_own",
    ),
    "too few to choose": ("/new", {"name": "Autumn", "picks": "2"}, "picks"),
    "no number": ("/new", {"name": "Autumn", "expected_it": "many"}, "expected_it"),
    "a small group": ("/new", {"name": "Autumn", "threshold": "1"}, "threshold"),
    "one kind": ("/new", {"name": "Autumn", "segment-1": "Branches"}, "segment-2"),
    "a kind's number": ("/new", {"name": "Autumn", **KINDS, "expected-2": "0"}, "expected-2"),
    "who asks": ("/edit", {**SETTINGS, "asked_by": LONG}, "asked_by"),
    "the honest sentence": ("/edit", {**SETTINGS, "honest": LONG}, "honest"),
    "when they hear": ("/edit", {**SETTINGS, "hear_by": LONG}, "hear_by"),
    "the last round": ("/edit", {**SETTINGS, "last_round": LONG}, "last_round"),
    "IT's honest sentence": ("/edit", {**SETTINGS, "honest_it": LONG}, "honest_it"),
}
ALONE = {  # of forms with one field
    "a closing time": ("/closing/it", {"at": "soon"}, "at"),
    "a day": ("/keep-until", {"day": "1999-01-01"}, "day"),
    "its name, to delete": ("/delete", {"name": "Spring"}, "name"),
    "a receipt": ("/take-out", {"receipt": "XXXX-XXXX", "reason": "twice"}, "receipt"),
    "its name, to start over": ("/take-out/all", {"name": "Spring"}, "name"),
}


def send(room, path, form):
    answer = room.facilitator.post(path, data=form) if path == "/new" else room.post(path, **form)
    assert answer.status_code == 422
    return answer.text


def title(page):
    return " ".join(unescape(re.search(r"<title>(.*?)</title>", page, re.DOTALL)[1]).split())


def focused(page):
    """The tags that ask for the focus."""
    return re.findall(r"<[^>]* autofocus[^>]*>", page)


def invalid(page):
    """The names of the fields that are marked as wrong."""
    return [re.search(r'name="([^"]+)"', tag)[1] for tag in re.findall(r'<[^>]* aria-invalid="true"[^>]*>', page)]


@pytest.mark.parametrize("kind", MARKED)
def test_the_one_wrong_field_of_a_long_form_is_marked_and_the_sentence_with_the_focus_leads_to_it(room, kind):
    path, form, field = MARKED[kind]
    page = send(room, path, form)
    assert title(page).startswith("To mend: ")
    assert invalid(page) == [field]
    (tag,) = focused(page)
    assert '<p class="note note-stop" id="fault" role="alert"' in tag
    assert f'<a href="#{field}">Go to it</a>' in page
    wrong = re.search(rf'<\w+[^>]* id="{field}"[^>]*>', page)[0]
    assert 'aria-invalid="true" aria-errormessage="fault"' in wrong


@pytest.mark.parametrize("kind", ALONE)
def test_a_form_with_one_field_marks_it_and_describes_it_by_the_sentence(room, kind):
    path, form, field = ALONE[kind]
    page = send(room, path, form)
    assert title(page).startswith("To mend: ")
    assert invalid(page) == [field]
    (tag,) = focused(page)
    described = re.search(r'aria-describedby="([^"]+)"', tag)[1].split()
    assert described[-1] == f"{field}-fault"
    assert all(f'id="{name}"' in page for name in described)


def test_where_no_single_field_is_wrong_the_sentence_has_the_focus(room):
    for page in (send(room, "/codes", {"count": "0"}), send(room, "/import", {}), send(room, "/deck", {})):
        assert title(page).startswith("To mend: ")
        (tag,) = focused(page)
        assert 'role="alert"' in tag
        assert 'tabindex="-1"' in tag


def test_a_code_that_opens_nothing_is_told_at_its_field(room):
    answer = room.stranger().post("/join", data={"code": "AAAA-AAAA"})
    assert answer.status_code == 404
    assert title(answer.text).startswith("To mend: ")
    assert invalid(answer.text) == ["code"]


def test_a_plain_form_that_was_not_sent_says_so_with_the_focus(room):
    answer = room.stranger().post(f"{room.it}/form", data={"id": "1" * 32})
    assert answer.status_code == 422
    assert title(answer.text).startswith("To mend: ")
    assert 'role="alert"' in focused(answer.text)[0]


def test_a_page_on_which_nothing_is_wrong_has_its_own_title_and_no_mark(app):
    room = open_room(app)
    for path in ("", "/edit", "/codes", "/import", "/deck", "/take-out", "/keep-until", "/closing/it"):
        page = room.get(path).text
        assert not title(page).startswith("To mend"), path
        assert (invalid(page), focused(page)) == ([], []), path
