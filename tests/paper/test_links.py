"""Links inside the file: each leads to what it says, and is read to those who cannot see it."""

import io
from collections import Counter

import pypdf
import pypdfium2
import pytest

from cardsort.analysis.result import Label, Zone
from cardsort.paper.pdf import build_pdf
from tests.paper.test_tags import document_of, walk

DRAWN = (Zone.BLIND_SPOT, Zone.FALSE_ALARM)


class Opened:
    """A report with its links, and what stands in a box of its pages."""

    def __init__(self, workshop, parts=None):
        data = build_pdf(workshop.comparison, workshop.deck, workshop.facts, parts=parts)
        self.reader = pypdf.PdfReader(io.BytesIO(data))
        self.pictures = pypdfium2.PdfDocument(data)
        self.numbers = {page.indirect_reference.idnum: number for number, page in enumerate(self.reader.pages)}

    def links(self):
        """(number of the page, the annotation) for each link."""
        for number, page in enumerate(self.reader.pages):
            for annotation in page.get("/Annots", ()):
                yield number, annotation.get_object()

    def text_in(self, number, box):
        return " ".join(self.pictures[number].get_textpage().get_text_bounded(*box).split())


@pytest.fixture(scope="module")
def report(workshop):
    opened = Opened(workshop)
    yield opened
    opened.pictures.close()


def test_each_link_stands_on_its_card_and_leads_to_a_page_that_shows_it(report):
    found = list(report.links())
    assert len(found) > 25
    for number, note in found:
        code, where = note["/Contents"].split(": ")
        assert code in report.text_in(number, [float(side) for side in note["/Rect"]])
        _page, _kind, left, upper, _zoom = note["/Dest"]
        there = report.numbers[list.__getitem__(note["/Dest"], 0).idnum]
        height = 60 if where == "the card" else 26
        shown = report.text_in(there, (float(left), float(upper) - height, float(left) + 300, float(upper)))
        assert code in shown


def test_a_card_leads_to_its_face_where_one_is_drawn_and_to_its_row_otherwise(report, workshop):
    prediction = workshop.comparison.prediction
    told = {note["/Contents"] for _, note in report.links()}
    for code, card in prediction.cards.items():
        assert (f"{code}: the card" in told) == (card.zone in DRAWN and card.label is Label.CLEAR)
    for code in prediction.in_zone(Zone.SHARED_PAIN):
        assert f"{code}: its row in the table of all cards" in told


def test_faces_legend_and_table_are_all_linked(report, workshop):
    prediction = workshop.comparison.prediction
    drawn = [code for zone in DRAWN for code in prediction.in_zone(zone)]
    faces = [code for code in drawn if prediction.cards[code].label is Label.CLEAR]
    shared = prediction.in_zone(Zone.SHARED_PAIN)
    told = Counter(note["/Contents"] for _, note in report.links())
    assert faces
    for code in faces:  # in the legend and the table, and from the face itself
        assert told[f"{code}: the card"] == 2
        assert told[f"{code}: its row in the table of all cards"] == 1
    for code in shared:  # in its line and in the legend
        assert told[f"{code}: its row in the table of all cards"] == 2


def test_a_link_that_would_lead_nowhere_is_left_out(workshop):
    alone = Opened(workshop, frozenset({"first"}))
    assert list(alone.links()) == []
    assert [element for element in walk(document_of(alone.reader)) if element["/S"] == "/Link"] == []


def test_each_link_belongs_to_one_element_that_has_its_words(report):
    links = [element for element in walk(document_of(report.reader)) if element["/S"] == "/Link"]
    notes = {note.indirect_reference.idnum: note for _, note in report.links()}
    tree = report.reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    owners = {int(tree[at]): list.__getitem__(tree, at + 1).idnum for at in range(0, len(tree), 2)}
    claimed = []
    for link in links:
        words, held = (kid.get_object() for kid in link["/K"])
        assert isinstance(words, int)
        assert held["/Type"] == "/OBJR"
        number = held.raw_get("/Obj").idnum
        assert owners[int(notes[number]["/StructParent"])] == link.indirect_reference.idnum
        claimed.append(number)
    assert sorted(claimed) == sorted(notes)
