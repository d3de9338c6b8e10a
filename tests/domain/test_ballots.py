"""What a ballot may be, and what a workshop takes."""

import pytest

from cardsort.domain.ballots import Ballot, Basis, Cost, Reason, check_ballot
from cardsort.domain.cards import Card, Deck
from cardsort.domain.errors import InvalidBallot

DECK = Deck("Six", tuple(Card(code, f"Title {code}") for code in "abcdef"))


def test_a_card_has_one_place_only():
    with pytest.raises(InvalidBallot, match="stands twice"):
        Ballot(("a", "b", "a"))


def test_reasons_belong_to_the_first_three_places():
    assert len(Ballot(("a", "b", "c", "d"), reasons=(Reason(Basis.KNOW),) * 3).reasons) == 3
    with pytest.raises(InvalidBallot, match="first 3 cards only"):
        Ballot(("a", "b", "c", "d"), reasons=(Reason(),) * 4)
    with pytest.raises(InvalidBallot):
        Ballot(("a",), reasons=(Reason(),) * 2)


def test_words_have_280_characters_at_most():
    assert Reason(costs=frozenset({Cost.TIME}), words="x" * 280).words == "x" * 280
    with pytest.raises(InvalidBallot, match="have 281 characters"):
        Reason(words="x" * 281)


@pytest.mark.parametrize(
    ("ranking", "sentence"),
    [
        ("ab", "Only 2 cards are ranked. Rank at least 3."),
        ("", "No card is ranked. Rank at least 3."),
        ("abcde", "5 of 4 cards are ranked: put 1 back."),
        ("abz", "The card z is not in this workshop's deck. Reload the page."),
    ],
)
def test_a_workshop_takes_three_to_n_of_its_own_cards(ranking, sentence):
    with pytest.raises(InvalidBallot) as refused:
        check_ballot(Ballot(tuple(ranking)), DECK, picks=4)
    assert str(refused.value) == sentence


def test_a_pile_of_a_stranger_s_card_is_refused_too():
    with pytest.raises(InvalidBallot, match="The card z"):
        check_ballot(Ballot(tuple("abc"), piles={"z": "us"}), DECK, picks=4)


@pytest.mark.parametrize("ranking", ["abc", "abcd"])
def test_a_good_ballot_passes(ranking):
    check_ballot(Ballot(tuple(ranking)), DECK, picks=4)
