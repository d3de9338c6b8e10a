"""Every script on paper: seen in the right order and joined, read back as it was written, from any folder of fonts."""

import io
import re
import shutil

import pypdf
import pypdfium2
import pytest
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st
from pypdf.generic import ContentStream

from cardsort.paper.kit import document, fonts, prose, scripts, style, text
from cardsort.paper.kit.folder import choose
from cardsort.paper.kit.layout import Columns, Stack
from cardsort.paper.kit.stretches import Part, seen
from cardsort.resources import FONTS
from cardsort.story.words import quoted

MEASURE = 340.0  # the width of a column of text, in points
HEBREW = "שירות הלקוחות (CRM) אינו מבין את העסק 24/7, ולכן הכול נעצר"
ARABIC = "لا يفهم قسم تقنية المعلومات تأثير العمل والأولويات"
ROCKET = "\U0001f680"


def printed(*paragraphs, language="en"):
    furniture = document.Furniture("", "", "", mark="", language=language, paper=style.PAPERS["a4"])
    return document.render(list(paragraphs), furniture)


def words_of(pdf):
    """What a viewer finds, copies and reads; brackets as they are drawn."""
    found = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    return found.replace("\r\n", " ").replace("  ", " ")


@pytest.fixture
def folder(tmp_path):
    """An operator's folder of fonts, not yet in use; afterwards there is none."""
    yield tmp_path
    choose(None)


def test_a_line_is_put_into_the_order_in_which_it_is_seen():
    pieces = scripts.order("A-01 שלום (CRM) אבג 12, end", base_right=False)
    assert [(piece.words, piece.from_right) for piece in pieces] == [
        ("A-01 ", False),
        ("שלום", True),
        (" (CRM) ", False),
        ("12", False),
        ("אבג ", True),
        (", end", False),
    ]
    assert [piece.words for piece in scripts.order("שלום ABC (DEF)", base_right=True)] == ["ABC (DEF)", "שלום "]


@given(st.text("abאבبت12٣ ()[]-,.%$!\u05b0\u064b/:中", max_size=30), st.booleans())
def test_the_order_is_that_of_the_unicode_standard(line, base_right):
    pieces = scripts.order(line, base_right=base_right)
    shown = "".join(piece.words[::-1] if piece.from_right else piece.words for piece in pieces)
    assert shown == get_display(line, base_dir="R" if base_right else "L")
    assert sorted(piece.start for piece in pieces) == [piece.start for piece in sorted(pieces, key=lambda p: p.start)]


def test_a_title_behind_an_index_keeps_its_own_order():
    parts = [
        Part("A-01 ", fonts.SEMIBOLD, "index", group=0),
        Part("אבג ABC דהו", "DejaVuSans-Bold", "title", group=1, from_right=True),
    ]
    shown = [(len(words), owner) for stretch in seen(parts, from_right=False) for words, owner in stretch.pieces]
    assert shown == [(5, "index"), (4, "title"), (3, "title"), (4, "title")]
    last = seen(parts, from_right=False)[-1].pieces[0][0]
    assert str(last) == " גבא"  # the title's first word stands at its right end


def test_arabic_letters_are_joined_and_take_the_room_of_what_is_drawn():
    shaped = fonts.shape("سلام", "DejaVuSans", from_right=True)
    assert [f"{ord(letter):04X}" for letter in shaped] == ["0645", "FEFC", "FEB3"]  # meem, final lam-alef, initial seen
    alone = sum(text.width(letter, fonts.REGULAR, 10) for letter in "سلام")
    assert text.width("سلام", fonts.REGULAR, 10) < alone


def test_marks_stand_on_their_letters():
    places = fonts.shape("שָׁ", "DejaVuSans", from_right=True).__shapeData__
    assert [place.x_advance > 0 for place in places].count(True) == 1


@pytest.mark.parametrize("words", [HEBREW, ARABIC])
def test_what_runs_from_the_right_wraps_from_the_right_and_is_read_back(words):
    paragraph = prose.say(f"{words} " * 4)
    assert paragraph.wrap(MEASURE, 1000)[1] >= 3 * style.TEXT.leading
    pdf = printed(Columns([[paragraph]], (MEASURE,)))
    found = words_of(pdf)
    assert [found.count(word) for word in re.findall(r"\w+", words)] == [
        4 * words.count(word) for word in re.findall(r"\w+", words)
    ]
    page = pypdfium2.PdfDocument(pdf)[0].render(grayscale=True).to_numpy()
    top, step = int(style.HEAD), int(style.TEXT.leading)
    lines = [page[at : at + step] < 128 for at in range(top, top + 3 * step, step)]
    assert [round(style.MARGIN + MEASURE - line.any(axis=0).nonzero()[0].max()) in {1, 2, 3} for line in lines] == [
        True
    ] * 3


def test_a_group_of_the_other_direction_stays_within_an_english_sentence():
    found = words_of(printed(prose.say("IT says “שלום” to 3 people")))
    assert "שלום" in found
    assert found.index("says") < found.index("שלום") < found.index("people")


def test_emoji_are_read_back():
    pdf = printed(prose.say("fine \U0001f600 today"))
    assert "fine \U0001f600 today" in pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


