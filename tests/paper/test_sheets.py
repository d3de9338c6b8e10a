"""Printed matter for the room: the deck to cut out, the invitations, the ballot on paper; nothing leaves its place."""

import io
import re
from dataclasses import replace

import pypdf
import pypdfium2
import pytest
import segno

from cardsort.domain.ballots import Group
from cardsort.domain.settings import Appeal, Settings
from cardsort.paper.cardface import RATIO
from cardsort.paper.deckpdf import CARD_WIDTH, build_deck, corner, origin
from cardsort.paper.invitation import Event, QrCode, build_invitations
from cardsort.paper.kit import style
from cardsort.paper.paperballot import build_paper_ballot
from cardsort.story.facts import EXAMPLE, Invitation
from cardsort.usecases.decks import shipped_deck
from tests.paper.test_tags import document_of, walk

LONG = "many words that say nothing " * 9
WIDE = "WIDE WORDS " * 25 + "WIDE."


def flat(text):
    return " ".join(text.split())


def texts(data):
    return [flat(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(data)).pages]


def event(**more):
    questions = {group: Settings("").question(group) for group in Group}
    known = {
        "title": "Autumn",
        "organisation": "Northwind",
        "questions": questions,
        "deck": shipped_deck(),
        "picks": 10,
    }
    return Event(**known | {"threshold": 3, "segments": {Group.CUSTOMERS: ("Branches", "Firms")}} | more)


INVITED = tuple(Invitation(group, "http://192.168.0.7:8000/v/abcdefghijklmnop", "K7Q2M4XP") for group in Group)


