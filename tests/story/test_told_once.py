"""A result is told once: page and PDF hold the same titles, sentences, rows and marks in the same order."""

import ast
import re
from pathlib import Path

import pytest

from cardsort.resources import TEMPLATES
from cardsort.story import first, slides, words
from cardsort.story.charts.slope import TITLES
from cardsort.story.gaps import ALOUD
from cardsort.story.parts import tell
from tests.story import approved
from tests.story.reading import flat, read_page, read_pdf, said_by, texts_in
from tests.story.shapes import SHAPES, result_of

PAPER = Path(__file__).parents[2] / "cardsort" / "paper"
REPORT = (
    "blocks",
    "firstpage",
    "grids",
    "lines",
    "slopechart",
    "mapchart",
    "dumbbell",
    "bars",
    "cardface",
    "pdf",
    "handbook",
)


def assert_follow(text, found):
    """Each stands in the text, one after the other."""
    at = 0
    for one in map(flat, found):
        where = text.find(one, at)
        assert where >= 0, (one, text[at : at + 200])
        at = where + len(one)


@pytest.mark.parametrize("shape", SHAPES)
def test_page_and_pdf_say_the_same_in_the_same_order(app, shape):
    found = result_of(shape)
    told = [one for one in said_by(tell(found.comparison, found.deck, found.facts)) if one]
    assert_follow(read_pdf(found), told)
    assert_follow(read_page(app, found), told)


@pytest.mark.parametrize("shape", approved.SHAPES)
def test_what_is_told_of_a_workshop_is_as_it_was_approved(shape):
    assert approved.told_of(shape) == (approved.APPROVED / f"{shape}.txt").read_text(encoding="utf-8")


def test_letter_says_the_same_as_a4():
    found = result_of("thirty")
    assert_follow(read_pdf(found, paper="letter"), said_by(tell(found.comparison, found.deck, found.facts)))


def own_words(comparison, deck):
    """What the reveal alone says: its few fixed sentences; what the page shows by heads, signs and rows of shares, and
    how its chart is read and what is asked, where there are people enough.
    """
    top = words.top(comparison.top)
    own = {slides.AGREE, slides.DECIDE, slides.NUMBERS, slides.OPEN, slides.OPEN_LEAD, slides.UNTESTED_LEAD}
    own |= {slides.SIDE_BY_SIDE, slides.KINDS, slides.ALIKE, slides.HOW_MANY % {"top": top}}
    own |= {slides.KINDS_LEGEND % {"top": top}, *map(slides.more_gaps, range(1, 120))}
    own |= {card.question for card in deck.cards}
    own |= {*TITLES.values(), *ALOUD.values(), *slides.WHOSE.values()}
    if comparison.prediction:
        own |= {words.card_in_words(comparison, code) for code in deck.codes}
        own |= {first.lines_note(comparison)}
    return own


@pytest.mark.parametrize("shape", SHAPES)
def test_what_the_projector_says_is_said_on_the_page_too(shape):
    found = vars(result_of(shape)).values()
    comparison, deck, *_ = found
    told = flat("".join(one for one in said_by(tell(*found)))).casefold()
    said = {one for slide in slides.tell_reveal(*found) for one in texts_in(slide) if " " in one}
    sentences = {part for one in said - own_words(comparison, deck) for part in re.split(r"(?<=[.:]) ", one)}
    assert {one for one in sentences if flat(one).casefold() not in told} == set()


@pytest.mark.parametrize("name", REPORT)
def test_no_sentence_stands_where_the_report_is_set_on_paper(name):
    tree = ast.parse((PAPER / f"{name}.py").read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
            node.body.pop(0)
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert [text for text in texts if len(re.findall(r"[A-Za-z’]{2,}", text)) > 2] == []


@pytest.mark.parametrize("path", sorted((TEMPLATES / "story").glob("*.html")), ids=lambda path: path.name)
def test_no_word_stands_in_the_storys_templates(path):
    text = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", "", path.read_text("utf-8"), flags=re.DOTALL)
    assert re.findall(r"[^\W\d_]+", re.sub(r"<[^>]*>", "", text)) == []
