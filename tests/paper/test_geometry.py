"""Nothing is clipped, nothing overlaps, nothing is too small to read: measured on the finished pages."""

import contextlib
from dataclasses import replace
from functools import cache
from itertools import combinations

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from cardsort.analysis.compare import compare
from cardsort.analysis.result import Zone
from cardsort.language import offered, speaking
from cardsort.paper.cardface import HEAD, INSET, RATIO, CardFace, height_beside
from cardsort.paper.handbook import build_handbook
from cardsort.paper.kit import style
from cardsort.paper.pdf import build_pdf
from cardsort.story import parts, words
from cardsort.story.facts import EXAMPLE
from tests.bench.pages import SIZES, fullness
from tests.paper.conftest import Workshop, draw_ballot_set, make_facts, make_wide_deck
from tests.paper.shipped import shipped
from tests.story.shapes import SHAPES, make_shape, result_of

SMALLEST = 7.0
TOUCHING = 1.0  # points by which the boxes of two lines of close type may share


def boxes(page):
    """The boxes of the page's words in lines: left, bottom, right, top."""
    text = page.get_textpage()
    return [text.get_rect(number) for number in range(text.count_rects())]


def sizes(page):
    """Sizes of all characters on the page; the spaces that the reader adds between words have none."""
    text = page.get_textpage()
    real = [at for at in range(text.count_chars()) if not pdfium.FPDFText_IsGenerated(text, at)]
    return {round(pdfium.FPDFText_GetFontSize(text, at), 2) for at in real}


def overlap(one, other):
    return min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1])


@pytest.fixture(scope="session")
def built():
    """The reports printed so far, by name."""
    return {}


@pytest.fixture(
    params=["ordinary", "longest", "tops of three", "far apart", "voices", "full", "guide", "guide on letter"]
)
def printed(request, built, make_workshop, wide_deck, full):
    """A paper size and the finished document."""
    if request.param not in built:
        built[request.param] = build(request.param, make_workshop, wide_deck, full)
    return built[request.param]


def build(name, make_workshop, wide_deck, full):
    if name.startswith("guide"):
        paper = "letter" if name.endswith("letter") else "a4"
        return style.PAPERS[paper], pypdfium2.PdfDocument(build_handbook(full.deck, paper=paper))
    paper = "letter" if name == "longest" else "a4"
    workshop = {
        "ordinary": lambda: make_workshop(picks=10),
        "longest": lambda: make_workshop(deck=wide_deck, picks=10, n_it=4),
        "tops of three": lambda: make_workshop(picks=3, n_it=5, n_customers=7),
        "far apart": make_far_apart,
        "voices": lambda: make_workshop(picks=5),
        "full": lambda: full,
    }[name]()
    facts = replace(workshop.facts, mark=EXAMPLE)
    if name == "voices":
        facts = replace(facts, voices=dict.fromkeys(workshop.deck.codes[:9], ("Nobody ever told us why. " * 11,) * 3))
    data = build_pdf(workshop.comparison, workshop.deck, facts, paper=paper)
    return style.PAPERS[paper], pypdfium2.PdfDocument(data)


def make_far_apart():
    """Three picks of 120 cards, and IT names others than customers: a few rows, large, with long blocks of places."""
    deck, ballots = make_wide_deck(120), draw_ballot_set(120, 40, 60, picks=3, kinds=0, rounds=1, own=False)
    of_it = ballots.group == 0
    thought = np.random.default_rng(3).permuted(np.tile(np.arange(115, 120), (40, 1)), axis=1)[:, :3]
    rankings = ballots.rankings.copy()
    rankings[of_it, :3] = thought
    return Workshop(compare(deck, replace(ballots, rankings=rankings), picks=3), deck, make_facts())


BLANK = 0.21  # of the letters' size: a line ends with a blank, so that its last word is not read with the next


def test_every_line_stays_within_the_margins(printed):
    (width, height), document = printed
    for page in document:
        text = page.get_textpage()
        for left, bottom, right, top in boxes(page):
            assert left >= style.MARGIN - 1
            assert right - BLANK * size_at(text, (left, bottom, right, top)) <= width - style.MARGIN + 1
            assert bottom >= style.FOOT - 30
            assert top <= height - 20


def test_no_two_lines_lie_on_each_other(printed):
    _paper, document = printed
    for page in document:
        assert_apart(page)


def assert_apart(page):
    for one, other in combinations(boxes(page), 2):
        across, down = overlap(one, other)
        assert not (across > TOUCHING and down > TOUCHING), (one, other)


@pytest.mark.parametrize("spoken", offered())
def test_what_the_sides_of_a_small_map_say_lies_on_no_quarters_name_in_any_language(spoken):
    found = result_of("120 cards, all ranked")
    with speaking(spoken):
        data = build_pdf(found.comparison, found.deck, found.facts, paper="letter", parts=frozenset({parts.MAP}))
    with contextlib.closing(pypdfium2.PdfDocument(data)) as report:
        assert len(report) == 1
        assert_apart(report[0])


def test_no_text_is_smaller_than_seven_points(printed):
    _paper, document = printed
    assert min(min(sizes(page)) for page in document) >= SMALLEST


