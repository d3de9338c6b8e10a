"""What makes a card and a deck valid; each refusal is a sentence that names the card."""

import pytest

from cardsort.domain.cards import Card, Deck, Lens, Suit, visible
from cardsort.domain.errors import InvalidDeck


def cards(count):
    return tuple(Card(code=f"X-{number}", title=f"Practice {number}") for number in range(1, count + 1))


def refusal(make):
    with pytest.raises(InvalidDeck) as caught:
        make()
    return str(caught.value)


@pytest.mark.parametrize("code", ["A-01", "7", "a.b_c-d", "ABCDEFGHIJKL"])
def test_a_code_is_one_to_twelve_letters_digits_dots_or_dashes(code):
    assert Card(code=code, title="T").code == code


@pytest.mark.parametrize("code", ["", " ", "-1", "A 1", "ABCDEFGHIJKLM", "Ä-1", "A-01\n", "<b>"])
def test_any_other_code_is_refused(code):
    assert refusal(lambda: Card(code=code, title="T")) == (
        f"The card code “{code}” cannot be used: take 1 to 12 letters, digits, dots or dashes."
    )


@pytest.mark.parametrize("title", ["", "   ", "\u3164", "\u2800 \u2800", "\u200b\u115f"])
def test_a_card_needs_a_title(title):
    assert refusal(lambda: Card(code="A-01", title=title)) == (
        "Card A-01 has no title. Give it one of at most 60 characters."
    )


def test_a_title_of_60_characters_fits():
    assert len(Card(code="A-01", title="t" * 60).title) == 60


def test_a_title_of_61_characters_is_refused():
    assert refusal(lambda: Card(code="A-01", title="t" * 61)) == (
        "The title of card A-01 has 61 characters. Shorten it to 60."
    )


@pytest.mark.parametrize("field", ["seen", "cost", "better", "question"])
def test_a_text_of_140_characters_fits_and_one_of_141_is_refused(field):
    assert getattr(Card(code="A-01", title="T", **{field: "x" * 140}), field) == "x" * 140
    assert refusal(lambda: Card(code="A-01", title="T", **{field: "x" * 141})) == (
        f"The text “{field}” of card A-01 has 141 characters. Shorten it to 140."
    )


@pytest.mark.parametrize("count", [4, 120])
def test_a_deck_has_4_to_120_cards(count):
    assert Deck(name="D", cards=cards(count)).size == count


@pytest.mark.parametrize("count", [0, 3, 121])
def test_a_smaller_or_larger_deck_is_refused(count):
    assert refusal(lambda: Deck(name="D", cards=cards(count))) == (f"The deck has {count} cards. A deck has 4 to 120.")


def test_a_deck_of_one_card_has_one_card():
    assert refusal(lambda: Deck(name="D", cards=cards(1))) == "The deck has 1 card. A deck has 4 to 120."


def test_two_cards_cannot_share_a_code():
    doubled = (*cards(4), Card(code="X-2", title="Another"))
    assert refusal(lambda: Deck(name="D", cards=doubled)) == (
        "The code “X-2” stands on two cards. Each card needs its own."
    )


def test_two_cards_cannot_share_a_title_even_when_case_and_spaces_differ():
    doubled = (*cards(4), Card(code="X-5", title="PRACTICE  2"))
    assert refusal(lambda: Deck(name="D", cards=doubled)) == (
        "The title “practice 2” stands on two cards. Each card needs its own."
    )


def test_a_card_cannot_belong_to_a_suit_that_the_deck_does_not_have():
    stray = (*cards(4), Card(code="Z-1", title="Stray", suit="Z"))
    assert refusal(lambda: Deck(name="D", cards=stray, suits=(Suit("X", "Ex"),))) == (
        "Card Z-1 belongs to the suit “Z”, which the deck does not have."
    )


def test_a_deck_finds_its_cards_by_code_and_keeps_their_order():
    deck = Deck(name="D", cards=tuple(reversed(cards(4))))
    assert deck.codes == ("X-4", "X-3", "X-2", "X-1")
    assert deck.index == {"X-4": 0, "X-3": 1, "X-2": 2, "X-1": 3}
    assert deck["X-3"].title == "Practice 3"
    assert "X-1" in deck
    assert "X-9" not in deck


def test_each_lens_has_a_name_for_people():
    assert [lens.label for lens in Lens] == ["Customer focus", "Process orientation", "Cost optimisation"]


@pytest.mark.parametrize("text", ["", "Zażółć gęślą jaźń", "שלום 👋🏽", "non\u00a0breaking", "a\u200db", "\ufeff"])
def test_ordinary_characters_of_any_script_stay_as_they_are(text):
    assert visible(text) == text


@pytest.mark.parametrize(
    "char", ["\0", "\x07", "\n", "\x1b", "\x7f", "\x85", "\u202e", "\u2066", "\u2069", "\ud800"], ids=ascii
)
def test_controls_overrides_and_lone_surrogates_become_a_visible_mark(char):
    assert visible(f"a{char}b") == "a\ufffdb"
