"""The file of slides, read back: the reveal's words and no others, titles, notes, alt texts, no word cut off."""

import io
import re
import unicodedata
import zipfile
from dataclasses import replace
from enum import Enum
from functools import cache
from typing import get_args

import pytest
from pptx import Presentation
from pptx.dml.color import MSO_THEME_COLOR
from pptx.enum.dml import MSO_FILL, MSO_LINE
from pptx.enum.shapes import MSO_SHAPE, PP_PLACEHOLDER
from pptx.util import Pt
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth

from cardsort.domain.ballots import Group
from cardsort.domain.cards import Card
from cardsort.files.slideshow import look
from cardsort.files.slideshow.build import build_slides
from cardsort.files.slideshow.kinds import put
from cardsort.story.charts.marks import Named
from cardsort.story.facts import EXAMPLE
from cardsort.story.handout import Page, turned
from cardsort.story.presenting import key_of, script_kind
from cardsort.story.script import script_of
from cardsort.story.slidekinds import Gap, Kinds, Marks, Slide, Talk, Tops
from cardsort.story.slides import tell_reveal
from tests.files.slideshows import decorative, description, made, read_slides
from tests.story.reading import flat, texts_in
from tests.story.shapes import SHAPES, make_shape, result_of

INTERNAL = {"up", "down", "same", "open", "shared"}
HELVETICA = {False: "Helvetica", True: "Helvetica-Bold"}  # of Arial's widths


@cache
def slides_of(shape):
    """The file of that shape's result, read back, to be looked at alone."""
    return read_slides(made(result_of(shape)))


def pages_of(found):
    return turned(tell_reveal(found.comparison, found.deck, found.facts))


def told_by(slide):
    """All that the slide says, with the titles of its cards."""
    found = [one for one in texts_in(slide) if not isinstance(one, Enum) and one not in INTERNAL]
    return [one for one in (*found, *(card.title for card in cards_in(slide))) if one.strip()]


def cards_in(slide):
    if isinstance(slide, Card):
        yield slide
    elif isinstance(slide, tuple):
        for one in slide:
            yield from cards_in(one)
    elif hasattr(slide, "__dataclass_fields__"):
        for name in slide.__dataclass_fields__:
            yield from cards_in(getattr(slide, name))


@pytest.mark.parametrize("shape", SHAPES)
def test_each_slide_says_what_the_reveals_slide_says(shape):
    found = result_of(shape)
    pages = pages_of(found)
    for page, read in zip(pages, slides_of(shape), strict=True):
        assert read.title == page.title
        everything = flat(" ".join((read.text, *read.aloud)))
        assert [one for one in told_by(page) if flat(one) not in everything] == []


@pytest.mark.parametrize("shape", SHAPES)
def test_no_slide_says_more_than_the_reveals_slide(shape):
    found = result_of(shape)
    suits = {suit.name for suit in found.deck.suits}
    for page, read in zip(pages_of(found), slides_of(shape), strict=True):
        said = {re.sub("^[□●]", "", flat(run.text)) for run in read.runs}
        assert said - set(map(flat, (*told_by(page), *shown_by(page), *suits, ""))) == set()


def shown_by(page):
    """Heads and names of numbers, codes of cards, and what the file puts together in one stretch."""
    yield from (*getattr(page, "names", ()), *getattr(page, "heads", {}).values())
    yield from (card.code for card in cards_in(page))
    if chart := getattr(page, "chart", None):
        yield from (f"{one.shown} {one.words}" for one in chart.named)
    if voice := getattr(page, "voice", None):
        yield f"“{voice[0]}”"


def test_a_suppressed_list_is_in_no_part_of_the_file():
    found = result_of("hidden IT")
    with zipfile.ZipFile(io.BytesIO(made(found))) as file:
        everything = "".join(file.read(name).decode(errors="ignore") for name in file.namelist())
    assert "What customers chose is known" in everything
    assert "What IT thought</a:t>" not in everything
    assert "IT named" not in everything


