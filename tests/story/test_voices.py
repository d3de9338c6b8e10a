"""The customers' own words: said once each, in two columns, never a lonely one on a page."""

import io
from dataclasses import replace

import pypdf
import pypdfium2
import pytest

from cardsort.paper.kit import fonts, prose, style
from cardsort.paper.kit.newspaper import LEAST, Newspaper, fill
from cardsort.paper.pdf import build_pdf
from cardsort.story.voices import about, merged, times
from cardsort.usecases.decks import shipped_deck

TITLE = style.style(9.5, 13, before=8, after=2, keep=True)
ROOM = 200.0


@pytest.fixture(autouse=True)
def known_fonts():
    fonts.register()


def groups(*sizes):
    """For each size a title with that many remarks of one line."""
    return [
        part
        for size in sizes
        for part in (prose.say("Title", TITLE), *(prose.say(f"Remark {number}") for number in range(size)))
    ]


def titles_and_remarks(parts):
    return [part.getPlainText()[0] for part in parts]


def test_equal_remarks_are_said_once_with_their_number_the_most_frequent_first():
    assert merged(["Slow.", "No idea", "slow", " SLOW. ", "Days  go by"]) == (
        ("Slow.", 3),
        ("No idea", 1),
        ("Days go by", 1),
    )
    assert merged([]) == ()
    assert [times(count) for count in (1, 2, 1200)] == ["", "\xa0×2", "\xa0×1,200"]


def test_those_who_wrote_what_is_not_shown_are_counted_as_people():
    card = shipped_deck().cards[0]
    assert about(card, [f"Remark {number}" for number in range(8)] * 2).more == "and 4 more"


def test_columns_hold_whole_groups_and_lose_nothing():
    parts = groups(3, 3, 3)
    (first, second), rest = fill(parts, ROOM, 100)
    assert [titles_and_remarks(column) for column in (first, second, rest)] == [["T", "R", "R", "R"]] * 3
    assert [*first, *second, *rest] == parts


def test_a_group_longer_than_a_column_goes_on_in_the_next():
    (first, second), rest = fill(groups(9), ROOM, 100)
    assert titles_and_remarks(first) == ["T", *["R"] * (len(first) - 1)]
    assert len(first) > 1
    assert [*titles_and_remarks(second), *titles_and_remarks(rest)] == ["R"] * (10 - len(first))


def test_a_title_is_never_the_last_of_a_column():
    for height in range(20, 300, 7):
        columns, _rest = fill(groups(2, 1, 4, 3), ROOM, height)
        assert all(titles_and_remarks(column)[-1] == "R" for column in columns if column)


def test_the_two_columns_are_about_equally_high():
    paper = Newspaper(groups(1, 1, 1, 1, 1, 1))
    height = paper.wrap(2 * ROOM + style.GUTTER, 800)[1]
    assert height < 0.6 * sum(part.wrap(ROOM, 800)[1] + 10 for part in paper.parts)


def test_what_goes_on_over_to_another_page_is_never_a_single_remark():
    width = 2 * ROOM + style.GUTTER
    for height in range(60, 400, 11):
        parts = Newspaper(groups(*[2] * 14)).split(width, height)
        if len(parts) == 3:
            assert parts[2].wrap(width, 800)[1] >= min(LEAST, 60)


def test_what_is_left_of_a_page_is_not_filled_with_pieces_of_the_next_group(changed):
    said = tuple(f"Remark {number} about this card." for number in range(6))
    for count in (9, 14, 20):
        workshop = changed(voices={})
        voiced = replace(workshop.facts, voices=dict.fromkeys(workshop.comparison.actual.order()[:count], said))
        pages = pypdfium2.PdfDocument(build_pdf(workshop.comparison, workshop.deck, voiced))
        told = " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pages)
        assert told.count(" ".join(f"“{remark}”" for remark in said)) == count


def test_many_long_remarks_run_over_pages_without_loss(workshop):
    long = tuple(f"{number} begins, and {'many words ' * 80}end {number}." for number in range(5))
    voiced = replace(workshop.facts, voices=dict.fromkeys(workshop.deck.codes[:8], long))
    reader = pypdf.PdfReader(io.BytesIO(build_pdf(workshop.comparison, workshop.deck, voiced)))
    told = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    for number in range(5):
        assert told.count(f"“{number} begins") == told.count(f"end {number}.”") == 8
