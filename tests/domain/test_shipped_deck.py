"""The deck that ships: complete, balanced, and each icon there for both the page and the paper."""

import json
import re
from dataclasses import replace
from itertools import combinations

import pytest

from cardsort.domain.cards import TEXTS, Lens
from cardsort.domain.errors import InvalidDeck
from cardsort.domain.shipping import check_complete
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


def with_card(deck, code, **changes):
    return replace(deck, cards=tuple(replace(c, **changes) if c.code == code else c for c in deck.cards))


def refusal(deck):
    with pytest.raises(InvalidDeck) as caught:
        check_complete(deck)
    return str(caught.value)


def test_the_shipped_deck_is_complete(deck):
    check_complete(deck)
    assert deck.size == 52
    assert [suit.name for suit in deck.suits] == NAMES.get(deck.language, [suit.name for suit in deck.suits])


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


def test_an_incomplete_header_is_named(deck):
    assert refusal(replace(deck, licence="")) == "The deck’s entry “licence” is missing."


def test_a_suit_too_few_is_named(deck):
    fewer = replace(deck, suits=deck.suits[:3], cards=deck.cards[:39])
    assert refusal(fewer) == "The deck needs the suits A, B, C and S, in this order."


def test_a_suit_must_say_what_it_gathers(deck):
    silent = replace(deck, suits=(replace(deck.suits[0], gathers=""), *deck.suits[1:]))
    assert refusal(silent) == "The suit A does not say what it gathers."


@pytest.mark.parametrize(("missing", "named"), [(7, "A-08"), (51, "S-13")])
def test_51_cards_are_refused_at_the_missing_one(deck, missing, named):
    fewer = replace(deck, cards=deck.cards[:missing] + deck.cards[missing + 1 :])
    assert refusal(fewer) == f"The deck needs the cards A-01 to S-13, 13 in each suit, in order. Look at {named}."


def test_a_card_in_the_wrong_suit_is_named(deck):
    assert refusal(with_card(deck, "B-02", suit="C")) == "Card B-02 is not in the suit B."


@pytest.mark.parametrize("field", ["seen", "cost", "better", "question", "icon"])
def test_a_missing_text_is_named(deck, field):
    assert refusal(with_card(deck, "C-05", **{field: ""})) == f"Card C-05 has no entry “{field}”."


def test_a_missing_lens_is_named(deck):
    assert refusal(with_card(deck, "C-05", lens=None)) == "Card C-05 has no entry “lens”."


def test_an_icon_stands_on_one_card_only(deck):
    shared = deck["A-01"].icon
    assert refusal(with_card(deck, "S-13", icon=shared)) == (
        f"The icon “{shared}” stands on 2 cards. Each card needs its own."
    )


def test_each_lens_has_15_to_20_cards(deck):
    cost = [card.code for card in deck.cards if card.lens is Lens.COST]
    for code in cost[14:]:
        deck = with_card(deck, code, lens=Lens.PROCESS)
    deck = with_card(deck, cost[0], lens=Lens.CUSTOMER)
    assert refusal(deck) == "The lens cost has 13 cards. It needs 15 to 20."
