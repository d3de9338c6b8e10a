"""The box on the start page takes a code however it was copied, and the whole link as well."""

import re

import pytest

from tests.web.test_handovers import begin


def join(room, typed):
    return room.stranger().post("/join", data={"code": typed})


@pytest.fixture
def code(room):
    """The join code of IT's link."""
    return re.search(r">([A-Z2-9]{4}-[A-Z2-9]{4})<", room.get("/show/it").text)[1]


@pytest.mark.parametrize("form", ["{}.", "{}\u200b", "\ufeff{}", "“{}”", " {} ,\n"])
def test_what_comes_along_with_a_copied_code_does_not_matter(room, code, form):
    assert join(room, form.format(code)).location == room.it


def test_full_width_letters_are_letters(room, code):
    wide = "".join(chr(ord(char) + 0xFEE0) for char in code)
    assert join(room, wide).location == room.it


@pytest.mark.parametrize(
    "form", ["{}", "http://cards.test{}", "<http://cards.test{}>.", "cards.test{}\u200b", "Join: {} "]
)
def test_a_whole_link_opens_what_it_opens(room, form):
    answer = join(room, form.format(room.customers))
    assert (answer.status_code, answer.location) == (303, room.customers)


def test_a_pasted_link_keeps_what_it_carries(room):
    assert join(room, f"http://cards.test{room.it}?kiosk=1").location == f"{room.it}?kiosk=1"
    assert join(room, f"http://cards.test{room.it}/ballot?kiosk=1").location == f"{room.it}?kiosk=1"
    room.post("/codes", count=1)
    link = room.get("/codes.csv").text.split(",")[-1].strip()
    assert join(room, link).location == link.removeprefix("http://cards.test")
    _phone, code = begin(room)
    going_on = f"{room.customers}/elsewhere/{code}"
    assert join(room, f"http://cards.test{going_on}").location == going_on


def test_the_facilitator_link_opens_the_desk(room):
    link = re.search(r"http://cards.test(/f/[\w-]+)", room.get("/keep").text)[1]
    visitor = room.stranger()
    answer = visitor.post("/join", data={"code": f"http://cards.test{link}"}, follow_redirects=True)
    assert answer.request.path == room.desk


@pytest.mark.parametrize("path", ["/v/{}", "/f/{}", "/v/{}/elsewhere/K7Q2-M9XT"])
def test_a_link_that_opens_nothing_is_told(room, path):
    answer = join(room, "http://cards.test" + path.format("x" * 24))
    assert (answer.status_code, 'role="alert"' in answer.text) == (404, True)
