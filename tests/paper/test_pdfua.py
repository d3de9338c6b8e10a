"""Everything printed follows PDF/UA as far as a program can tell, in any script, and carries all its fonts."""

import io
from dataclasses import replace

import pypdf
import pytest
from pdfua import validate

from cardsort.domain.ballots import Group
from cardsort.paper.deckpdf import build_deck
from cardsort.paper.handbook import build_handbook
from cardsort.paper.invitation import build_invitations
from cardsort.paper.paperballot import build_paper_ballot
from cardsort.paper.pdf import build_pdf
from tests.paper.test_sheets import INVITED, event

TITLES = (
    "שירות הלקוחות (CRM) אינו מבין את העסק",
    "لا يفهم قسم تقنية المعلومات تأثير العمل",
    "IT部门对业务影响和优先级了解太少",
    "ฝ่ายไอทีไม่เข้าใจผลกระทบทางธุรกิจ",
    "आईटी को व्यावसायिक प्रभाव की समझ नहीं \U0001f600",
)


def in_five_scripts(deck):
    cards = tuple(
        replace(card, title=f"{TITLES[number % 5]} {number}", seen=TITLES[number % 5] * 2, cost=TITLES[number % 5])
        for number, card in enumerate(deck.cards)
    )
    return replace(deck, name=TITLES[0], cards=cards)


def report(full, deck):
    facts = replace(full.facts, title=TITLES[0], organisation=TITLES[2], voices={"A-01": TITLES})
    return build_pdf(full.comparison, deck, facts)


PRINTED = {
    "the report": lambda full: build_pdf(full.comparison, full.deck, full.facts),
    "the report in five scripts": lambda full: report(full, in_five_scripts(full.deck)),
    "the guide": lambda full: build_handbook(full.deck),
    "the cards": lambda full: build_deck(in_five_scripts(full.deck)),
    "the invitations": lambda _full: build_invitations(event(title=TITLES[1]), INVITED),
    "the ballot on paper": lambda full: build_paper_ballot(event(), in_five_scripts(full.deck), Group.CUSTOMERS),
}


@pytest.mark.parametrize("name", PRINTED)
def test_what_is_printed_follows_pdf_ua_and_carries_its_fonts(name, full, tmp_path):
    printed = PRINTED[name](full)
    file = tmp_path / "printed.pdf"
    file.write_bytes(printed)
    found = validate(str(file))
    assert [(finding.rule_id, finding.message) for finding in found.findings] == []
    for page in pypdf.PdfReader(io.BytesIO(printed)).pages:
        for font in page["/Resources"]["/Font"].values():
            assert "/FontFile2" in font["/FontDescriptor"], font["/BaseFont"]


def test_the_check_finds_what_is_missing(tmp_path, full):
    """A file without its structure is not passed over."""
    writer = pypdf.PdfWriter(io.BytesIO(PRINTED["the invitations"](full)))
    del writer.root_object["/StructTreeRoot"]
    writer.write(tmp_path / "bare.pdf")
    assert validate(str(tmp_path / "bare.pdf")).findings
