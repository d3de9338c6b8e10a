"""The one page that says it all is one page: for any deck, any top from 3 to 10, and the longest texts."""

import io
from dataclasses import replace

import pypdf
import pytest

from cardsort.analysis.result import CardStanding, ConsensusList, Position
from cardsort.domain.ballots import Group
from cardsort.domain.cards import Card, Deck
from cardsort.domain.settings import NAME_LENGTH, QUESTION_LENGTH
from cardsort.paper.firstpage import Page, first_page
from cardsort.paper.kit import document, style
from cardsort.paper.kit.layout import height_of
from cardsort.paper.pdf import build_pdf
from cardsort.story.first import tell_first

LONG = "Understanding everything that all of our many branches would need from us "


def page_of(workshop, paper="letter"):
    (front,) = tell_first(workshop.comparison, workshop.deck, workshop.facts)
    return Page(front, *document.room(style.PAPERS[paper]))


def fits(workshop, paper="letter"):
    page = page_of(workshop, paper)
    return height_of(first_page(page), page.width) <= page.height


def longest(workshop, filler=LONG):
    """The workshop with names and questions of the greatest length."""
    question = (filler * QUESTION_LENGTH)[:QUESTION_LENGTH]
    name = (filler * NAME_LENGTH)[:NAME_LENGTH]
    facts = replace(workshop.facts, title=name, organisation=name, questions=dict.fromkeys(Group, question))
    return replace(workshop, facts=facts)


def tied(n, codes, blocks):
    """A list with these tie blocks, in the deck's order."""
    positions = [Position(low, high) for low, high in blocks for _ in range(low, high + 1)]
    cards = {
        code: CardStanding(float(position.low), None, 0.0, position, None, 0.5, None, 0.0, None)
        for code, position in zip(codes, positions, strict=True)
    }
    return ConsensusList(n, None, cards)


@pytest.mark.parametrize("picks", range(3, 11))
def test_each_top_from_three_to_ten_fits_on_one_page(make_workshop, picks):
    assert fits(make_workshop(picks=picks))


@pytest.mark.parametrize(("paper", "picks"), [("a4", 3), ("a4", 10), ("letter", 10), ("letter", 52)])
def test_the_longest_texts_fit_and_are_printed_whole(make_workshop, wide_deck, paper, picks):
    workshop = longest(make_workshop(deck=wide_deck, picks=picks, n_it=5))
    data = build_pdf(workshop.comparison, workshop.deck, workshop.facts, paper=paper)
    reader = pypdf.PdfReader(io.BytesIO(data))
    first, second = (" ".join(page.extract_text().split()) for page in reader.pages[:2])
    for found in (workshop.comparison.predicted, workshop.comparison.actual):
        for code in found.top(workshop.comparison.top):
            assert " ".join(wide_deck[code].title.split()) in first
    assert " ".join(workshop.facts.questions[Group.IT].split()) in first
    assert " ".join(workshop.facts.organisation.split()) in first
    assert "…" not in first
    assert "Know, or think?" in first
    assert "Both lists, side by side" in second


@pytest.mark.parametrize("filler", ["W", "ﷺ", "漢", "word ", "—"])
def test_even_the_widest_letters_keep_the_page_to_one(make_workshop, filler):
    workshop = make_workshop(picks=10)
    cards = tuple(
        Card(f"ABCDEFGH-{n:03d}", f"{n} {filler * 60}"[:60], seen=filler * 28, cost=filler * 28) for n in range(52)
    )
    codes = dict(zip(workshop.deck.codes, (card.code for card in cards), strict=True))
    result = workshop.comparison
    lists = {
        name: replace(found, cards={codes[code]: card for code, card in found.cards.items()})
        for name, found in result.lists.items()
    }
    prediction = replace(result.prediction, cards={codes[code]: c for code, c in result.prediction.cards.items()})
    hard = replace(workshop, comparison=replace(result, lists=lists, prediction=prediction), deck=Deck("Hard", cards))
    assert fits(longest(hard, filler))


def test_a_question_beyond_every_limit_is_shortened_before_the_page_is_left(make_workshop):
    workshop = make_workshop(picks=10)
    facts = replace(workshop.facts, title="x" * 900, questions=dict.fromkeys(Group, "word " * 900))
    assert fits(replace(workshop, facts=facts))


@pytest.mark.parametrize("blocks", [[(1, 52)], [(1, 9), (10, 52)], [(1, 11), (12, 52)], [(1, 1), (2, 30), (31, 52)]])
def test_large_ties_over_the_cut_fit_too(make_workshop, blocks):
    workshop = make_workshop(picks=10)
    codes = workshop.deck.codes
    lists = {"it_prediction": tied(5, codes, blocks), "customers_own": tied(5, codes[::-1], blocks)}
    assert fits(replace(workshop, comparison=replace(workshop.comparison, lists=lists)))


@pytest.mark.parametrize("count", [0, 1])
def test_small_decks_fit(make_workshop, count):
    cards = tuple(Card(f"K{n}", f"Card {n}") for n in range(4 + count))
    assert fits(make_workshop(deck=Deck("Small", cards), picks=3))


def test_a_first_page_stands_alone(make_workshop):
    workshop = make_workshop(picks=3)
    data = build_pdf(workshop.comparison, workshop.deck, workshop.facts)
    first = pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text()
    assert "Both lists, side by side" not in first
