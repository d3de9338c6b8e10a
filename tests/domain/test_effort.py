"""The minutes that people are promised follow from the words on the cards and the taps that are made."""

import pytest

from cardsort.domain.cards import Card, Deck
from cardsort.domain.effort import Effort, Way, effort_of


def deck_of(size, words):
    """Each title has as many words as are asked for, and what customers notice twice as many."""
    cards = tuple(
        Card(f"A-{number:02}", " ".join([f"word{number}"] * words), seen=" ".join(["seen"] * words * 2))
        for number in range(1, size + 1)
    )
    return Deck("Words", cards)


@pytest.mark.parametrize(("picks", "by_list", "by_card"), [(3, 3, 9), (10, 3, 10), (52, 7, 13)])
def test_the_shipped_deck_takes_about_three_minutes_from_a_list_and_ten_card_by_card(deck, picks, by_list, by_card):
    assert effort_of(Way.LIST, deck, picks).minutes == by_list
    assert effort_of(Way.CARDS, deck, picks).minutes == by_card


def test_from_a_list_only_titles_are_read_and_only_what_is_chosen_is_tapped():
    deck = deck_of(20, 4)
    assert effort_of(Way.LIST, deck, 5) == Effort(words=20 * 4 + 5 * 4 + 100, taps=5 + 6 + 5)
    assert effort_of(Way.CARDS, deck, 5) == Effort(words=20 * 12 + 5 * 4 + 100, taps=20 + 5 + 6 + 5)


def test_minutes_are_rounded_half_up_and_never_none():
    assert [Effort(words, 0).minutes for words in (0, 240, 359, 360, 600)] == [1, 1, 1, 2, 3]
    assert Effort(0, 50).minutes == 3  # two and a half
