"""Printing from the desk: chosen parts and a logo, the report as a page, and the sheets for the room."""

import re
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from cardsort.story.parts import CHAPTERS
from tests.conftest import client_of
from tests.web.conftest import open_room

FILE = re.compile(r"\.(pdf|pptx|xlsx|csv|ics)$")
SPOKEN = ("nl", "de")  # by the browsers of those who fetch them
TOP = ["A-01", "A-02", "A-03"]


def pages(answer):
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(answer.data)).pages]


@pytest.fixture
def revealed(app):
    room = open_room(app, picks="3")
    for number in range(5):
        room.cast(room.it, TOP, number, reasons=[{"basis": "think"}])
        room.cast(room.customers, ["A-02", "S-05", "A-01"], 100 + number)
    room.reveal()
    return room


@pytest.fixture
def example(app):
    """The example workshop's desk: it has data for nearly every part."""
    client = client_of(app)
    return client, client.post("/example").location


def upload(content, name="logo.png"):
    return {"logo": (BytesIO(content), name)}


def logo():
    out = BytesIO()
    Image.new("RGB", (300, 100), "navy").save(out, "PNG")
    return out.getvalue()


def test_only_the_chosen_parts_are_made_by_link_and_by_form(revealed):
    assert len(pages(revealed.get("/report.pdf?parts=first"))) == 1
    assert len(pages(revealed.post("/report.pdf", parts=["first"], paper="letter"))) == 1
    assert len(pages(revealed.get("/report.pdf?parts=nonsense"))) == len(pages(revealed.get("/report.pdf")))


def test_the_form_offers_the_parts_that_there_are(revealed):
    page = revealed.get("/print").text
    offered = re.findall(r'name="parts" value="(\w+)" checked', page)
    assert offered == ["first", "tops", "gaps", "agenda", "guide", "balance", "method", "table", "shares"]
    assert [CHAPTERS[name].title in page for name in ("shares", "map")] == [True, False]  # of five people no map


def test_before_the_reveal_the_sheets_can_be_printed_and_the_report_cannot(room):
    page = room.get("/print").text
    assert "The report can be printed once the result is revealed." in page
    assert 'name="parts"' not in page
    assert len(pages(room.get("/invitations.pdf"))) == 2
    assert room.get("/result").status_code == 409
    assert room.post("/report.pdf").status_code == 409


def test_a_logo_is_printed_and_anything_else_refused_with_the_form_as_it_was(revealed):
    made = revealed.post("/report.pdf", parts=["first"], **upload(logo()))
    (page,) = PdfReader(BytesIO(made.data)).pages
    assert "/XObject" in page["/Resources"]
    refused = revealed.post("/report.pdf", parts=["first"], paper="letter", **upload(b"<svg/>", "logo.svg"))
    assert refused.status_code == 422
    assert "The logo could not be read. Take a PNG or a JPEG file" in refused.text
    assert re.findall(r'name="parts" value="(\w+)" checked', refused.text) == ["first"]
    assert 'value="letter" checked' in refused.text


def test_a_logo_beyond_the_limit_is_refused_before_it_is_read(revealed):
    assert revealed.post("/report.pdf", **upload(b"x" * 400_000)).status_code == 413


def test_the_invitations_carry_the_codes_and_no_secret_in_words(room):
    it, customers = pages(room.get("/invitations.pdf"))
    for page, link in ((it, room.it), (customers, room.customers)):
        assert "http://cards.test" in page
        assert link.split("/v/")[1] not in page
    assert it != customers


def test_a_ballot_on_paper_is_made_for_each_group_and_no_other(room, deck):
    for group in ("it", "customers"):
        (page,) = pages(room.get(f"/paper-ballot/{group}.pdf"))
        assert all(card.code in page for card in deck.cards)
    assert room.get("/paper-ballot/others.pdf").status_code == 404


def test_what_is_taken_along_speaks_the_workshops_language_in_whatever_the_desk_is_read(app, revealed):
    revealed.post("/agenda", code="A-02")
    item = {"decision": "do", "action": "Ask", "due": "2099-01-01"}
    assert revealed.facilitator.put(f"{revealed.desk}/agenda/1/A-02", json=item).status_code == 200
    rules = [str(rule) for rule in app.url_map.iter_rules() if "/desk/<workshop_id>/" in str(rule)]
    files = {rule.replace("<group>", "customers").partition("<workshop_id>")[2] for rule in rules if FILE.search(rule)}
    differing = set()
    for path in sorted(files - {"/rehearsal/report.pdf"}):
        found = [revealed.facilitator.get(revealed.desk + path, headers={"Accept-Language": code}) for code in SPOKEN]
        assert [answer.status_code for answer in found] == [200] * len(SPOKEN), path
        differing |= {path} if len({answer.data for answer in found}) > 1 else set()
    assert differing == {"/deck-template.csv"}  # for the reader's own eyes


def test_everybody_can_print_the_deck(app):
    assert len(pages(client_of(app).get("/deck.pdf?paper=letter"))) == 12


def test_the_page_has_no_inline_style_script_or_handler(example):
    client, desk = example
    for path in ("/result", "/print"):
        page = client.get(desk + path).text
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*src=)", page)


def test_the_page_shows_the_chosen_parts_only(example):
    client, desk = example
    page = client.get(f"{desk}/result?parts=agenda").text
    assert CHAPTERS["agenda"].title in page
    assert CHAPTERS["table"].title not in page


def test_a_page_about_nobody_is_still_a_page(room):
    room.reveal()
    page = room.get("/result").text
    assert "There is nothing to compare yet" in page
    assert "How it was computed" in page
    assert len(pages(room.get("/report.pdf?parts=agenda"))) >= 1


@pytest.mark.parametrize("name", ["=1+1", "<b>Café", "x" * 120, "שלום", "🙂 <script>alert(1)</script>"])
def test_odd_names_are_shown_as_typed(app, name):
    room = open_room(app, name=name, organisation=name, picks="3")
    room.reveal()
    for path in ("/result", "/print"):
        page = room.get(path).text
        assert "<script>alert" not in page
        assert "<b>Café" not in page
    for path in ("/invitations.pdf", "/paper-ballot/it.pdf"):
        assert pages(room.get(path))


def test_the_invitations_have_a_sheet_for_each_kind_with_its_own_code(app):
    room = open_room(app, **{"segment-1": "Branches", "segment-2": "Citizens"})
    codes = re.findall(r'class="(?:door|kind)-code"><span[^>]*>[^<]*</span>([^<]+)</p>', room.get("").text)
    sheets = [" ".join(page.split()) for page in pages(room.get("/invitations.pdf"))]
    assert len(sheets) == len(set(codes)) == 4
    assert all(code in sheet for code, sheet in zip(codes, sheets, strict=True))
    assert ["IT services: Branches" in sheet for sheet in sheets] == [False, False, True, False]
    assert ["IT services: Citizens" in sheet for sheet in sheets] == [False, False, False, True]
    assert "and each kind of customer" in " ".join(room.get("/print").text.split())
