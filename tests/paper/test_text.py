"""The one door for texts: nothing becomes markup, nothing hides, nothing is a box."""

import pytest

from cardsort.paper.kit import fonts, prose, style, text
from cardsort.paper.lines import parts_of
from cardsort.story.blocks import Told, Tone


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("two\t lines\nin  one ", "two lines in one"),
        ("cafe\u0301", "café"),
        ("a\x00b\x07c", "a\ufffdb\ufffdc"),
        ("evil\u202egpj.exe", "evil\ufffdgpj.exe"),
        ("lone \ud800 half", "lone \ufffd half"),
        ("zero\u200bwidth\ufeff\u00ad", "zerowidth"),
        ("heart \u2764\ufe0f", "heart \u2764"),
        ("no\xa0break", "no\xa0break"),
        ("1\u202f204", "1\xa0204"),
        ("", ""),
    ],
)
def test_texts_are_tidied_and_controls_become_visible(typed, shown):
    assert text.clean(typed) == shown


def test_characters_are_drawn_by_the_first_font_that_has_them():
    assert fonts.runs("Łódź שלום", fonts.SEMIBOLD) == (
        (fonts.SEMIBOLD, "Łódź "),
        ("DejaVuSans-Bold", "שלום"),
    )


def test_a_character_that_no_font_has_becomes_a_visible_mark():
    assert fonts.runs("a中", fonts.REGULAR) == ((fonts.REGULAR, "a"), ("DejaVuSans", fonts.MARK))


@pytest.mark.parametrize(
    "name", ["Łukasz Żółć", "Ελλάδα", "Ёлка и Щука", "Iğdır Şişli", "Nguyễn Thị Ựng", "→ ≥ ✓ ▲ ● ■ ◆ ○ □"]
)
def test_european_turkish_and_vietnamese_letters_need_no_second_font(name):
    assert fonts.runs(name, fonts.REGULAR) == ((fonts.REGULAR, name),)


@pytest.mark.parametrize(
    "hostile",
    [
        '<img src="/etc/passwd"/>',
        "<b>never closed",
        "</font></para>",
        "&amp; &lt; &#0; &bogus;",
        '<a href="http://x">y</a>',
        "<para><onDraw name='x'/>",
        "<br/>]]><![CDATA[",
        "{{ 7*7 }} %s %(x)s",
    ],
)
def test_markup_is_shown_as_it_was_typed(hostile):
    assert prose.say(hostile).getPlainText() == hostile


def test_a_word_longer_than_the_line_is_broken_and_kept_whole():
    paragraph = prose.say("x" * 500)
    paragraph.wrap(200, 1000)
    lines = ["".join(line[1]) for line in paragraph.blPara.lines]
    assert len(lines) > 5
    assert "".join(lines) == "x" * 500


def test_a_line_that_fits_is_untouched_and_another_ends_in_an_ellipsis():
    room = text.width("Northwind Savings", fonts.REGULAR, 8)
    assert text.fitted("Northwind Savings", fonts.REGULAR, 8, room) == "Northwind Savings"
    shortened = text.fitted("Northwind Savings Bank", fonts.REGULAR, 8, room)
    assert shortened.endswith("…")
    assert text.width(shortened, fonts.REGULAR, 8) <= room


def test_a_paragraph_is_shortened_only_where_it_is_too_high():
    look = style.style(9, 12)
    assert prose.within_height("short", look, 200, 12).getPlainText() == "short"
    cut = prose.within_height("many words " * 30, look, 200, 24)
    assert cut.wrap(200, 1000)[1] == 24
    assert cut.getPlainText().endswith("…")


def test_narrowing_keeps_the_number_of_lines():
    paragraph = prose.say("Handed over, and the makers are gone")
    before = paragraph.wrap(130, 1000)[1]
    width = prose.narrowed(paragraph, 130)
    assert width < 130
    assert paragraph.wrap(width, 1000)[1] == before


def test_pieces_keep_the_spaces_between_them():
    parts = [
        ("A-01 ", fonts.SEMIBOLD, None),
        ("Title", fonts.REGULAR, None),
        (" ", fonts.REGULAR, None),
        ("end", fonts.REGULAR, None),
    ]
    assert prose.rich(parts).getPlainText() == "A-01 Title end"


def test_both_groups_places_of_a_card_stay_on_one_line():
    line = [Told("A title"), Told("7", Tone.CUSTOMERS), Told("5", Tone.IT)]
    words = "".join(part[0] for part in parts_of(line))
    assert words.split(" ")[-1].replace("\xa0", "") == "●7□5"
