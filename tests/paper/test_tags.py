"""What a screen reader gets: a structure with headings, tables with heads, a described chart, and no stray text."""

import io
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pypdf
import pytest
from pypdf.generic import ContentStream

from cardsort.analysis.result import Label, Zone
from cardsort.domain.ballots import Group
from cardsort.paper.pdf import build_pdf


@pytest.fixture(scope="module")
def reader(make_workshop):
    workshop = make_workshop(picks=10)
    return pypdf.PdfReader(io.BytesIO(build_pdf(workshop.comparison, workshop.deck, workshop.facts)))


def kids_of(element):
    """Child elements, and (page's object number, mark's number) for each piece of content."""
    home = element.raw_get("/Pg").idnum if "/Pg" in element else None
    for kid in element["/K"]:
        found = kid.get_object()
        if isinstance(found, int):
            yield home, int(found)
        elif found.get("/Type") == "/MCR":
            yield found.raw_get("/Pg").idnum, int(found["/MCID"])
        elif found.get("/Type") != "/OBJR":
            yield found


def walk(element):
    """An element and all below it, depth first."""
    yield element
    for kid in kids_of(element):
        if not isinstance(kid, tuple):
            yield from walk(kid)


def document_of(reader):
    return reader.trailer["/Root"]["/StructTreeRoot"]["/K"][0].get_object()


@pytest.fixture(scope="module")
def elements(reader):
    return list(walk(document_of(reader)))


def marks_of(page, reader):
    """(operator, stack of open marks) for each operation on the page."""
    stack = []
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        if operator in {b"BDC", b"BMC"}:
            stack.append(operands)
        elif operator == b"EMC":
            stack.pop()
        yield operator, list(stack)
    assert stack == []


def test_the_document_says_that_it_is_tagged_and_shows_its_title(reader):
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a PDF boolean
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712 - a PDF boolean
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_data()


def test_no_text_is_outside_the_structure_and_marks_nest_only_to_say_how_something_is_read(reader):
    for page in reader.pages:
        for operator, stack in marks_of(page, reader):
            assert len(stack) <= 2
            for tag, said in stack[1:]:
                assert (str(tag), str(stack[0][0]) == "/Artifact") == ("/Span", False)
                assert set(said) <= {"/ActualText", "/Lang"}
            if operator in {b"Tj", b"TJ", b"'", b'"'}:
                assert stack


def test_lines_and_grounds_are_furniture_or_part_of_a_figure(reader):
    for page in reader.pages:
        for operator, stack in marks_of(page, reader):
            if operator in {b"S", b"f", b"B", b"b", b"s", b"f*"}:
                assert [str(mark[0]) for mark in stack] in (["/Artifact"], ["/Figure"])


def test_each_mark_is_owned_by_one_element_and_found_through_its_page(reader, elements):
    tree = reader.trailer["/Root"]["/StructTreeRoot"]
    numbers = tree["/ParentTree"]["/Nums"]
    assert [int(key) for key in numbers[::2]] == list(range(int(tree["/ParentTreeNextKey"])))
    owners = {int(numbers[at]): numbers[at + 1].get_object() for at in range(0, len(numbers), 2)}
    claimed = Counter(kid for element in elements for kid in kids_of(element) if isinstance(kid, tuple))
    assert set(claimed.values()) == {1}
    for page in reader.pages:
        used = {int(stack[0][1]["/MCID"]) for operator, stack in marks_of(page, reader) if operator == b"BDC"}
        assert used == set(range(len(owners[int(page["/StructParents"])])))
        assert used == {mark for number, mark in claimed if number == page.indirect_reference.idnum}


def test_headings_begin_with_one_title_and_skip_no_level(elements):
    levels = [int(element["/S"][2:]) for element in elements if element["/S"] in {"/H1", "/H2", "/H3", "/H4"}]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(following - level <= 1 for level, following in pairwise(levels))


@cache
def read_aloud(reader, number):
    """What is read of that page: the words of each mark, and where something is said in place of text, that."""
    page = reader.pages[number]
    heard = {}
    meaning = {name: meanings(font.get_object()) for name, font in page["/Resources"]["/Font"].items()}
    stack, font = [], None
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        words = ""
        if operator in {b"BDC", b"BMC"}:
            stack.append(operands[1] if len(operands) > 1 else {})
            words = str(stack[-1].get("/ActualText", ""))
        elif operator == b"EMC":
            stack.pop()
        elif operator == b"Tf":
            font = operands[0]
        elif operator == b"Tj" and not any("/ActualText" in said for said in stack):
            words = "".join(meaning[font][byte] for byte in operands[0].original_bytes)
        if stack and "/MCID" in stack[0]:
            heard.setdefault(int(stack[0]["/MCID"]), []).append(words)
    return {mark: "".join(words) for mark, words in heard.items()}


def meanings(font):
    """What each byte of a font's text means."""
    lines = font["/ToUnicode"].get_data().decode("latin-1").split("beginbfchar\n")[1].split("endbfchar")[0]
    pairs = (line.strip("<>").split("> <") for line in lines.splitlines())
    return {int(byte, 16): bytes.fromhex(meaning).decode("utf-16-be") for byte, meaning in pairs}


