"""A deck in the language of whoever reads it: the shipped words, an own deck's columns, and never an empty card."""

from dataclasses import replace

import pytest

from cardsort import language, resources
from cardsort.domain.cards import Card, Deck
from cardsort.domain.editions import CHANGED, shipped, spoken
from cardsort.domain.errors import InvalidDeck
from cardsort.files.deckfile import read_deck
from cardsort.files.decktable import parse_deck_csv, write_deck_csv
from cardsort.store.decks import deck_from_json, deck_to_json
from tests.languages import write_catalogue

TABLE = """code,title,seen,title_nl,seen_nl,title_de
X-1,Slow,It takes long.,Traag,Het duurt lang.,Langsam
X-2,Dear,It costs much.,Duur,,
X-3,Loud,,Luid,,
X-4,Old,,,,
"""


@pytest.fixture(autouse=True)
def offered(monkeypatch, tmp_path):
    for code in ("nl", "de", "fr"):
        write_catalogue(tmp_path, code)
    monkeypatch.setattr(resources, "TRANSLATIONS", tmp_path)


def read_in(code, deck, own="en"):
    with language.speaking(code):
        return spoken(deck, own)


@pytest.mark.parametrize("own", ["en", "nl", "de", "fr"])
@pytest.mark.parametrize("code", ["en", "nl", "de", "fr"])
def test_the_shipped_cards_are_read_from_the_shipped_deck_of_the_language(own, code):
    assert read_in(code, shipped(own)) == shipped(code)


@pytest.mark.parametrize("code", ["en", "nl", "de", "fr"])
def test_a_shipped_deck_is_the_one_that_its_file_gives(code):
    file = resources.CARDS / f"{code}.toml"
    assert shipped(code) == read_deck(file.read_bytes(), file.name)


def test_a_reworded_card_has_its_own_words_and_says_their_language():
    deck = shipped("en")
    changed = replace(deck.cards[0], title="Our own words")
    own = replace(deck, name=CHANGED % {"name": deck.name}, cards=(changed, *deck.cards[1:]))
    found = read_in("nl", own)
    assert (found.language, found.codes) == ("nl", deck.codes)
    assert found.cards[0].title == "Our own words"
    assert {found.cards[0].language_of(name) for name in ("title", "seen", "cost", "better", "question")} == {"en"}
    assert found.cards[1] == shipped("nl").cards[1]
    assert found.name == CHANGED % {"name": shipped("nl").name}


def test_an_own_deck_is_read_by_its_columns_and_no_text_is_empty_that_the_workshop_has():
    deck = parse_deck_csv(TABLE)
    dutch = read_in("nl", deck)
    assert [card.title for card in dutch.cards] == ["Traag", "Duur", "Luid", "Old"]
    assert [card.seen for card in dutch.cards] == ["Het duurt lang.", "It costs much.", "", ""]
    assert (dutch.language, dutch["X-2"].language_of("seen"), dutch["X-4"].language_of("title")) == ("nl", "en", "en")
    german = read_in("de", deck, own="nl")
    assert [card.title for card in german.cards] == ["Langsam", "Duur", "Luid", "Old"]
    assert (german.language, german["X-1"].language_of("seen"), german["X-2"].language_of("title")) == (
        "de",
        "nl",
        "nl",
    )
    french = read_in("fr", deck, own="nl")
    assert ([card.title for card in french.cards], french.language) == (["Traag", "Duur", "Luid", "Old"], "nl")


@pytest.mark.parametrize("own", ["en", "nl", "de", "fr"])
@pytest.mark.parametrize("code", ["en", "nl", "de", "fr"])
def test_each_text_says_its_language_unless_it_is_the_readers(own, code):
    deck = parse_deck_csv(TABLE)
    written = {text: name.partition("_")[2] for card in deck.cards for name, text in card.translations}
    for card in read_in(code, deck, own).cards:
        for name in ("title", "seen"):
            if text := getattr(card, name):
                assert (card.language_of(name) or code) == written.get(text, "en"), text


def test_two_titles_that_would_be_one_in_a_language_leave_the_deck_as_it_is():
    cards = [Card(f"X-{n}", f"Title {n}", translations=(("title_nl", "Dubbel"),) if n < 3 else ()) for n in range(1, 5)]
    deck = Deck("Own", tuple(cards))
    assert read_in("nl", deck) == deck


def test_translations_come_back_from_table_and_database_and_leave_no_trace_where_there_are_none():
    deck = parse_deck_csv(TABLE)
    assert parse_deck_csv(write_deck_csv(deck)) == deck
    assert deck_from_json(deck_to_json(deck)) == deck
    assert {"translations", "foreign", "language"}.isdisjoint(deck_to_json(shipped("en"))["cards"][0])


def test_translations_are_checked_as_the_texts_are():
    with pytest.raises(InvalidDeck) as caught:
        parse_deck_csv(TABLE.replace("Traag", "a" * 61).replace("Luid", "Duur"))
    assert list(caught.value.faults) == [
        "Line 2: The text “title_nl” of card X-1 has 61 characters. Shorten it to 60.",
        "Line 4: title_nl, “Duur”, is taken already (Line 3). Each card needs its own.",
    ]
    with pytest.raises(InvalidDeck, match="no text of a card in a language"):
        Card("X-1", "One", translations=(("colour_nl", "rood"),))