@pytest.mark.parametrize("shape", SHAPES)
def test_every_slide_has_a_title_and_no_other_placeholder_and_its_script_in_the_notes(shape):
    found = result_of(shape)
    for page, read in zip(pages_of(found), slides_of(shape), strict=True):
        assert [one.placeholder_format.type for one in read.slide.placeholders] == [PP_PLACEHOLDER.TITLE]
        script = script_of(script_kind(page))
        asked = [page.told.card.question] if isinstance(page, Gap) and page.told.card.question else []
        assert read.notes == ["Say:", *script.say, "Ask:", *asked, *script.ask]
        notes = read.slide.notes_slide.placeholders
        assert all(one.text_frame.text for one in notes if one.has_text_frame and "Image" not in one.name)


def test_the_facilitators_notes_stand_with_their_slide_alone():
    found = result_of("thirty")
    keys = [key_of(page) for page in pages_of(found)]
    own = {"marks": "Wait.\n\nThen ask Ada."}
    for key, read in zip(keys, read_slides(made(found, own)), strict=True):
        assert (read.notes[-4:] == ["Your notes:", "Wait.", "", "Then ask Ada."]) == (key == "marks")
        assert ("Ada" in " ".join(read.notes)) == (key == "marks")


def test_there_is_a_function_for_each_kind_of_slide():
    assert set(get_args(Slide)) <= set(put.registry)


def test_each_list_and_the_marks_are_one_slide_that_has_all():
    found = result_of("thirty")
    pages = pages_of(found)
    tops = [page for page in pages if isinstance(page, Tops)]
    assert [(len(page.it), len(page.customers), bool(page.lines)) for page in tops] == [(10, 0, False), (10, 11, True)]
    assert all(row.words for page in tops for row in (*page.it, *page.customers))
    assert sum(isinstance(page, Marks) for page in pages) == 1


# --- what it looks like


def edges(shape):
    return shape.left, shape.top, shape.left + shape.width, shape.top + shape.height


def overlap(one, other):
    left, top, right, bottom = edges(one)
    return (
        other.left < right and other.left + other.width > left and other.top < bottom and other.top + other.height > top
    )


def assert_laid_out(slides):
    """All shapes within the slide, no words on other words, and all words within their shape by Arial's own widths."""
    for read in slides:
        shapes = list(read.slide.shapes)
        for shape in shapes:
            left, top, right, bottom = edges(shape)
            assert min(left, top) >= 0, (read.title, shape.name)
            assert (right, bottom) <= (Pt(look.WIDTH), Pt(look.HEIGHT)), (read.title, shape.name)
        spoken = [shape for shape in shapes if shape.has_table or (shape.has_text_frame and shape.text_frame.text)]
        for number, one in enumerate(spoken):
            assert [other.name for other in spoken[number + 1 :] if overlap(one, other)] == [], (read.title, one.name)
        for shape in spoken:
            if shape.has_table:
                for row in shape.table.rows:
                    for cell, column in zip(row.cells, shape.table.columns, strict=True):
                        room = column.width - cell.margin_left - cell.margin_right
                        assert height(cell.text_frame, room) <= row.height, cell.text_frame.text
            else:
                frame = shape.text_frame
                room = shape.width - frame.margin_left - frame.margin_right
                assert height(frame, room) <= shape.height, (read.title, frame.text)


def height(frame, width):
    total = 0.0
    for paragraph in frame.paragraphs:
        size = max(run.font.size for run in paragraph.runs)
        bold = any(run.font.bold for run in paragraph.runs)
        text = "".join(run.text for run in paragraph.runs)
        assert size >= Pt(8)
        lines = simpleSplit("".join(map(latin, text)), HELVETICA[bold], size.pt, width / Pt(1))
        total += max(1, len(lines)) * size * 1.15 + (paragraph.space_before or 0)
    return total


def latin(char):
    """A letter of about the same width that Helvetica has."""
    if char.isascii() or unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return char if char.isascii() else ""
    return "M" if unicodedata.east_asian_width(char) in {"W", "F"} else "o" if char.isalpha() else char