def test_the_deck_has_nine_cards_on_a_page_and_their_backs_behind(deck):
    pages = texts(build_deck(deck))
    assert len(pages) == 12
    for number in range(0, 12, 2):
        codes = list(deck.codes[number // 2 * 9 : number // 2 * 9 + 9])
        assert sorted(re.findall(r"\b[ABCS]-\d\d\b", pages[number])) == codes
        assert sorted(re.findall(r"\b[ABCS]-\d\d\b", pages[number + 1])) == codes
    assert flat(deck["A-01"].seen) in pages[0]
    assert flat(f"What it costs {deck['A-01'].cost} What better looks like {deck['A-01'].better}") in pages[1]


@pytest.mark.parametrize("with_back", [0, 1, 9, 10])
def test_backs_are_printed_as_soon_as_one_card_has_one(deck, with_back):
    bare = [replace(card, cost="", better="", question="") for card in deck.cards[with_back:10]]
    pages = texts(build_deck(replace(deck, cards=(*deck.cards[:with_back], *bare))))
    assert len(pages) == (4 if with_back else 2)
    backs = " ".join(pages[1::2]) if with_back else ""
    assert [flat(card.better) in backs for card in deck.cards[:10]] == [number < with_back for number in range(10)]


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_turned_on_the_long_edge_each_back_lies_behind_its_face(paper):
    size = style.PAPERS[paper]
    for number in range(9):
        front, back = (corner(number, size, backs=backs) for backs in (False, True))
        assert front[1] == back[1]
        assert front[0] + back[0] + CARD_WIDTH == pytest.approx(size[0])


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_longest_texts_stay_on_their_card_and_are_printed_whole(wide_deck, paper):
    data = build_deck(wide_deck, paper=paper)
    size = style.PAPERS[paper]
    for number, page in enumerate(pypdfium2.PdfDocument(data)):
        cards = [corner(at, size, backs=bool(number % 2)) for at in range(9)]
        page_text = page.get_textpage()
        for box in (page_text.get_rect(at) for at in range(page_text.count_rects())):
            note = box[3] < origin(size)[1]
            assert note or any(_inside(box, spot) for spot in cards), box
    whole = texts(data)
    for number, card in enumerate(wide_deck.cards):
        face, back = whole[number // 9 * 2 : number // 9 * 2 + 2]
        assert flat(card.seen) in face
        assert all(flat(said) in back for said in (card.cost, card.better, card.question))


def _inside(box, spot):
    x, y = spot
    across = x + 3 <= box[0] and box[2] <= x + CARD_WIDTH - 3
    return across and y + 3 <= box[1] and box[3] <= y + CARD_WIDTH * RATIO - 3


def test_crop_marks_stay_on_the_paper():
    for paper in ("a4", "letter"):
        left, low = origin(style.PAPERS[paper])
        assert left > 14
        assert low > 14


def test_each_group_gets_its_own_invitation():
    it, customers = texts(build_invitations(event(), INVITED))
    for page, group in ((it, Group.IT), (customers, Group.CUSTOMERS)):
        assert f"“{event().questions[group]}”" in page
        assert "or open http://192.168.0.7:8000 and type K7Q2M4XP" in page
        assert "About 3 minutes from a list of the titles, about 10 one card at a time." in page
        assert "of 3 people or more only" in page
        assert "/v/" not in page


def test_the_code_on_paper_is_the_links():
    code = QrCode(INVITED[0].address, 190)
    assert code.rows == [bytes(row) for row in segno.make(INVITED[0].address, error="m", micro=False).matrix]
    (page, *_rest) = pypdfium2.PdfDocument(build_invitations(event(), INVITED))
    picture = page.render(scale=3, grayscale=True).to_numpy().squeeze()
    dark_columns = (picture[: picture.shape[0] // 2, : picture.shape[1] // 2] < 40).sum(axis=0)
    dark = sum(sum(row) for row in code.rows)
    module = 3 * 190 / (len(code.rows) + 6)
    assert dark_columns.sum() == pytest.approx(dark * module**2, rel=0.15)


def test_what_wins_people_stands_on_their_invitation_and_nowhere_else():
    appeal = Appeal(
        "Maria <b>Lindt</b>", "A message within the hour.", "In May", *["In March the tills stood still."] * 2
    )
    for page in texts(build_invitations(event(appeal=appeal), INVITED)):
        assert "Who asks? Maria <b>Lindt</b> Why does it matter? In March the tills stood still." in page
        assert "What came of the last round? A message within the hour." in page
        assert page.endswith("When will you hear what came of it? In May")
    for page in texts(build_invitations(event(), INVITED)):
        assert not re.search(r"Who asks|Why does|last round|hear what", page)


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_an_invitation_with_the_longest_texts_is_one_page(paper):
    appeal = Appeal(LONG[:120], WIDE, LONG[:120], WIDE, WIDE)
    questions = dict.fromkeys(Group, LONG[:240])
    long = event(title=LONG[:120], organisation=LONG[:120], questions=questions, appeal=appeal, example=True)
    data = build_invitations(long, INVITED, paper=paper)
    for page in pypdfium2.PdfDocument(data):
        page_text = page.get_textpage()
        assert min(page_text.get_rect(at)[1] for at in range(page_text.count_rects())) > style.FOOT
    pages = texts(data)
    assert len(pages) == 2
    for page in pages:
        assert flat(LONG[:240]) in page
        assert "What is kept?" in page
        assert EXAMPLE in page


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("group", list(Group))
def test_a_ballot_on_paper_is_one_page_with_every_card_once(deck, paper, group):
    (page,) = texts(build_paper_ballot(event(), deck, group, paper=paper))
    assert sorted(re.findall(r"\b[ABCS]-\d\d\b", page)) == sorted(deck.codes)
    for card in deck.cards:
        assert flat(f"{card.code} {card.title}") in page
    assert "up to 10" in page
    if group is Group.IT:
        assert page.count("I know / I think") == 3
    else:
        assert page.count("time / money / trouble") == 3
        assert "I belong to (circle one) Branches / Firms" in page


def test_an_odd_number_of_cards_stands_on_the_ballot_whole(deck):
    odd = replace(deck, cards=deck.cards[:51])
    (page,) = texts(build_paper_ballot(event(), odd, Group.IT))
    assert sorted(re.findall(r"\b[ABCS]-\d\d\b", page)) == sorted(odd.codes)


def test_a_ballot_with_the_longest_titles_goes_on_to_another_page_whole(wide_deck):
    pages = texts(build_paper_ballot(event(questions=dict.fromkeys(Group, LONG[:240])), wide_deck, Group.IT))
    for card in wide_deck.cards:
        assert flat(f"{card.code} {card.title}") in " ".join(pages)


def test_a_table_over_two_pages_is_read_out_whole(wide_deck):
    long = event(questions=dict.fromkeys(Group, LONG[:240]))
    reader = pypdf.PdfReader(io.BytesIO(build_paper_ballot(long, wide_deck, Group.IT)))
    assert len(reader.pages) > 1
    tables = [element for element in walk(document_of(reader)) if element["/S"] == "/Table"]
    assert max(len(table["/K"]) for table in tables) == wide_deck.size // 2


def test_hostile_texts_on_the_sheets_are_shown_as_typed():
    kinds = {Group.CUSTOMERS: ("&amp;", "\u202eevil")}
    named = event(title="<b>Autumn", organisation='<img src="/etc/passwd"/>', segments=kinds)
    assert '<b>Autumn <img src="/etc/passwd"/>' in texts(build_invitations(named, INVITED))[0]


def test_the_sheets_are_the_same_bytes_each_time(deck):
    assert build_deck(deck) == build_deck(deck)
    assert build_invitations(event(), INVITED) == build_invitations(event(), INVITED)
    assert build_paper_ballot(event(), deck, Group.IT) == build_paper_ballot(event(), deck, Group.IT)
