"""The deck that ships: complete, balanced, and each icon there for both the page and the paper."""

import json
import re
from collections import Counter
from itertools import combinations

import pytest

from cardsort.domain.cards import TEXTS, Lens
from cardsort.domain.deckcards import CARD_FIELDS, HEADER_FIELDS
from cardsort.files.deckfile import read_deck
from cardsort.resources import CARDS, FONTS, VENDOR

NAMES = {
    "en": ["Attitude", "Behaviour", "Culture", "Stakeholders"],
    "nl": ["Houding", "Gedrag", "Cultuur", "Belanghebbenden"],
}
QUOTES = {"en": "“”’", "nl": "“”’", "de": "„“’", "fr": "«»’"}  # opening, closing, and the apostrophe

END = r"[.!?](”|“|\u00a0»)?$"


@pytest.fixture(scope="module", params=sorted(file.stem for file in CARDS.glob("*.toml")))
def deck(request):
    return read_deck((CARDS / f"{request.param}.toml").read_bytes(), f"{request.param}.toml")


def test_the_shipped_deck_is_complete_and_balanced(deck):
    assert [field for field in HEADER_FIELDS if not getattr(deck, field)] == []
    assert [suit.name for suit in deck.suits] == NAMES.get(deck.language, [suit.name for suit in deck.suits])
    assert ["".join(suit.letter for suit in deck.suits if suit.gathers), len(deck.suits)] == ["ABCS", 4]
    assert deck.codes == tuple(f"{suit}-{number:02}" for suit in "ABCS" for number in range(1, 14))
    assert [card.code for card in deck.cards if card.suit != card.code[0]] == []
    assert [(card.code, field) for card in deck.cards for field in CARD_FIELDS if not getattr(card, field)] == []
    assert [icon for icon, count in Counter(card.icon for card in deck.cards).items() if count > 1] == []
    assert [lens for lens in Lens if sum(card.lens is lens for card in deck.cards) not in range(15, 21)] == []


def test_each_language_has_the_same_cards_with_the_same_suits_lenses_and_icons(deck):
    english = read_deck((CARDS / "en.toml").read_bytes(), "en.toml")
    assert [(card.code, card.suit, card.lens, card.icon) for card in deck.cards] == [
        (card.code, card.suit, card.lens, card.icon) for card in english.cards
    ]
    assert (deck.version, deck.licence) == (english.version, english.licence)
    assert deck.language == "en" or not {card.title for card in deck.cards} & {card.title for card in english.cards}


@pytest.mark.parametrize("file", [VENDOR / "icons.json", FONTS / "lucide-codepoints.json"], ids=["page", "paper"])
def test_each_icon_exists_on_page_and_paper(deck, file):
    known = json.loads(file.read_text(encoding="utf-8"))
    assert [card.icon for card in deck.cards if card.icon not in known] == []


def test_titles_fit_the_card_in_large_type(deck):
    assert [card.code for card in deck.cards if len(card.title) > 45] == []


def test_texts_use_typographic_quotes_and_apostrophes(deck):
    texts = [(card.code, name, getattr(card, name)) for card in deck.cards for name in ("title", *TEXTS)]
    assert [(code, name) for code, name, text in texts if re.search(r"""["'`‘]|\.\.\.| -""", text)] == []
    opening, closing, apostrophe = QUOTES[deck.language]
    assert [(code, name) for code, name, text in texts if text.count(opening) != text.count(closing)] == []
    assert {char for _code, _name, text in texts for char in text if char in "“”„«»‹›‚‘’"} <= {*QUOTES[deck.language]}
    assert any(apostrophe in text for _code, _name, text in texts)


def test_each_text_ends_as_a_sentence_and_each_title_does_not(deck):
    sentences = [(card.code, name) for card in deck.cards for name in ("seen", "cost", "better")]
    assert [(c, n) for c, n in sentences if not re.search(END, getattr(deck[c], n))] == []
    assert [card.code for card in deck.cards if not re.search(r"\?(”|“|\u00a0»)?$", card.question)] == []
    assert [card.code for card in deck.cards if re.search(r"[.!?]$", card.title)] == []


def test_no_text_stands_on_two_cards(deck):
    texts = [getattr(card, name).casefold() for card in deck.cards for name in ("title", *TEXTS)]
    assert len(set(texts)) == 52 * 5


def test_no_two_titles_share_most_of_their_words(deck):
    words = {card.code: {w for w in re.findall(r"\w+", card.title.casefold()) if len(w) > 3} for card in deck.cards}
    close = [(a, b) for a, b in combinations(words, 2) if len(words[a] & words[b]) > len(words[a] | words[b]) / 3]
    assert close == []