@pytest.mark.parametrize("shape", SHAPES)
def test_all_shapes_are_within_the_edges_and_no_words_lie_on_others(shape):
    assert_laid_out(slides_of(shape))


HOSTILE = (
    "Nobody tells us\x00 \x1b[31m when\u202e it is <b>fixed</b> & \ufffe“done”",
    "נאמר לנו תמיד מחר, ואף אחד לא חוזר אלינו בשבוע הזה",
    "لا أحد يخبرنا متى سيتم إصلاح ما طلبناه منذ أسابيع طويلة",
    "誰も私たちにいつ直るのかを教えてくれませんし、何度尋ねても返事が戻って来ませんのでとても困っております",
    "कोई हमें नहीं बताता कि यह कब ठीक होगा और कौन करेगा",
    "ไม่มีใครบอกเราว่าจะแก้ไขเมื่อไรและใครเป็นคนทำ",
    "W" * 60,
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunter",
    "Щось ніколи не лагодять, ніхто не каже чому, і так щороку",
    "_x000D_ =1+1 {{ 7*7 }} \U0001f469\u200d\U0001f4bb \ud800",
)


@pytest.fixture(scope="module")
def hostile():
    """A large result, every word of it typed by somebody who tries."""
    found = make_shape(30, 30, kinds=6, size=120)
    cards = []
    for number, card in enumerate(found.deck.cards):
        said = HOSTILE[number % len(HOSTILE)]
        cards.append(replace(card, title=f"{number} {said}"[:60], question=f"{number} {said * 3}"[:140]))
    voices = dict.fromkeys(found.deck.codes, (HOSTILE[0] * 4, HOSTILE[1] * 4))
    questions = {Group.IT: (HOSTILE[2] * 9)[:240], Group.CUSTOMERS: (HOSTILE[6] * 9)[:240]}
    facts = replace(
        found.facts,
        title=(HOSTILE[0] * 3)[:120],
        organisation=HOSTILE[9],
        voices=voices,
        questions=questions,
        mark=EXAMPLE,
    )
    return replace(found, deck=replace(found.deck, cards=tuple(cards), language="ar"), facts=facts)


def test_hostile_words_stay_words_in_their_room(hostile):
    data = made(hostile, {"questions": "\x00<script>\u202e"})
    assert_laid_out(read_slides(data))
    read = read_slides(data)
    everything = "".join(one.text + "".join(one.notes) for one in read)
    assert not re.search("[\x00-\x08\x0e-\x1f\u202a-\u202e\ufffe]", everything)
    assert "\ufffd[31m when\ufffd it is <b>fixed</b> & \ufffd“done”" in everything
    assert read[0].notes[-1] == "\ufffd<script>\ufffd"
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert [name for name in file.namelist() if b'TargetMode="External"' in file.read(name)] == []


def test_a_deck_with_an_odd_language_and_endless_names_of_suits_has_slides_too(hostile):
    suits = tuple(replace(suit, name=f"{suit.name} {'W' * 300}") for suit in hostile.deck.suits)
    odd = replace(hostile, deck=replace(hostile.deck, suits=suits, language="\x00 Klingon \ufffe" * 40))
    data = made(odd)
    assert_laid_out(read_slides(data))
    assert {run._r.rPr.get("lang") for read in read_slides(data) for run in read.runs} == {"en"}


def test_what_runs_from_the_right_is_set_so(hostile):
    frames = [frame for read in read_slides(made(hostile)) for frame in read.frames]
    ways = {
        (look.from_right(paragraph.text), (paragraph._p.pPr is not None and paragraph._p.pPr.get("rtl")) == "1")
        for frame in frames
        for paragraph in frame.paragraphs
    }
    assert ways == {(True, True), (False, False)}