def test_no_page_is_blank(printed):
    _paper, document = printed
    for page in document:
        assert len(boxes(page)) > 5


def test_no_heading_stands_alone_at_the_foot_of_a_page(printed):
    _paper, document = printed
    found = 0
    for page in document:
        text = page.get_textpage()
        lines = [(box, heading_at(text, box)) for box in boxes(page)]
        written = [box[1] for box, _heading in lines if box[1] > style.FOOT - 4]
        for box, heading in lines:
            found += heading
            if heading:
                assert min(written) < box[1] - 20, text.get_text_bounded(*box)
    assert found >= 6


def heading_at(text, box):
    """Whether the line's first letter has a heading's size."""
    return size_at(text, box) in {style.HEADING.fontSize, style.SUBHEADING.fontSize}


def size_at(text, box):
    """The size of the line's first letter, 0 where there is none."""
    at = text.get_index(box[0] + 1, (box[1] + box[3]) / 2, 4, 4)
    return 0.0 if at is None else round(pdfium.FPDFText_GetFontSize(text, at), 1)


@cache
def of_size(size):
    return make_shape(**SIZES[size])


@cache
def report_of(size):
    """The report of a workshop of that size, its bytes."""
    workshop = of_size(size)
    return build_pdf(workshop.comparison, workshop.deck, workshop.facts)


@pytest.mark.parametrize("size", ["3 + 3", "8 + 12", "24 + 60, kinds"])
def test_no_page_is_nearly_empty_and_the_brief_has_at_most_four(size):
    workshop = of_size(size)
    pages = fullness(report_of(size))
    assert min(pages[:-1]) > 1 / 3
    told = parts.tell(*vars(workshop).values())
    brief = build_pdf(workshop.comparison, workshop.deck, workshop.facts, parts=frozenset(parts.BRIEF))
    assert 2 <= len(fullness(brief)) <= 4
    assert (len(pages) == 3) == (parts.APPENDIX not in {part.id for part in told})


@pytest.mark.parametrize(
    ("shape", "spoken", "paper"),
    [
        ("IT alone", "en", "a4"),
        ("hidden customers", "en", "a4"),
        ("customers alone", "fr", "a4"),
        ("ties of 49", "fr", "letter"),
        ("thirty", "de", "letter"),
        ("tops of three", "nl", "letter"),
    ],
)
def test_what_is_not_shown_and_why_does_not_stand_alone_on_a_page(shape, spoken, paper):
    with speaking(spoken):
        found = make_shape(**SHAPES[shape])
        report = build_pdf(found.comparison, found.deck, found.facts, paper=paper)
    assert min(fullness(report)[:-1]) > 0.25


def test_names_of_kinds_at_the_head_of_a_table_are_not_divided_within_a_word():
    workshop = of_size("24 + 60, kinds")
    document = pypdfium2.PdfDocument(
        build_pdf(workshop.comparison, workshop.deck, workshop.facts, parts=frozenset({parts.SEGMENTS}))
    )
    written = " ".join(page.get_textpage().get_text_bounded() for page in document).split()
    kinds = [word for link in workshop.comparison.chain for word in link.segment.split()]
    assert len(kinds) > 5
    assert set(kinds) <= set(written)


def test_cards_beside_one_another_are_as_high_as_the_fullest_needs():
    deck, width = shipped(), 151.0
    alone = {card.code: height_beside([card], width, cost=True) for card in deck.cards}
    assert height_beside(deck.cards, width, cost=True) == max(alone.values()) <= width * RATIO
    assert min(alone.values()) < 0.8 * width * RATIO
    for card in deck.cards:
        face = CardFace(card, cost=True, height=alone[card.code])
        assert face.wrap(width, 0) == (width, alone[card.code])
        assert face._above.height + face._foot.height <= alone[card.code] - HEAD - INSET


def test_a_small_table_is_not_divided_between_pages():
    for size in ("24 + 60, kinds", "30 + 300, all"):
        texts = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(report_of(size))]
        assert sum("Counted like this" in text for text in texts) == 1


def test_the_quarters_of_the_map_are_named_where_their_cards_stand(full):
    titles = {words.ZONE_TITLES[zone]: zone for zone in Zone if zone is not Zone.BORDERLINE}
    with contextlib.closing(pypdfium2.PdfDocument(build_pdf(full.comparison, full.deck, full.facts))) as report:
        for page in report:
            text, found = page.get_textpage(), {}
            for left, bottom, right, top in boxes(page):
                if zone := titles.get(text.get_text_bounded(left, bottom, right, top).strip()):
                    found.setdefault(zone, []).append((round(top), round(left)))
            if Zone.QUIET in found:
                break
    at = {zone: max(spots) for zone, spots in found.items()}  # a list of them follows below the map
    assert at[Zone.BLIND_SPOT][0] == at[Zone.SHARED_PAIN][0] > at[Zone.QUIET][0] == at[Zone.FALSE_ALARM][0]
    assert at[Zone.BLIND_SPOT][1] < at[Zone.SHARED_PAIN][1]
    assert at[Zone.QUIET][1] < at[Zone.FALSE_ALARM][1]