def test_words_do_not_run_together_at_the_end_of_a_line():
    """Whoever reads a paragraph aloud reads its marked content, where a line's end is nothing."""
    words = "plain words that are long enough for several lines " * 6
    emphasised = prose.rich([(words, fonts.REGULAR, None), (words, fonts.SEMIBOLD, None)])
    reader = pypdf.PdfReader(io.BytesIO(printed(prose.say(words), emphasised)))
    for operands, operator in ContentStream(reader.pages[0].get_contents(), reader).operations:
        if operator == b"Tj" and len(operands[0]) > 40:
            assert str(operands[0]).endswith((" ", "lines"))


def test_a_long_word_stays_one_word():
    reader = pypdf.PdfReader(io.BytesIO(printed(prose.say("x" * 300))))
    shown = [
        str(operands[0])
        for operands, operator in ContentStream(reader.pages[0].get_contents(), reader).operations
        if operator == b"Tj" and "x" in str(operands[0])
    ]
    assert "".join(shown) == "x" * 300


def test_each_language_is_said_where_it_is_spoken():
    pdf = printed(prose.say("IT says “שלום”, “Ελλάδα” and “да”"))
    stream = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].get_contents().get_data().decode("latin-1")
    assert [piece.split(")")[0] for piece in stream.split("/Lang (")[1:]] == ["he", "el"]


@pytest.mark.parametrize(
    ("words", "spoken"),
    [
        ("上司は", "ja"),
        ("部门", "zh"),
        ("부서", "ko"),
        ("ไอที", "th"),
        ("आईटी", "hi"),
        ("Łódź", ""),
        ("Ёлка", ""),
        ("12", ""),
    ],
)
def test_the_script_tells_the_language_where_it_can(words, spoken):
    assert scripts.language(words) == spoken


def test_characters_that_no_font_has_are_named_once_each_in_their_order():
    assert text.unprintable(f"plain שלום 中a文中 {ROCKET}") == f"中文{ROCKET}"
    assert text.unprintable("Łódź – 😀 → \u200dend") == ""


def test_a_mark_that_cannot_be_printed_is_one_with_its_letter():
    assert fonts.runs("कि", fonts.REGULAR) == (("DejaVuSans", fonts.MARK),)


def test_letters_come_from_the_operators_folder(folder, caplog):
    point = fonts.icon("server")
    assert text.unprintable(point) == point
    shutil.copy(FONTS / "lucide.ttf", folder / "Own.ttf")
    (folder / "broken.ttf").write_bytes(b"no font")
    (folder / "PostScript.otf").write_bytes(b"OTTO" + bytes(8))
    (folder / "notes.txt").write_text("not opened")
    choose(folder)
    assert text.unprintable(point) == ""
    assert fonts.runs(f"a{point}", fonts.REGULAR) == ((fonts.REGULAR, "a"), ("own Own.ttf", point))
    assert "broken.ttf is left out" in caplog.text
    assert "PostScript.otf is left out: it is no TrueType font that can go into a PDF" in caplog.text
    reader = pypdf.PdfReader(io.BytesIO(printed(prose.say(f"a {point} b"))))
    assert f"a {point} b" in reader.pages[0].extract_text()


def test_what_our_own_fonts_have_is_not_taken_from_the_folder(folder):
    shutil.copy(FONTS / "SourceSans3-Bold.ttf", folder / "Own.ttf")
    choose(folder)
    assert fonts.runs("Łódź", fonts.REGULAR) == ((fonts.REGULAR, "Łódź"),)


def test_bold_words_take_the_folders_bold_font(folder):
    for name in ("A.ttf", "B-Bold.ttf"):
        shutil.copy(FONTS / "lucide.ttf", folder / name)
    choose(folder)
    point = fonts.icon("server")
    assert [fonts.font_for(point, face, folder) for face in (fonts.REGULAR, fonts.BOLD)] == [
        "own A.ttf",
        "own B-Bold.ttf",
    ]


def test_chinese_and_japanese_lines_break_between_characters():
    assert prose.say("IT部门对业务影响").style.wordWrap is None  # marks stand there
    assert scripts.without_spaces("IT部门")
    assert not scripts.without_spaces("부서는 IT")


def test_a_stack_of_scripts_is_printed_twice_alike():
    words = [HEBREW, ARABIC, "fine \U0001f600", "x\u0302", "Ελλάδα"]
    first, second = (printed(Stack([prose.say(said) for said in words])) for _ in range(2))
    assert first == second


def as_seen(words):
    """A line of words without joined letters, from the left."""
    fragments = text.fragments([(words, fonts.REGULAR, None)], style.TEXT)
    stretches = seen([text.part_of(fragment) for fragment in fragments], from_right=False)
    return "".join(words for stretch in stretches for words, _owner in stretch.pieces)


def test_a_title_within_a_sentence_takes_no_number_beside_it_along():
    said = f"Talk about {quoted('אבג דה')}: 92 % of customers."
    assert as_seen(said) == "Talk about “הד גבא”: 92 % of customers."
    assert as_seen(said[:16]) == "Talk about “גבא"  # shortened within the title


def test_half_a_character_beside_hebrew_is_a_mark():
    assert as_seen("אבג \ud800") == "\ufffd גבא"