def test_every_word_says_its_language_the_deck_its_own(hostile):
    for read in read_slides(made(hostile)):
        for run in read.runs:
            assert run._r.rPr.get("lang") in {"en", "ar"}
    question, *_ = read_slides(made(hostile))
    (title, asked, typed, *_) = [
        {run._r.rPr.get("lang") for p in frame.paragraphs for run in p.runs} for frame in question.frames
    ]
    assert (title, asked, typed) == ({"ar"}, {"en"}, {"ar"})


@pytest.mark.parametrize("shape", ["thirty", "ties of 49", "four with kinds", "hidden customers"])
def test_every_shape_is_read_or_described_or_passed_over(shape):
    for read in slides_of(shape):
        for one in read.slide.shapes:
            said = one.has_table or (one.has_text_frame and bool(one.text_frame.text)) or bool(description(one))
            assert said != decorative(one), (read.title, one.name)


def test_what_signs_mean_is_said_aloud():
    found = result_of("thirty")
    (talk, *_) = [
        read for page, read in zip(pages_of(found), slides_of("thirty"), strict=True) if isinstance(page, Talk)
    ]
    assert [re.fullmatch(r"customers’ place [\d–]+, IT’s place [\d–]+", one) for one in talk.aloud] != [None]
    (marks,) = [page for page in pages_of(found) if isinstance(page, Marks)]
    (read,) = [read for read in slides_of("thirty") if read.title == marks.title]
    assert read.aloud == [marks.chart.alt]


@pytest.mark.parametrize("shape", SHAPES)
def test_where_the_other_list_has_a_card_is_said_with_the_other_groups_name_and_sign(shape):
    for page, read in zip(pages_of(result_of(shape)), slides_of(shape), strict=True):
        if isinstance(page, Tops):
            places = [[row.elsewhere for row in rows if row.elsewhere] for rows in (page.it, page.customers)]
            told = [
                *((f"customers’ place {place}", f"●\xa0{place}") for place in places[0]),
                *((f"IT’s place {place}", f"□\xa0{place}") for place in places[1]),
            ]
            assert read.aloud == [aloud for aloud, _seen in told]
            seen = [frame.text for frame in read.frames]
            assert [text for text in seen if text in {seen for _aloud, seen in told}] == [text for _aloud, text in told]


def test_slides_are_read_from_the_title_on_in_the_order_in_which_they_are_told():
    found = result_of("thirty")
    for page, read in zip(pages_of(found), slides_of("thirty"), strict=True):
        assert next(iter(read.frames)).text == read.title
        if isinstance(page, Tops):
            rows = [frame.text for frame in read.frames]
            told = [row.words for row in (*page.it, *page.customers)]
            assert [text for text in rows if text in told] == told


def test_without_colours_both_groups_are_told_apart():
    found = result_of("thirty")
    gap = next(read for page, read in zip(pages_of(found), slides_of("thirty"), strict=True) if isinstance(page, Gap))
    parts = {one.line.color.theme_color: one for one in gap.slide.shapes if one.shape_type is not None and is_bar(one)}
    customers, it = parts[MSO_THEME_COLOR.ACCENT_2], parts[MSO_THEME_COLOR.ACCENT_1]
    assert (customers.fill.fore_color.theme_color, customers.line.dash_style) == (
        MSO_THEME_COLOR.ACCENT_2,
        MSO_LINE.SOLID,
    )
    assert (it.fill.fore_color.theme_color, it.line.dash_style) == (MSO_THEME_COLOR.BACKGROUND_1, MSO_LINE.DASH)
    tops = next(
        read for page, read in zip(pages_of(found), slides_of("thirty"), strict=True) if getattr(page, "lines", ())
    )
    signs = {
        (one.auto_shape_type, one.fill.fore_color.theme_color)
        for one in tops.slide.shapes
        if not one.is_placeholder and getattr(one, "fill", None) and one.width == Pt(9) and one.height == Pt(9)
    }
    assert signs == {
        (MSO_SHAPE.RECTANGLE, MSO_THEME_COLOR.BACKGROUND_1),
        (MSO_SHAPE.OVAL, MSO_THEME_COLOR.ACCENT_2),
    }