@cache
def numbers_of(reader):
    """Each page's number, from 0, by that of its object."""
    return {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages)}


def words_of(element, reader):
    """All that is read of an element, in its order."""
    return "".join(
        read_aloud(reader, numbers_of(reader)[kid[0]])[kid[1]] if isinstance(kid, tuple) else words_of(kid, reader)
        for kid in kids_of(element)
    )


def test_the_headline_is_the_title_that_everything_stands_under(reader, elements):
    (headline,) = [element for element in elements if element["/S"] == "/H1"]
    assert words_of(headline, reader).startswith("IT named ")


def test_each_part_is_a_section_that_begins_with_its_title(reader):
    sections = [kid for kid in kids_of(document_of(reader)) if kid["/S"] == "/Sect"]
    titles = [words_of(next(kids_of(section)), reader) for section in sections]
    assert {next(kids_of(section))["/S"] for section in sections} == {"/H2"}
    assert titles[-5:] == [
        "The balance of what is missed",
        "How it was computed, and how sure it is",
        "The map",
        "All cards",
        "Shares and mean ranks, with their ranges",
    ]


def test_cards_below_one_another_are_a_list(elements):
    lists = [element for element in elements if element["/S"] == "/L"]
    assert lists
    for found in lists:
        items = list(kids_of(found))
        assert {item["/S"] for item in items} == {"/LI"}
        assert {kid["/S"] for item in items for kid in kids_of(item)} == {"/LBody"}
        assert len(items) > 1


def test_a_place_is_read_with_the_groups_name(reader, elements):
    said = [words_of(element, reader) for element in elements if element["/S"] == "/LI"]
    assert any(re.search(r"[A-Z]-\d\d .+ customers \d+ \s*IT \d+", words) for words in said)
    everything = " ".join(words_of(element, reader) for element in elements if element["/S"] in {"/P", "/H2", "/H3"})
    assert "●" not in everything
    assert "□" not in everything


def test_words_of_two_lines_are_two_words(reader, elements, make_workshop):
    everything = {words_of(element, reader) for element in elements if element["/S"] == "/P"}
    question = make_workshop(picks=10).facts.questions[Group.IT]
    assert any(question in words for words in everything)


def test_pictures_name_the_cards_in_words(elements, make_workshop):
    workshop = make_workshop(picks=10)
    alts = [str(element["/Alt"]) for element in elements if element["/S"] == "/Figure"]
    _marks, higher, lower, _close, _chance, _slope, *others = alts
    the_map = max(others, key=len)
    for zone in (Zone.BLIND_SPOT, Zone.SHARED_PAIN, Zone.FALSE_ALARM):
        for code in workshop.comparison.prediction.in_zone(zone):
            assert f"{code} {workshop.deck[code].title}" in the_map
    clear = [code for code, gap in workshop.comparison.prediction.cards.items() if gap.label is Label.CLEAR]
    assert clear
    assert [code for code in clear if f"{code} {workshop.deck[code].title}" not in f"{higher} {lower}"] == []


def test_tables_have_rows_with_a_head_above_and_at_the_side(elements):
    tables = [element for element in elements if element["/S"] == "/Table"]
    assert len(tables) >= 2
    cards = max(tables, key=lambda table: len(table["/K"]))
    rows = [row.get_object() for row in cards["/K"]]
    assert len(rows) == 1 + 52
    scopes = [
        [cell.get_object()["/A"]["/Scope"] if "/A" in cell.get_object() else None for cell in row["/K"]] for row in rows
    ]
    assert scopes[0] == ["/Column"] * 7
    assert {tuple(row) for row in scopes[1:]} == {(None, "/Row", *[None] * 5)}


def test_the_chart_is_described_with_every_card_it_shows(elements, make_workshop):
    workshop = make_workshop(picks=10)
    figures = [element for element in elements if element["/S"] == "/Figure"]
    assert len(figures) == 9
    marks, higher, lower, close, chance, slope, *bars, plan = (figure["/Alt"] for figure in figures)
    assert marks.startswith("Of the customers’ top\xa010 were named: by blind guessing about 2")
    alt = f"{higher} {lower} {close} {chance}"
    for found in (workshop.comparison.predicted, workshop.comparison.actual):
        for code in found.top(10):
            assert workshop.deck[code].title in alt
            assert workshop.deck[code].title in slope
    assert [len(figure["/A"]["/BBox"]) for figure in figures] == [4] * 9
    assert plan.endswith("The table of all cards has every place.")
    assert all(bar.startswith("An ear for the customer: ") for bar in bars)


def test_a_paragraph_over_two_pages_is_one_element(make_workshop):
    workshop = make_workshop(picks=10)
    facts = replace(workshop.facts, voices=dict.fromkeys(workshop.deck.codes[:2], ("many words " * 700,) * 2))
    reader = pypdf.PdfReader(io.BytesIO(build_pdf(workshop.comparison, workshop.deck, facts)))
    split = [
        element["/S"]
        for element in walk(document_of(reader))
        if len({kid[0] for kid in kids_of(element) if isinstance(kid, tuple)}) == 2
    ]
    assert split
    assert set(split) == {"/P"}
