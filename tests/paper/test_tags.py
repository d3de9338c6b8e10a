"""What a screen reader gets: a structure with headings, tables with heads, a described chart, and no stray text."""

import io
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pypdf
import pytest
from pypdf.generic import ContentStream

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


def test_no_text_is_outside_the_structure_and_marks_never_nest(reader):
    for page in reader.pages:
        for operator, stack in marks_of(page, reader):
            assert len(stack) <= 1
            if operator in {b"Tj", b"TJ", b"'", b'"'}:
                assert len(stack) == 1


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
    assert len(figures) == 7
    marks, clear, rest, slope, *bars, plan = (figure["/Alt"] for figure in figures)
    assert marks.startswith("Of the customers’ top\xa010 were named: by guessing 2")
    alt = f"{clear} {rest}"
    for found in (workshop.comparison.predicted, workshop.comparison.actual):
        for code in found.top(10):
            assert workshop.deck[code].title in alt
            assert workshop.deck[code].title in slope
    assert [len(figure["/A"]["/BBox"]) for figure in figures] == [4] * 7
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