def is_bar(shape):
    return not shape.has_text_frame or (
        not shape.text_frame.text and shape.fill.type == MSO_FILL.SOLID and shape.height == Pt(18)
    )


def test_the_kinds_are_a_real_table_with_heads():
    (read,) = [read for read in slides_of("thirty") if any(one.has_table for one in read.slide.shapes)]
    (table,) = [one.table for one in read.slide.shapes if one.has_table]
    assert (table.first_row, table.first_col) == (True, True)
    assert table.cell(0, 0).text_frame.text == "Card"


@pytest.mark.parametrize(
    "name", ["W" * 120, "People in the branches who sell to firms that " * 3, "\u05d0\u05d1\u05d2 " * 30]
)
def test_endless_names_of_kinds_stay_in_their_cells(name):
    found = make_shape(30, 30, kinds=6, size=120)
    kinds = next(page for page in pages_of(found) if isinstance(page, Kinds))
    heads = tuple(replace(head, words=name[:120]) if head.group else head for head in kinds.grid.heads)
    slide = replace(kinds, grid=replace(kinds.grid, heads=heads))
    assert_laid_out(read_slides(build_slides([Page(slide, ())], found.deck, found.facts)))


# --- the file


def test_the_same_result_gives_the_same_bytes_without_a_time_or_anybody_elses_name():
    found = result_of("thirty")
    data = made(found)
    assert data == made(found)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert {one.date_time for one in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = file.namelist()
        everything = "".join(file.read(name).decode(errors="ignore") for name in names)
    assert [name for name in names if "thumbnail" in name or "printer" in name or "app.xml" in name] == []
    assert not re.search("Canny|Macintosh|generated using", everything)
    about = Presentation(io.BytesIO(data)).core_properties
    assert (about.title, about.author, about.language) == (found.facts.title, found.facts.organisation, "en")


def test_it_is_wide_has_one_layout_and_a_typeface_that_is_everywhere():
    file = Presentation(io.BytesIO(made(result_of("thirty"))))
    assert file.slide_width / file.slide_height == pytest.approx(16 / 9)
    assert [one.name for one in file.slide_layouts] == ["Title Only"]
    theme = next(one.target_part for one in file.slide_master.part.rels.values() if one.reltype.endswith("/theme"))
    assert re.findall('<a:latin typeface="([^"]*)"', theme.blob.decode()) == ["Arial", "Arial"]
    assert all(run.font.name is None for read in slides_of("thirty") for run in read.runs)


def test_the_example_is_marked_on_every_slide():
    found = result_of("thirty")
    marked = read_slides(made(replace(found, facts=replace(found.facts, mark=EXAMPLE))))
    assert all(EXAMPLE in read.text for read in marked)
    assert not any(EXAMPLE in read.text for read in slides_of("thirty"))


@pytest.mark.parametrize("at", [0.0, 0.05, 0.5, 1.0])
def test_marks_that_stand_together_do_not_cover_each_others_words(at):
    found = result_of("thirty")
    pages = tell_reveal(found.comparison, found.deck, found.facts)
    chart = next(page.chart for page in pages if isinstance(page, Marks))
    named = [Named(at, "10", "by IT", Group.IT), Named(at, "10", "expected by IT", Group.IT, expected=True)]
    named += [Named(at, "10", "by guessing"), Named(at, "10", "by 1,234 customers", Group.CUSTOMERS)]
    slide = Marks("How many?", replace(chart, named=tuple(named)), ("Guessing gives 10.",), "Wide uncertainty.")
    assert_laid_out(read_slides(build_slides([Page(slide, ())], found.deck, found.facts)))


def test_estimated_widths_are_at_least_arials():
    for card in result_of("thirty").deck.cards:
        for text in (card.title, card.question, card.seen):
            for bold, face in HELVETICA.items():
                assert stringWidth(text, face, 1) <= look.width_of(text, bold=bold) <= 1.15 * stringWidth(text, face, 1)
