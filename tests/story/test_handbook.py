"""The facilitator's guide: told once for page and paper, and true of the program that it describes."""

import re

import pytest

from cardsort.analysis.sayable import sayable
from cardsort.domain.settings import DEFAULT_PICKS
from cardsort.paper.handbook import build_handbook
from cardsort.resources import TEMPLATES
from cardsort.story.blocks import Grid
from cardsort.story.handbook import sheets
from cardsort.story.handbook.asking import tell_enough
from cardsort.story.handbook.naming import NAMES
from cardsort.story.handbook.parts import lead, tell_handbook, title
from cardsort.story.invitation import how_long
from cardsort.story.script import SCRIPTS
from cardsort.usecases.decks import shipped_deck
from tests.bench.pages import fullness
from tests.story.reading import flat, read_article, read_pages, said_by
from tests.story.test_told_once import assert_follow
from tests.web.conftest import open_room


@pytest.fixture(scope="module")
def told():
    return tell_handbook(shipped_deck())


def words_of(parts):
    return " ".join(said_by(parts))


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_guide_says_the_same_on_paper(told, paper):
    read = read_pages(build_handbook(shipped_deck(), paper=paper), title(), "Cardsort")
    assert_follow(read, [title(), lead(), *said_by(told)][1:])


def test_the_guide_says_the_same_on_its_page(client, told):
    page = client.get("/guide").text
    assert f"<h1>{title()}</h1>" in page
    assert_follow(read_article(page), said_by(told))
    contents = page.split('aria-label="Contents"')[1].split("</nav>")[0]
    assert re.findall(r'<a href="#([a-z]+)">', contents) == [part.id for part in told]


def test_it_is_linked_from_the_start_and_from_each_desk(app, client):
    assert 'href="/guide"' in client.get("/").text
    assert 'href="/guide"' in open_room(app).get("").text


def test_paper_comes_as_a_file_in_the_size_that_is_asked_for(client):
    a4, letter = client.get("/guide.pdf"), client.get("/guide.pdf?paper=letter")
    assert a4.headers["Content-Disposition"] == 'attachment; filename="facilitators-guide.pdf"'
    assert (a4.mimetype, a4.data[:5]) == ("application/pdf", b"%PDF-")
    assert a4.data != letter.data
    assert client.get("/guide.pdf").data == a4.data


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_no_page_of_it_is_nearly_empty(paper):
    assert min(fullness(build_handbook(shipped_deck(), paper=paper))[:-1]) > 0.4


def test_what_it_calls_by_name_stands_so_on_a_page(app):
    """In a template, or on the desk, which puts some together."""
    pages = flat(
        "".join([open_room(app).get("").text, *(path.read_text("utf-8") for path in TEMPLATES.rglob("*.html"))])
    )
    assert [name for name in NAMES.values() if flat(name) not in pages] == []


def test_no_name_is_listed_that_it_does_not_use(told):
    assert [name for name in NAMES.values() if f"“{name}”" not in words_of(told)] == []


def test_its_script_is_the_one_that_the_slides_have(told):
    (script,) = (part for part in told if part.id == "script")
    spoken = words_of((script,))
    assert [said for one in SCRIPTS.values() for said in (*one.say, *one.ask) if said not in spoken] == []


@pytest.mark.parametrize("title", [*sheets.SHEETS, "The half hour"])
def test_the_minutes_of_a_run_sheet_follow_on_each_other_and_fill_its_time(told, title):
    (grid,) = (block for part in told for block in part.blocks if isinstance(block, Grid) and block.name == title)
    spans = [tuple(map(int, row[0].lines[0][0].text.split("–"))) for row in grid.rows]
    assert [end for _, end in spans[:-1]] == [begin for begin, _ in spans[1:]]
    whole = int(re.match(r"\d+", title)[0]) if title[0].isdigit() else 30
    assert (spans[0][0], spans[-1][1]) == (0, whole)


def test_the_minutes_of_a_vote_are_those_that_voters_are_promised(told):
    deck = shipped_deck()
    by_list, by_card = map(int, re.findall(r"\d+", how_long(deck, DEFAULT_PICKS)))
    assert f"everybody alone and in silence, {by_list} to {by_card} minutes" in words_of(told)


@pytest.mark.parametrize(
    ("n", "said"), [(2, "fewer than 3"), (4, "3 to 4"), (7, "5 to 7"), (19, "8 to 19"), (99, "20 to 99")]
)
def test_what_it_says_of_few_people_is_what_the_result_says(n, said):
    heads = [
        row[0].lines[0][0].text
        for block in tell_enough(shipped_deck())
        if isinstance(block, Grid)
        for row in block.rows
    ]
    assert said in heads
    assert sayable(n, 3) != sayable(n + 1, 3)
    assert sayable(n, 3).caption != sayable(n + 1, 3).caption.replace(str(n + 1), str(n))


def test_it_calls_nobody_a_user_and_blames_nobody(told):
    assert re.findall(r"\b[Uu]sers?\b|\bfault of\b|\bguilty\b|\bstupid\b", words_of(told)) == []
